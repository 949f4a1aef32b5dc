import type { WireGenerator } from '#bff/broker/wire.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import { generatorFilters, generatorSorts } from '#contract/generators.ts';
import type { ListQuery } from '#contract/list.ts';
import { stackFilters, stackSorts } from '#contract/stacks.ts';
import type { Desk } from './desk.ts';
import { createSharedReads } from './shared-reads.ts';
import { createSnapshotList } from './snapshot-list.ts';

/** What a generator is beyond the list hardly ever changes: that it is the broker's own. */
const singlesMs = 600_000;
const mostSingles = 1_000;

export function createGeneratorLists(desk: Desk) {
  const list = createSnapshotList(desk, {
    list: 'generators',
    names: { sorts: generatorSorts, filters: generatorFilters },
    read: desk.broker.generators.list,
  });
  const singles = createSharedReads<WireGenerator>({ clock: desk.clock, most: mostSingles });
  return {
    page: (query: ListQuery) => list.page(query),
    rows: (ids: readonly string[]) => list.rows(ids),
    /** One by its id, also one that no list shows. @throws `not_found` */
    async single(generatorId: string, scope: CallScope): Promise<{ name: string; isSystem: boolean }> {
      const { value } = await singles.read(generatorId, { maxAgeMs: singlesMs, signal: scope.signal }, (signal) =>
        desk.broker.generators.read(generatorId, { requestId: scope.requestId, signal }),
      );
      return { name: value.name, isSystem: value.is_system };
    },
    close: () => list.close(),
  };
}
export type GeneratorLists = ReturnType<typeof createGeneratorLists>;

/** Stacks name their generators, so those are read along. */
export function createStackLists(desk: Desk, generators: GeneratorLists) {
  const list = createSnapshotList(desk, {
    list: 'stacks',
    names: { sorts: stackSorts, filters: stackFilters },
    read: desk.broker.stacks.list,
    beside: () => generators.rows([]),
  });
  return {
    page: (query: ListQuery) => list.page(query),
    rows: (ids: readonly string[]) => list.rows(ids),
    close: () => list.close(),
  };
}
export type StackLists = ReturnType<typeof createStackLists>;
