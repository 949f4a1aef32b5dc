import type { HealthRecord, ReachedAgent } from '#contract/reach.ts';
import type { ReachState, RollUp } from '#contract/stacks.ts';
import { showAgent } from './agent-table.ts';
import type { AgentEntry } from './agent-table.ts';
import type { HealthTable } from './health-table.ts';
import { isMarked } from './int-set.ts';
import type { TableQuery } from './list-query.ts';
import { objectValues, rollUpObjects } from './object-health.ts';
import { causeGroups, causeOf, clusterRows } from './reach-matrix.ts';
import type { CauseGroup, ClusterRow } from './reach-matrix.ts';
import { reachSeverity, reachState, rollUp } from './reach-state.ts';
import type { Answer } from './revision-answers.ts';
import { createTable } from './table.ts';
import type { TableKind, TablePage } from './table.ts';

/** One reached agent but for the reasons, which the reach index knows. */
export type Judged = Omit<ReachedAgent, 'reasons'> & { cause: string | null };
export interface Matrix {
  clusters: ClusterRow[];
  all: RollUp;
  reached: number;
  causes: CauseGroup<Judged>[];
}
/** What is known of one revision. */
export interface RevisionWords {
  answers: ReadonlyMap<string, Answer>;
  /** Undefined: the records could not be read. */
  health: HealthTable | undefined;
  nowMs: number;
  /** The same by the broker's clock, which wrote the times. */
  brokerMs: number;
}

export function judge(entry: AgentEntry, { answers, health, nowMs, brokerMs }: RevisionWords): Judged {
  const { id: agentId, name, clusterName, heartbeatAgeMs, rhythmMs } = showAgent(entry, nowMs);
  const age = (at: string) => Math.max(0, Math.round(brokerMs - Date.parse(at)));
  const said = answers.get(agentId);
  const answer = said === undefined ? null : { ...said, ageMs: age(said.at) };
  const record = health?.get(agentId);
  const healthOf: HealthRecord | null = record === undefined ? null : { ...record.facts, ageMs: age(record.updatedAt) };
  const state = reachState({ heartbeatAgeMs, rhythmMs, answer, health: healthOf });
  return {
    agentId,
    name,
    clusterName,
    state,
    heartbeatAgeMs,
    rhythmMs,
    answer,
    health: healthOf,
    cause: causeOf({ state, answer, health: healthOf }),
  };
}
/** Those agents that are marked by their numbers. */
export function judgeMarked(entries: Iterable<AgentEntry>, marks: Uint32Array, words: RevisionWords): Judged[] {
  const judged: Judged[] = [];
  for (const entry of entries) if (entry.known !== undefined && isMarked(marks, entry.known.number)) judged.push(judge(entry, words));
  return judged;
}

const kind: TableKind<Judged, Judged> = {
  id: ({ agentId }) => agentId,
  columns: {
    name: ({ name }) => name.toLowerCase(),
    cluster: ({ clusterName }) => clusterName.toLowerCase(),
    heartbeat: ({ heartbeatAgeMs }) => heartbeatAgeMs,
  },
  buckets: { state: { bucket: ({ state }) => reachSeverity(state), within: 'name' } },
  filters: { state: ({ state }) => state, cluster: ({ clusterName }) => clusterName },
  haystack: ({ name, clusterName, agentId }) => `${name}\n${clusterName}\n${agentId}`,
  show: (row) => row,
};
/** Objects are only looked for where they are asked about: what can be filtered by is counted for the menus too. */
const byObject: TableKind<Judged, Judged> = { ...kind, filters: { ...kind.filters, object: ({ health }) => objectValues(health) } };
export const pageOf = (judged: readonly Judged[], query: TableQuery, nowMs: number): TablePage<Judged> =>
  createTable(query.filters.some(({ field }) => field === 'object') ? byObject : kind, judged).page(query, nowMs);
export const objectsOf = (judged: readonly Judged[]) => rollUpObjects(judged.map(({ health }) => health));
export const matrixOf = (judged: readonly Judged[]): Matrix => ({
  clusters: clusterRows(judged),
  all: rollUp(judged.map(({ state }) => state)),
  reached: judged.length,
  causes: causeGroups(judged),
});
export function rollUpOf(judged: readonly { state: ReachState; clusterName: string }[]): { counts: RollUp; clusters: number } {
  return { counts: rollUp(judged.map(({ state }) => state)), clusters: new Set(judged.map(({ clusterName }) => clusterName)).size };
}
