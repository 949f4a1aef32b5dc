import type { WireStack } from '#bff/broker/wire.ts';
import type { StackRow } from '#contract/stacks.ts';
import type { Breathe } from './breath.ts';
import { createTable } from './table.ts';
import type { TableKind } from './table.ts';
import { sortableTime } from './time.ts';

/** One line of the stacks but for what is added to rows that leave. */
export type StackLine = Omit<StackRow, 'etag' | 'reached'>;
/** What the reach index knows of a stack; stacks are ordered and filtered by it. */
export interface StackKnowledge {
  id: string;
  reached: number | null;
  labels: readonly string[];
}

const lower = (text: string) => text.toLowerCase();

/** The stacks of one credential: whole reads, single rows that were put in since, and what is known of each. */
export function createStackShelf(nameOfGenerator: (id: string) => string | null) {
  let known = new Map<string, StackKnowledge>();
  let knownVersion: number | undefined;
  /** Rows put in (or taken out: null) after the read that the table came from had begun. */
  const splices = new Map<string, { stack: WireStack | null; tick: number }>();
  let loadedTick = 0;

  const kind: TableKind<WireStack, StackLine> = {
    id: ({ id }) => id,
    columns: {
      name: ({ name }) => lower(name),
      generator: ({ generator_id: id }) => lower(nameOfGenerator(id) ?? ''),
      createdAt: ({ created_at: at }) => sortableTime(at),
      updatedAt: ({ updated_at: at }) => sortableTime(at),
      reached: ({ id }) => known.get(id)?.reached ?? null,
    },
    filters: { generator: ({ generator_id: id }) => id, label: ({ id }) => known.get(id)?.labels ?? [] },
    isOf: ({ generator_id: id }, tenant) => id === tenant,
    haystack: ({ id, name, description, generator_id: generatorId }) =>
      `${name}\n${description ?? ''}\n${nameOfGenerator(generatorId) ?? ''}\n${id}`,
    show: ({ id, name, description, generator_id: generatorId, created_at: createdAt, updated_at: updatedAt }) => ({
      id,
      name,
      description,
      generatorId,
      generatorName: nameOfGenerator(generatorId),
      createdAt,
      updatedAt,
    }),
  };
  let table = createTable(kind);

  return {
    table: () => table,
    /** A whole read that began at `tick`; what was put in by a later one stays. */
    async replace(rows: readonly WireStack[], tick: number, nowMs: number, breathe: Breathe) {
      let next = createTable(kind, rows);
      const knownBefore = known;
      await next.warm(table.ordersInUse(), nowMs, breathe);
      if (known !== knownBefore) next = createTable(kind, rows); // its orders are of what was known before
      for (const [id, { stack, tick: splicedTick }] of splices) {
        if (splicedTick <= tick) splices.delete(id);
        else if (stack === null) next.remove(id);
        else next.put(stack, nowMs);
      }
      table = next;
      loadedTick = tick;
    },
    put(stack: WireStack, tick: number, nowMs: number): StackLine {
      const isOutdated = tick < Math.max(loadedTick, splices.get(stack.id)?.tick ?? 0);
      if (!isOutdated) {
        splices.set(stack.id, { stack, tick });
        table.put(stack, nowMs);
      }
      return kind.show(stack, nowMs);
    },
    remove(stackId: string, tick: number) {
      splices.set(stackId, { stack: null, tick });
      table.remove(stackId);
    },
    /** @returns whether it holds this version now */
    know(version: number, knowledge: readonly StackKnowledge[] | undefined): boolean {
      if (knowledge === undefined) return version === knownVersion;
      known = new Map(knowledge.map((one) => [one.id, one]));
      knownVersion = version;
      table = createTable(kind, [...table.all()]); // in orders that are made anew
      return true;
    },
  };
}
