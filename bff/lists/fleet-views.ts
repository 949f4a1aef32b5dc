import { agentStates } from '#contract/agents.ts';
import type { AgentState } from '#contract/agents.ts';
import type { AgentGroup, MapCell } from '#contract/fleet-views.ts';
import { severity } from './agent-state.ts';
import type { TableQuery } from './list-query.ts';
import type * as z from 'zod/mini';

/** What groups and maps need of a table of agents, whatever it knows of each. */
interface AgentsTable<Row> {
  matching(query: TableQuery, nowMs: number): Row[];
  under(row: Row, field: string): readonly string[];
  shown(row: Row, nowMs: number): { id: string; name: string; clusterName: string; state: AgentState; heartbeatAgeMs: number | null };
}
export type GroupBy = { field: 'cluster' } | { labelKey: string };
export interface Groups {
  groups: AgentGroup[];
  total: number;
}
export interface FleetMap {
  clusters: string[];
  cells: z.infer<typeof MapCell>[];
  total: number;
  beyond: number;
}
/** More cells than this are no map. */
const mostCells = 5_000;

/** Agents in bands, the worst band first; those without a value stand in the band of the empty key. */
export function groupsOf<Row>(table: AgentsTable<Row>, query: TableQuery, by: GroupBy, nowMs: number): Groups {
  const groups = new Map<string, AgentGroup>();
  const rows = table.matching(query, nowMs);
  for (const row of rows) {
    const [state] = table.under(row, 'state') as readonly AgentState[]; // every agent is in one of them
    for (const key of keysOf(table, row, by)) {
      const group = groups.get(key) ?? { key, agents: 0, tally: noAgents() };
      groups.set(key, group);
      group.agents += 1;
      if (state !== undefined) group.tally[state] += 1;
    }
  }
  return { groups: [...groups.values()].toSorted(worstFirst), total: rows.length };
}
function keysOf<Row>(table: AgentsTable<Row>, row: Row, by: GroupBy): Iterable<string> {
  if ('field' in by) return table.under(row, by.field);
  const starts = [`${by.labelKey}:`, `${by.labelKey}=`];
  const values = new Set(
    table
      .under(row, 'label')
      .filter((label) => starts.some((start) => label.startsWith(start)))
      .map((label) => label.slice(by.labelKey.length + 1)),
  );
  return values.size > 0 ? values : [''];
}
const noAgents = () => Object.fromEntries(agentStates.map((state) => [state, 0])) as AgentGroup['tally']; // every state is among the keys
function worstFirst(a: AgentGroup, b: AgentGroup): number {
  for (const state of agentStates) {
    if (state !== 'active' && a.tally[state] !== b.tally[state]) return b.tally[state] - a.tally[state];
  }
  return a.key < b.key ? -1 : 1;
}

/** Each agent as one small cell, by cluster and name; where there are too many for a map the worst of them. */
export function mapOf<Row>(table: AgentsTable<Row>, query: TableQuery, nowMs: number): FleetMap {
  const rows = table.matching(query, nowMs);
  const shown = rows.slice(0, mostCells).map((row) => table.shown(row, nowMs));
  const names = [...new Set(shown.map(({ clusterName }) => clusterName))].toSorted();
  const places = new Map(names.map((name, place) => [name, place]));
  const cells = shown.map(
    ({ id, name, clusterName, state, heartbeatAgeMs }) =>
      [id, name, places.get(clusterName) ?? 0, severity(state), heartbeatAgeMs] satisfies z.infer<typeof MapCell>,
  );
  return {
    clusters: names,
    cells: cells.toSorted((a, b) => a[2] - b[2] || (a[1] < b[1] ? -1 : 1)),
    total: rows.length,
    beyond: rows.length - shown.length,
  };
}
