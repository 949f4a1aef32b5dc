import type { RollUp } from '#contract/stacks.ts';
import type { GeneratorRow } from '#contract/generators.ts';
import type { WireFleetStatus, WireStack } from '#bff/broker/wire.ts';
import type { AgentFacts, AgentKnowledge } from './agent-table.ts';
import type { FleetMap, GroupBy, Groups } from './fleet-views.ts';
import type { TableQuery } from './list-query.ts';
import type { ObjectsRolledUp } from './object-health.ts';
import type { OwnAgentFacts } from './own-agents.ts';
import type { Judged, Matrix } from './reached.ts';
import type { RevisionFacts } from './revision-table.ts';
import type { Rhythm } from './rhythm.ts';
import type { EventFacts } from './small-tables.ts';
import type { StackKnowledge, StackLine } from './stack-table.ts';
import type { Found, TablePage } from './table.ts';

/**
 * Lists that a host keeps; `events/<agent id>` holds one agent's events, `revisions/<stack id>` one stack's, `newestEvents`
 * only adds to `agents`, `registered/<generator id>` tells whose those are, `ownAgents` is what a generator's key sees, `health/<revision id>` what
 * agents say of a revision.
 */
export type ListName =
  | 'agents'
  | 'newestEvents'
  | 'ownAgents'
  | 'generators'
  | 'stacks'
  | `events/${string}`
  | `revisions/${string}`
  | `registered/${string}`
  | `health/${string}`;
interface ShownByList {
  agents: AgentFacts;
  newestEvents: never;
  generators: GeneratorRow;
  stacks: StackLine;
  ownAgents: OwnAgentFacts;
}
export type ShownOf<L extends ListName> = L extends keyof ShownByList
  ? ShownByList[L]
  : L extends `revisions/${string}`
    ? RevisionFacts
    : L extends `registered/${string}`
      ? string
      : EventFacts;

/** The editable members of an agent. */
export interface Editable {
  name: string;
  clusterName: string;
  status: string;
}
/** The editable members of a stack. */
export type EditableStack = Pick<StackLine, 'name' | 'description' | 'generatorId' | 'generatorName'>;
/** Somebody changed something without this list being told before. `after` is null where it is gone. */
export type Difference =
  | { of: 'agent'; id: string; name: string; before: Editable; after: Editable | null }
  | { of: 'stack'; id: string; name: string; before: EditableStack; after: EditableStack | null }
  /** Of a stack: it has a newer revision than before. */
  | { of: 'revision'; id: string; name: string | null; before: RevisionFacts | null; after: RevisionFacts };
export type Loaded = { ok: true; rows: number; masked: number; differences: Difference[] } | { ok: false; where: string };

/** What everybody who asks about reached agents says. */
interface AboutReached {
  owner: string;
  /** Null: nothing was submitted yet. */
  revisionId: string | null;
  /** Numbers of the agents reached. */
  marks: Uint32Array;
  nowMs: number;
  brokerMs: number;
}

/** Everything that can be asked of a host. `owner` is a credential: what one reads no other sees (requirement 3.6). */
export interface HostCalls {
  /** `tick` was taken when the read began: a row that was put in later is not overwritten. The bytes are the host's afterwards. */
  load: { ask: { owner: string; list: ListName; bytes: Uint8Array; tick: number; arrivedMs: number }; answer: Loaded };
  /** Null: the list is not there (never loaded, dropped, or the worker was replaced). */
  page: { ask: { owner: string; list: ListName; query: TableQuery; nowMs: number }; answer: TablePage<unknown> | null };
  rows: { ask: { owner: string; list: ListName; ids: readonly string[]; nowMs: number }; answer: unknown[] | null };
  putAgent: {
    ask: { owner: string; status: WireFleetStatus; tick: number; arrivedMs: number; nowMs: number };
    answer: { row: AgentFacts; difference: Difference | null };
  };
  removeAgent: { ask: { owner: string; agentId: string; tick: number }; answer: Difference | null };
  putStack: {
    ask: { owner: string; stack: WireStack; tick: number; nowMs: number };
    answer: { line: StackLine; difference: Difference | null };
  };
  removeStack: { ask: { owner: string; stackId: string; tick: number }; answer: Difference | null };
  /** What the reach index knows, to order and filter by. Without `knowledge`: is this version there already? */
  knowStacks: { ask: { owner: string; version: number; knowledge?: readonly StackKnowledge[] }; answer: boolean };
  /** What the reach index knows of agents, to find them by; `gone` are those that it knows no more. `anew`: it forgets all it was told before. Answers of how many it knows now. */
  knowAgents: { ask: { owner: string; agents: readonly AgentKnowledge[]; gone: readonly string[]; anew: boolean }; answer: number };
  /** Agents that the reach index was not told of yet, at most so many, and those it need not know any more. Null: the list is not there. */
  strangers: { ask: { owner: string; most: number }; answer: { there: string[]; gone: string[] } | null };
  stackOwners: { ask: { owner: string }; answer: { id: string; generatorId: string }[] | null };
  /** Takes an answer about registrations apart; nothing of it is kept. Null: it is no such answer. */
  registeredIds: { ask: { bytes: Uint8Array }; answer: string[] | null };
  groups: { ask: { owner: string; list: 'agents' | 'ownAgents'; query: TableQuery; by: GroupBy; nowMs: number }; answer: Groups | null };
  map: { ask: { owner: string; list: 'agents' | 'ownAgents'; query: TableQuery; nowMs: number }; answer: FleetMap | null };
  /** Rows that a text names, the best match first, and how many more are out of the tenant's view. */
  find: {
    ask: { owner: string; list: ListName; text: string; limit: number; tenant?: string | undefined; nowMs: number };
    answer: Found<unknown> | null;
  };
  /** Null: the fleet is not there. */
  reached: { ask: AboutReached & { query: TableQuery }; answer: TablePage<Judged> | null };
  reachMatrix: { ask: AboutReached; answer: Matrix | null };
  reachedObjects: { ask: AboutReached; answer: ObjectsRolledUp | null };
  rollUp: { ask: AboutReached; answer: { counts: RollUp; clusters: number } | null };
  /** What one agent made of some revisions, in their order. Null: the fleet does not have it. */
  judgeAgent: {
    ask: { owner: string; agentId: string; revisionIds: readonly string[]; nowMs: number; brokerMs: number };
    answer: Judged[] | null;
  };
  drop: { ask: { owner: string; list?: ListName }; answer: null };
  restoreRhythms: { ask: { rhythms: readonly Rhythm[] }; answer: null };
  takeRhythms: { ask: { limit: number }; answer: Rhythm[] };
}
export type HostCall = keyof HostCalls;

/** Owns the rows of all lists and answers pages of them: a worker thread in the BFF, the same code in place in the demo. */
export interface SnapshotHost {
  ask<C extends HostCall>(call: C, ask: HostCalls[C]['ask']): Promise<HostCalls[C]['answer']>;
  close(): Promise<void>;
}
