import type { WireStack } from '#bff/broker/wire.ts';
import type { StackRow } from '#contract/stacks.ts';
import type { Breathe } from './breath.ts';
import { mostDifferences } from './outside-changes.ts';
import type { Difference, EditableStack } from './snapshot-host.ts';
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

  const editable = ({ name, description, generator_id: generatorId }: WireStack): EditableStack => ({
    name,
    description,
    generatorId,
    generatorName: nameOfGenerator(generatorId),
  });
  function differenceOf(before: WireStack, after: WireStack | undefined): Difference | null {
    const isSame = before.name === after?.name && before.description === after.description && before.generator_id === after.generator_id;
    if (isSame) return null;
    return { of: 'stack', id: before.id, name: (after ?? before).name, before: editable(before), after: after ? editable(after) : null };
  }

  return {
    table: () => table,
    /** A whole read that began at `tick`; what was put in by a later one stays. @returns what it shows to have been changed elsewhere */
    async replace(rows: readonly WireStack[], tick: number, nowMs: number, breathe: Breathe): Promise<Difference[]> {
      let next = createTable(kind, rows);
      const knownBefore = known;
      await next.warm(table.ordersInUse(), nowMs, breathe);
      if (known !== knownBefore) next = createTable(kind, rows); // its orders are of what was known before
      for (const [id, { stack, tick: splicedTick }] of splices) {
        if (splicedTick <= tick) splices.delete(id);
        else if (stack === null) next.remove(id);
        else next.put(stack, nowMs);
      }
      const differences: Difference[] = [];
      for (const before of table.all()) {
        const difference = differenceOf(before, next.get(before.id));
        if (difference !== null && differences.length < mostDifferences) differences.push(difference);
      }
      table = next;
      loadedTick = tick;
      return differences;
    },
    put(stack: WireStack, tick: number, nowMs: number): { line: StackLine; difference: Difference | null } {
      const line = kind.show(stack, nowMs);
      const isOutdated = tick < Math.max(loadedTick, splices.get(stack.id)?.tick ?? 0);
      if (isOutdated) return { line, difference: null };
      const before = table.get(stack.id);
      splices.set(stack.id, { stack, tick });
      table.put(stack, nowMs);
      return { line, difference: before === undefined ? null : differenceOf(before, stack) };
    },
    /** @returns what that is to whoever did not expect it */
    remove(stackId: string, tick: number): Difference | null {
      const before = table.get(stackId);
      splices.set(stackId, { stack: null, tick });
      table.remove(stackId);
      return before === undefined ? null : differenceOf(before, undefined);
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
