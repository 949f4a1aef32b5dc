import type { GeneratorRow } from '#contract/generators.ts';
import type { WireFleetStatus, WireStack } from '#bff/broker/wire.ts';
import type { AgentFacts } from './agent-table.ts';
import type { TableQuery } from './list-query.ts';
import type { OwnAgentFacts } from './own-agents.ts';
import type { RevisionFacts } from './revision-table.ts';
import type { Rhythm } from './rhythm.ts';
import type { EventFacts } from './small-tables.ts';
import type { StackKnowledge, StackLine } from './stack-table.ts';
import type { TablePage } from './table.ts';

/**
 * Lists that a host keeps; `events/<agent id>` holds one agent's events, `revisions/<stack id>` one stack's, `newestEvents`
 * only adds to `agents`, `registered/<generator id>` tells whose those are, `ownAgents` is what a generator's key sees.
 */
export type ListName = 'agents' | 'newestEvents' | 'ownAgents' | 'generators' | 'stacks' | `events/${string}` | `revisions/${string}` | `registered/${string}`;
interface ShownByList {
  agents: AgentFacts;
  newestEvents: never;
  generators: GeneratorRow;
  stacks: StackLine;
  ownAgents: OwnAgentFacts;
}
export type ShownOf<L extends ListName> = L extends keyof ShownByList ? ShownByList[L] : L extends `revisions/${string}` ? RevisionFacts : L extends `registered/${string}` ? string : EventFacts;

/** The editable members of an agent. */
export interface Editable {
  name: string;
  clusterName: string;
  status: string;
}
/** Somebody changed an agent without this list being told before. */
export interface Difference {
  agentId: string;
  before: Editable;
  after: Editable;
}
export type Loaded = { ok: true; rows: number; masked: number; differences: Difference[] } | { ok: false; where: string };

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
  removeAgent: { ask: { owner: string; agentId: string; tick: number }; answer: null };
  putStack: { ask: { owner: string; stack: WireStack; tick: number; nowMs: number }; answer: StackLine };
  removeStack: { ask: { owner: string; stackId: string; tick: number }; answer: null };
  /** What the reach index knows, to order and filter by. Without `knowledge`: is this version there already? */
  knowStacks: { ask: { owner: string; version: number; knowledge?: readonly StackKnowledge[] }; answer: boolean };
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
