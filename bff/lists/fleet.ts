import type { WireAgentEvent, WireFleetRecord } from '#bff/broker/wire.ts';
import { agentEntry, agentTable, newestOf, showAgent } from './agent-table.ts';
import type { AgentEntry, AgentKnowledge, AgentTable, NewestEvent } from './agent-table.ts';
import { createRevisionAnswers } from './revision-answers.ts';
import { mostDifferences } from './outside-changes.ts';
import { groups } from './breath.ts';
import type { Breathe } from './breath.ts';
import type { Rhythms } from './rhythm.ts';
import type { Difference, Editable, HostCalls } from './snapshot-host.ts';
import { sortableTime } from './time.ts';

/** The agents of one credential: whole reads, single rows that were put in since, and each one's newest event. */
export function createFleet(rhythms: Rhythms, isRegistered: (agentId: string, tenant: string) => boolean = () => false) {
  let table = agentTable([], isRegistered);
  let newest = new Map<string, NewestEvent>();
  /** Time of the newest of all events that were read together; undefined before they ever were. */
  let readUntil: string | undefined;
  /** Rows put in (or taken out: null) after the read that a table came from had begun; each with the tick of its own read. */
  const splices = new Map<string, { entry: AgentEntry | null; tick: number }>();
  let loadedTick = 0;
  const answers = createRevisionAnswers();
  /** By agent. */
  const known = new Map<string, AgentKnowledge>();
  /** Rises with what the index tells. */
  let tellings = 0;

  /** From here on the new table answers; what was put in by a later read than its own stays as it is. */
  function take(next: AgentTable, tick: number, nowMs: number): Difference[] {
    const before = table;
    for (const [id, { entry, tick: splicedTick }] of splices) {
      if (splicedTick <= tick) splices.delete(id);
      else if (entry === null) next.remove(id);
      else next.put(entry, nowMs);
    }
    const differences: Difference[] = [];
    for (const { record } of before.all()) {
      const after = next.get(record.agent_id)?.record;
      if (after === undefined) rhythms.forget(record.agent_id);
      const difference = differenceOf(record, after);
      if (difference !== null && differences.length < mostDifferences) differences.push(difference);
    }
    table = next;
    loadedTick = tick;
    return differences;
  }
  /** What is older than the list of events and not in it, the broker has forgotten: nothing waits to be read. */
  function isUnread(said: string | null, read: NewestEvent | undefined): boolean {
    if (said === null || (readUntil !== undefined && sortableTime(said) <= readUntil)) return false;
    return read === undefined || sortableTime(read.at) < sortableTime(said);
  }
  function joinNewest() {
    for (const entry of table.all()) {
      entry.newest = newest.get(entry.record.agent_id);
      entry.hasUnread = isUnread(entry.record.last_event_at, entry.newest);
    }
    table.rederive();
    table.forget('lastEvent');
  }

  function joinKnown(to: AgentTable) {
    for (const entry of to.all()) entry.known = known.get(entry.record.agent_id);
    to.forget('label');
  }

  return {
    table: () => table,
    /** What agents answered to each revision. */
    answers,
    /** Takes over what the reach index knows; `gone` are those that it knows no more, `anew` forgets all before. @returns of how many it is known now */
    know({ agents, gone, anew }: Omit<HostCalls['knowAgents']['ask'], 'owner'>): number {
      if (anew || agents.length > 0) tellings += 1;
      if (anew) {
        known.clear();
        joinKnown(table);
      }
      let isNew = anew;
      for (const agent of agents) {
        isNew ||= !isSameText(known.get(agent.id)?.labels ?? [], agent.labels ?? []);
        known.set(agent.id, agent);
        const entry = table.get(agent.id);
        if (entry !== undefined) entry.known = agent;
      }
      for (const id of gone) known.delete(id);
      if (isNew) table.forget('label');
      return known.size;
    },
    /** Agents that the reach index was not told of, at most so many, and all that it need not know any more. */
    strangers(most: number): { there: string[]; gone: string[] } {
      const there: string[] = [];
      for (const { record } of table.all()) {
        if (there.length === most) break;
        if (!known.has(record.agent_id)) there.push(record.agent_id);
      }
      return { there, gone: [...known.keys()].filter((id) => table.get(id) === undefined) };
    },
    /** A whole read that began at `tick`. @returns what it shows to have been changed elsewhere */
    async replace(records: readonly WireFleetRecord[], tick: number, arrivedMs: number, breathe: Breathe): Promise<Difference[]> {
      rhythms.read(arrivedMs);
      const [events, tellingsBefore] = [newest, tellings];
      const entries: AgentEntry[] = [];
      for (const group of groups(records)) {
        await breathe();
        for (const record of group) {
          rhythms.heard(record.agent_id, record.last_heartbeat);
          const told = events.get(record.agent_id);
          const hasUnread = isUnread(record.last_event_at, told);
          entries.push(agentEntry(record, { arrivedMs, newest: told, hasUnread, known: known.get(record.agent_id) }, rhythms));
        }
      }
      const next = agentTable(entries, isRegistered);
      await next.warm(table.ordersInUse(), arrivedMs, breathe);
      const differences = take(next, tick, arrivedMs);
      // What arrived while the rows were made.
      if (tellings !== tellingsBefore) joinKnown(next);
      if (newest !== events) joinNewest();
      return differences;
    },
    /** Events of all agents, in no order: each agent's newest joins its row. */
    async join(events: readonly WireAgentEvent[], breathe: Breathe) {
      const next = new Map<string, NewestEvent>();
      let until = '';
      await answers.replace(events, breathe);
      for (const group of groups(events)) {
        await breathe();
        for (const event of group) {
          keepNewest(next, event.agent_id, { at: event.created_at, status: event.status });
          const at = sortableTime(event.created_at);
          if (at > until) until = at;
        }
      }
      for (const { entry } of splices.values()) if (entry?.newest !== undefined) keepNewest(next, entry.record.agent_id, entry.newest);
      newest = next;
      readUntil = until;
      joinNewest();
    },
    /** One agent as its own read, begun at `tick`, showed it. */
    put({ status, tick, arrivedMs, nowMs }: Omit<HostCalls['putAgent']['ask'], 'owner'>): HostCalls['putAgent']['answer'] {
      const { record } = status;
      const id = record.agent_id;
      const told = newestOf(status.recent_events);
      const hasUnread = isUnread(record.last_event_at, told);
      const entry = agentEntry(record, { arrivedMs, newest: told, hasUnread, known: known.get(id) }, rhythms);
      answers.add(status.recent_events);
      const row = showAgent(entry, nowMs);
      const isOutdated = tick < Math.max(loadedTick, splices.get(id)?.tick ?? 0);
      if (isOutdated) return { row, difference: null };
      const before = table.get(id)?.record;
      if (entry.newest !== undefined) newest.set(id, entry.newest);
      splices.set(id, { entry, tick });
      table.put(entry, nowMs);
      return { row, difference: before === undefined ? null : differenceOf(before, record) };
    },
    /** @returns what that is to whoever did not expect it */
    remove(agentId: string, tick: number): Difference | null {
      const before = table.get(agentId)?.record;
      splices.set(agentId, { entry: null, tick });
      table.remove(agentId);
      newest.delete(agentId);
      rhythms.forget(agentId);
      return before === undefined ? null : differenceOf(before, undefined);
    },
  };
}

const isSameText = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((text) => other.includes(text));
function keepNewest(newest: Map<string, NewestEvent>, agentId: string, event: NewestEvent) {
  const other = newest.get(agentId);
  if (other === undefined || sortableTime(other.at) < sortableTime(event.at)) newest.set(agentId, event);
}
function differenceOf(before: WireFleetRecord, after: WireFleetRecord | undefined): Difference | null {
  const isSame = before.name === after?.name && before.cluster_name === after.cluster_name && before.status === after.status;
  if (isSame) return null;
  return {
    of: 'agent',
    id: before.agent_id,
    name: (after ?? before).name,
    before: editable(before),
    after: after ? editable(after) : null,
  };
}
function editable({ name, cluster_name: clusterName, status }: WireFleetRecord): Editable {
  return { name, clusterName, status };
}
