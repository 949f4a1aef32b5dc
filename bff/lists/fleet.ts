import type { WireAgentEvent, WireFleetRecord } from '#bff/broker/wire.ts';
import { agentEntry, agentTable, newestOf, showAgent } from './agent-table.ts';
import type { AgentEntry, NewestEvent } from './agent-table.ts';
import type { Rhythms } from './rhythm.ts';
import type { Difference, Editable, HostCalls } from './snapshot-host.ts';
import { sortableTime } from './time.ts';

/** An outside change of the whole fleet is one fact, not a hundred thousand. */
const mostDifferences = 50;

/** The agents of one credential: whole reads, single rows that were put in since, and each one's newest event. */
export function createFleet(rhythms: Rhythms) {
  const table = agentTable();
  let newest = new Map<string, NewestEvent>();
  /** Rows put in (or taken out: null) after the read that a table came from had begun; each with the tick of its own read. */
  const splices = new Map<string, { entry: AgentEntry | null; tick: number }>();
  let loadedTick = 0;
  let differences: Difference[] = [];

  return {
    table,
    /** A whole read that began at `tick`. What was put in by a later read stays as it is. */
    replace(records: WireFleetRecord[], tick: number, arrivedMs: number) {
      rhythms.read(arrivedMs);
      differences = [];
      const entries: AgentEntry[] = [];
      for (const record of records) {
        const id = record.agent_id;
        rhythms.heard(id, record.last_heartbeat);
        const splice = splices.get(id);
        if (splice !== undefined && splice.tick > tick) continue;
        const difference = differenceOf(table.get(id), record);
        if (difference !== null && differences.length < mostDifferences) differences.push(difference);
        entries.push(agentEntry(record, arrivedMs, newest.get(id), rhythms));
      }
      for (const [id, splice] of splices) {
        if (splice.tick <= tick) splices.delete(id);
        else if (splice.entry !== null) entries.push(splice.entry);
      }
      loadedTick = tick;
      const before = [...table.all()];
      table.replace(entries, arrivedMs);
      for (const { record } of before) if (table.get(record.agent_id) === undefined) rhythms.forget(record.agent_id);
    },
    /** What the last whole read showed to have been changed elsewhere. */
    takeDifferences: (): Difference[] => differences,
    /** Events of all agents, in no order: each agent's newest joins its row. Empty: nothing is known of events any more. */
    join(events: readonly WireAgentEvent[]) {
      const next = new Map<string, NewestEvent>();
      const keep = (agentId: string, event: NewestEvent) => {
        const other = next.get(agentId);
        if (other === undefined || sortableTime(other.at) < sortableTime(event.at)) next.set(agentId, event);
      };
      for (const { agent_id: agentId, created_at: at, status } of events) keep(agentId, { at, status });
      if (events.length > 0) for (const { entry } of splices.values()) if (entry?.newest !== undefined) keep(entry.record.agent_id, entry.newest);
      newest = next;
      for (const entry of table.all()) entry.newest = newest.get(entry.record.agent_id);
      table.rederive();
    },
    /** One agent as its own read, begun at `tick`, showed it. */
    put({ status, tick, arrivedMs, nowMs }: Omit<HostCalls['putAgent']['ask'], 'owner'>): HostCalls['putAgent']['answer'] {
      const { record } = status;
      const id = record.agent_id;
      const entry = agentEntry(record, arrivedMs, newestOf(status.recent_events), rhythms);
      const row = showAgent(entry, nowMs);
      const isOutdated = tick < Math.max(loadedTick, splices.get(id)?.tick ?? 0);
      if (isOutdated) return { row, difference: null };
      const difference = differenceOf(table.get(id), record);
      if (entry.newest !== undefined) newest.set(id, entry.newest);
      splices.set(id, { entry, tick });
      table.put(entry, nowMs);
      return { row, difference };
    },
    remove(agentId: string, tick: number) {
      splices.set(agentId, { entry: null, tick });
      table.remove(agentId);
      newest.delete(agentId);
      rhythms.forget(agentId);
    },
  };
}

function differenceOf(before: AgentEntry | undefined, after: WireFleetRecord): Difference | null {
  if (before === undefined) return null;
  const difference = { agentId: after.agent_id, before: editable(before.record), after: editable(after) };
  return sameEditable(difference.before, difference.after) ? null : difference;
}
function editable({ name, cluster_name: clusterName, status }: WireFleetRecord): Editable {
  return { name, clusterName, status };
}
function sameEditable(a: Editable, b: Editable): boolean {
  return a.name === b.name && a.clusterName === b.clusterName && a.status === b.status;
}
