import * as z from 'zod/mini';
import { maskPaks } from '#bff/broker/pak.ts';
import {
  WireAgent,
  WireAgentEvent,
  WireFleetRecord,
  WireGenerator,
  WireHealthRecord,
  WireRegistration,
  WireRevision,
  WireStack,
} from '#bff/broker/wire.ts';
import { arraySlices, memberSlices } from './array-slices.ts';
import type { Breathe } from './breath.ts';
import { createFleet } from './fleet.ts';
import { groupsOf, mapOf } from './fleet-views.ts';
import { healthTable } from './health-table.ts';
import type { HealthTable } from './health-table.ts';
import type { TableQuery } from './list-query.ts';
import { ownAgentTable } from './own-agents.ts';
import { judge, judgeMarked, matrixOf, objectsOf, pageOf, rollUpOf } from './reached.ts';
import type { Judged } from './reached.ts';
import { newestRevision, revisionTable } from './revision-table.ts';
import type { RevisionFacts } from './revision-table.ts';
import type { Rhythms } from './rhythm.ts';
import { eventTable, generatorTable, registrationTable } from './small-tables.ts';
import { createStackShelf } from './stack-table.ts';
import type { Difference, HostCalls, ListName, Loaded } from './snapshot-host.ts';
import type { Found, TablePage } from './table.ts';

/** What a list answers, whatever its rows are. */
interface AnyTable {
  page(query: TableQuery, nowMs: number): TablePage<unknown>;
  show(id: string, nowMs: number): unknown;
  find(text: string, limit: number, nowMs: number, tenant?: string): Found<unknown>;
}
type LoadAsk = Omit<HostCalls['load']['ask'], 'owner'>;

const shapes = {
  agents: { rows: z.array(WireFleetRecord), free: ['name', 'cluster_name', 'status'] },
  ownAgents: { rows: z.array(WireAgent), free: ['name', 'cluster_name', 'status'] },
  registered: { rows: z.array(WireRegistration), free: [] },
  events: { rows: z.array(WireAgentEvent), free: ['event_type', 'status', 'message'] },
  generators: { rows: z.array(WireGenerator), free: ['name', 'description'] },
  stacks: { rows: z.array(WireStack), free: ['name', 'description'] },
  revisions: { rows: z.array(WireRevision), free: [] },
  health: { rows: z.array(WireHealthRecord), free: ['summary'] },
} as const;

/** How rows are parsed, and which of their members are free text. */
interface Shape<Row> {
  rows: z.ZodMiniType<Row[]>;
  free: readonly string[];
}
/** Rows of a whole answer that comes in pieces, free text masked. One row that does not fit makes the answer unusable. */
async function rowsOf<Row extends Record<string, unknown>>(
  { rows: schema, free }: Shape<Row>,
  slices: Iterable<unknown>,
  breathe: Breathe,
): Promise<{ rows: Row[]; masked: number } | { where: string }> {
  const rows: Row[] = [];
  let masked = 0;
  try {
    for (const slice of slices) {
      const parsed = schema.safeParse(slice);
      if (!parsed.success) return { where: parsed.error.issues[0]?.path.slice(1).join('.') ?? '' };
      for (const row of parsed.data) {
        masked += maskRow(row, free);
        rows.push(row);
      }
      await breathe();
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { where: 'its text' };
    throw error;
  }
  return { rows, masked };
}
function maskRow(row: Record<string, unknown>, free: readonly string[]): number {
  let masked = 0;
  for (const member of free) {
    const text = row[member];
    if (typeof text !== 'string') continue;
    const result = maskPaks(text);
    masked += result.found;
    if (result.found > 0) row[member] = result.text;
  }
  return masked;
}

/** @returns null when it is no answer about registrations */
export async function registeredIds(bytes: Uint8Array, breathe: Breathe): Promise<string[] | null> {
  const taken = await rowsOf(shapes.registered, arraySlices(bytes), breathe);
  return 'where' in taken ? null : taken.rows.map((row) => row.agent_id);
}

const isRevisions = (list: ListName) => list.startsWith('revisions/');
const isRegistered = (list: ListName) => list.startsWith('registered/');

/** All lists of one credential. */
export function createShelf(rhythms: Rhythms) {
  const registered = new Map<ListName, ReturnType<typeof registrationTable>>();
  const fleet = createFleet(rhythms, (agentId, tenant) => registered.get(`registered/${tenant}`)?.get(agentId) !== undefined);
  let ownAgents = ownAgentTable();
  let generators = generatorTable();
  const nameOfGenerator = (id: string) => generators.get(id)?.name ?? null;
  const stacks = createStackShelf(nameOfGenerator);
  const revisions = new Map<ListName, { table: ReturnType<typeof revisionTable>; tick: number }>();
  const events = new Map<ListName, ReturnType<typeof eventTable>>();
  const health = new Map<ListName, HealthTable>();
  const loaded = new Set<ListName>();

  async function take<Row extends Record<string, unknown>>(
    shape: Shape<Row>,
    { list, bytes }: LoadAsk,
    breathe: Breathe,
    use: (rows: Row[]) => Promise<Difference[] | void> | Difference[] | void,
    slices = arraySlices(bytes),
  ): Promise<Loaded> {
    const taken = await rowsOf(shape, slices, breathe);
    if ('where' in taken) return { ok: false, where: taken.where };
    const differences = (await use(taken.rows)) ?? [];
    loaded.add(list);
    return { ok: true, rows: taken.rows.length, masked: taken.masked, differences };
  }

  /** Two reads may cross, as each change asks for one of its own: the one that began later stays. */
  function keepRevisions(list: ListName, rows: readonly WireRevision[], tick: number): Difference[] {
    const before = revisions.get(list);
    if (tick <= (before?.tick ?? 0)) return [];
    revisions.set(list, { table: revisionTable(rows), tick });
    return before === undefined
      ? []
      : newerRevision(list.slice('revisions/'.length), newestRevision(before.table.all()), newestRevision(rows));
  }
  function newerRevision(id: string, before: RevisionFacts | null, after: RevisionFacts | null): Difference[] {
    if (after === null || after.sequence <= (before?.sequence ?? 0)) return [];
    return [{ of: 'revision', id, name: stacks.table().get(id)?.name ?? null, before, after }];
  }

  async function keepHealth(list: ListName, records: readonly WireHealthRecord[], breathe: Breathe): Promise<void> {
    health.set(list, await healthTable(records, breathe));
  }
  /** Null without a fleet, and before its events were ever read: nobody is pending because of that. */
  function judgedOf({ revisionId, marks, nowMs, brokerMs }: HostCalls['rollUp']['ask']): Judged[] | null {
    if (!loaded.has('agents') || !loaded.has('newestEvents')) return null;
    const answers = fleet.answers.of(revisionId ?? '');
    return judgeMarked(fleet.table().all(), marks, { answers, health: health.get(`health/${revisionId}`), nowMs, brokerMs });
  }

  function keepRegistered(list: ListName, rows: readonly WireRegistration[]) {
    registered.set(list, registrationTable(rows));
    fleet.table().rederive();
  }

  return {
    stacks,
    /** While it works the lists go on answering from what they had. */
    load(ask: LoadAsk, breathe: Breathe): Promise<Loaded> {
      const { list, tick, arrivedMs } = ask;
      switch (list) {
        case 'agents':
          return take(shapes.agents, ask, breathe, (rows) => fleet.replace(rows, tick, arrivedMs, breathe));
        case 'newestEvents':
          return take(shapes.events, ask, breathe, (rows) => fleet.join(rows, breathe));
        case 'generators':
          return take(shapes.generators, ask, breathe, (rows) => void (generators = generatorTable(rows)));
        case 'stacks':
          return take(shapes.stacks, ask, breathe, (rows) => stacks.replace(rows, tick, arrivedMs, breathe));
        case 'ownAgents':
          return take(shapes.ownAgents, ask, breathe, (rows) => void (ownAgents = ownAgentTable(rows)));
        default:
          if (list.startsWith('health/')) {
            const slices = memberSlices(ask.bytes, 'health_records');
            return take(shapes.health, ask, breathe, (rows) => keepHealth(list, rows, breathe), slices);
          }
          if (isRegistered(list)) return take(shapes.registered, ask, breathe, (rows) => keepRegistered(list, rows));
          if (isRevisions(list)) return take(shapes.revisions, ask, breathe, (rows) => keepRevisions(list, rows, tick));
          return take(shapes.events, ask, breathe, (rows) => void events.set(list, eventTable(rows)));
      }
    },
    /** Whether it can be answered: not while it is not known which agents are the tenant's. */
    isThere(list: ListName, { tenant }: Pick<TableQuery, 'tenant'>): boolean {
      return loaded.has(list) && (list !== 'agents' || tenant === undefined || registered.has(`registered/${tenant}`));
    },
    page(list: ListName, query: TableQuery, nowMs: number): TablePage<unknown> | null {
      if (!this.isThere(list, query)) return null;
      return this.table(list)?.page(query, nowMs) ?? null;
    },
    table(list: ListName): AnyTable | undefined {
      if (!loaded.has(list)) return undefined;
      if (list === 'agents') return fleet.table();
      if (list === 'ownAgents') return ownAgents;
      if (list === 'generators') return generators;
      if (list === 'stacks') return stacks.table();
      if (isRegistered(list)) return registered.get(list);
      return isRevisions(list) ? revisions.get(list)?.table : events.get(list);
    },
    know: (ask: HostCalls['knowAgents']['ask']) => fleet.know(ask),
    strangers: (most: number) => (loaded.has('agents') ? fleet.strangers(most) : null),
    stackOwners: () =>
      loaded.has('stacks') ? Array.from(stacks.table().all(), ({ id, generator_id: generatorId }) => ({ id, generatorId })) : null,
    groups({ list, query, by, nowMs }: HostCalls['groups']['ask']) {
      if (!this.isThere(list, query)) return null;
      return list === 'agents' ? groupsOf(fleet.table(), query, by, nowMs) : groupsOf(ownAgents, query, by, nowMs);
    },
    map({ list, query, nowMs }: HostCalls['map']['ask']) {
      if (!this.isThere(list, query)) return null;
      return list === 'agents' ? mapOf(fleet.table(), query, nowMs) : mapOf(ownAgents, query, nowMs);
    },
    find({ list, text, limit, tenant, nowMs }: HostCalls['find']['ask']) {
      return this.isThere(list, { tenant }) ? (this.table(list)?.find(text, limit, nowMs, tenant) ?? null) : null;
    },
    reached(ask: HostCalls['reached']['ask']) {
      const judged = judgedOf(ask);
      return judged && pageOf(judged, ask.query, ask.nowMs);
    },
    reachMatrix(ask: HostCalls['reachMatrix']['ask']) {
      const judged = judgedOf(ask);
      return judged && matrixOf(judged);
    },
    reachedObjects(ask: HostCalls['reachedObjects']['ask']) {
      const judged = judgedOf(ask);
      return judged && objectsOf(judged);
    },
    rollUp(ask: HostCalls['rollUp']['ask']) {
      const judged = judgedOf(ask);
      return judged && rollUpOf(judged);
    },
    judgeAgent({ agentId, revisionIds, nowMs, brokerMs }: HostCalls['judgeAgent']['ask']) {
      const entry = fleet.table().get(agentId);
      if (entry === undefined || !loaded.has('newestEvents')) return null;
      return revisionIds.map((id) => judge(entry, { answers: fleet.answers.of(id), health: health.get(`health/${id}`), nowMs, brokerMs }));
    },
    putAgent: (ask: Parameters<typeof fleet.put>[0]) => fleet.put(ask),
    removeAgent: (agentId: string, tick: number) => fleet.remove(agentId, tick),
    drop(list: ListName) {
      loaded.delete(list);
      events.delete(list);
      revisions.delete(list);
      registered.delete(list);
      health.delete(list);
    },
  };
}
export type Shelf = ReturnType<typeof createShelf>;
