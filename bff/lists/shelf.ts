import * as z from 'zod/mini';
import { maskPaks } from '#bff/broker/pak.ts';
import { WireAgentEvent, WireFleetRecord, WireGenerator, WireStack } from '#bff/broker/wire.ts';
import { createFleet } from './fleet.ts';
import type { Rhythms } from './rhythm.ts';
import { eventTable, generatorTable, stackTable } from './small-tables.ts';
import type { HostCalls, ListName, Loaded } from './snapshot-host.ts';
import type { TableQuery } from './list-query.ts';
import type { TablePage } from './table.ts';

/** What a list answers, whatever its rows are. */
interface AnyTable {
  page(query: TableQuery, nowMs: number): TablePage<unknown>;
  show(id: string, nowMs: number): unknown;
}
type LoadAsk = Omit<HostCalls['load']['ask'], 'owner'>;

const rowsOf = {
  agents: z.array(WireFleetRecord),
  events: z.array(WireAgentEvent),
  generators: z.array(WireGenerator),
  stacks: z.array(WireStack),
};

/** All lists of one credential. */
export function createShelf(rhythms: Rhythms) {
  const fleet = createFleet(rhythms);
  const generators = generatorTable();
  const stacks = stackTable((id) => generators.get(id)?.name ?? null);
  const events = new Map<ListName, ReturnType<typeof eventTable>>();
  const loaded = new Set<ListName>();

  /** Rows of a whole answer, free text masked. One row that does not fit makes the answer unusable. */
  function take<S extends z.ZodMiniType<Record<string, unknown>[]>>(schema: S, free: readonly string[], ask: LoadAsk, use: (rows: z.output<S>) => void): Loaded {
    const parsed = schema.safeParse(parse(ask.bytes));
    if (!parsed.success) return { ok: false, where: parsed.error.issues[0]?.path.join('.') ?? '' };
    let masked = 0;
    for (const row of parsed.data) {
      for (const member of free) {
        const text = row[member];
        if (typeof text !== 'string') continue;
        const result = maskPaks(text);
        if (result.found === 0) continue;
        masked += result.found;
        row[member] = result.text;
      }
    }
    use(parsed.data);
    loaded.add(ask.list);
    return { ok: true, rows: parsed.data.length, masked, differences: ask.list === 'agents' ? fleet.takeDifferences() : [] };
  }

  return {
    load(ask: LoadAsk): Loaded {
      const { list, tick, arrivedMs } = ask;
      switch (list) {
        case 'agents':
          return take(rowsOf.agents, ['name', 'cluster_name', 'status'], ask, (rows) => fleet.replace(rows, tick, arrivedMs));
        case 'newestEvents':
          return take(rowsOf.events, ['status'], ask, (rows) => fleet.join(rows));
        case 'generators':
          return take(rowsOf.generators, ['name', 'description'], ask, (rows) => generators.replace(rows, arrivedMs));
        case 'stacks':
          return take(rowsOf.stacks, ['name', 'description'], ask, (rows) => stacks.replace(rows, arrivedMs));
        default: {
          const table = events.get(list) ?? eventTable();
          events.set(list, table);
          return take(rowsOf.events, ['event_type', 'status', 'message'], ask, (rows) => table.replace(rows, arrivedMs));
        }
      }
    },
    table(list: ListName): AnyTable | undefined {
      if (!loaded.has(list)) return undefined;
      if (list === 'agents') return fleet.table;
      if (list === 'generators') return generators;
      return list === 'stacks' ? stacks : events.get(list);
    },
    putAgent: (ask: Parameters<typeof fleet.put>[0]) => fleet.put(ask),
    removeAgent: (agentId: string, tick: number) => fleet.remove(agentId, tick),
    /** An agent's events leave; of the newest events nothing is claimed any more. */
    drop(list: ListName) {
      loaded.delete(list);
      if (list === 'newestEvents') fleet.join([]);
      else events.delete(list);
    },
  };
}
export type Shelf = ReturnType<typeof createShelf>;

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
