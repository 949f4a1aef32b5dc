import type { CallScope } from '#bff/broker/broker-http.ts';
import type { WireStack } from '#bff/broker/wire.ts';
import type { ListQuery, Page } from '#contract/list.ts';
import { parseFilter } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { stackFilters, stackSorts } from '#contract/stacks.ts';
import type { StackRow } from '#contract/stacks.ts';
import { singleMs, tellOutside } from './desk.ts';
import type { Desk } from './desk.ts';
import type { GeneratorLists } from './generators.ts';
import { createSharedReads } from './shared-reads.ts';
import { createSnapshotList } from './snapshot-list.ts';
import type { StackLine } from './stack-table.ts';

const mostSingles = 2_000;

/** A stack as one read of its own showed it. */
interface Single {
  stack: WireStack;
  tick: number;
}

/** Stacks name their generators, so those are read along. */
export function createStackLists(desk: Desk, generators: GeneratorLists) {
  const { broker, host, owner, clock, etags, reach } = desk;
  const list = createSnapshotList(desk, {
    list: 'stacks',
    names: { sorts: stackSorts, filters: stackFilters },
    read: broker.stacks.list,
    beside: () => generators.rows([]),
  });
  const singles = createSharedReads<Single>({ clock, most: mostSingles });

  const rowOf = async (line: StackLine): Promise<StackRow> => ({ ...line, reached: reach.count(line.id), etag: await etags.ofStack(line) });

  async function readSingle(stackId: string, scope: CallScope): Promise<Single> {
    const tick = desk.tick();
    try {
      return { stack: await broker.stacks.read(stackId, scope), tick };
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'not_found') {
        const difference = await host.ask('removeStack', { owner, stackId, tick });
        if (difference !== null) tellOutside(desk, [difference]);
      }
      throw error;
    }
  }
  const load = (stackId: string, scope: CallScope) =>
    singles.read(stackId, { maxAgeMs: singleMs(desk), signal: scope.signal }, (signal) =>
      readSingle(stackId, { requestId: scope.requestId, signal }),
    );
  /** Puts what a read or a change showed into the list, so that list and detail never disagree. */
  async function splice({ stack, tick }: Single): Promise<StackRow> {
    await generators.rows([]).catch(() => null); // only for the name of its generator
    const { line, difference } = await host.ask('putStack', { owner, stack, tick, nowMs: clock.now() });
    if (difference !== null) tellOutside(desk, [difference]);
    return rowOf(line);
  }
  /** The thread that holds the rows orders and filters by what the index knows; it is told when somebody wants that. */
  async function tellReach({ sort = '', filter }: ListQuery): Promise<void> {
    const isWanted = sort.endsWith('reached') || filter.some((text) => parseFilter(text)?.field === 'label');
    const version = reach.version();
    if (!isWanted || (await host.ask('knowStacks', { owner, version }))) return;
    const knowledge = Array.from(reach.stackIds(), (id) => ({ id, reached: reach.count(id), labels: reach.labels(id) ?? [] }));
    await host.ask('knowStacks', { owner, version, knowledge });
  }

  return {
    async page(query: ListQuery): Promise<Page<StackRow>> {
      await tellReach(query);
      const page = await list.page(query);
      reach.shown({ stacks: page.rows.map(({ id }) => id) });
      return { ...page, rows: await Promise.all(page.rows.map(rowOf)), coverage: reach.coverage() };
    },
    rows: (ids: readonly string[]) => list.rows(ids),
    /** By name, description, generator or id, the best match first. */
    find: (text: string, limit: number, tenant: string | undefined) => list.find(text, limit, tenant),
    /** Makes sure that the host has them, not older than this; they are not kept fresh for it. */
    glance: (maxAgeMs: number) => list.glance(maxAgeMs),
    /** One stack, from a read that everybody shares. @throws `not_found` */
    async read(stackId: string, scope: CallScope): Promise<{ row: StackRow; arrivedMs: number }> {
      const { value, arrivedMs } = await load(stackId, scope);
      return { row: await splice(value), arrivedMs };
    },
    /** That it exists and what it is called. @throws `not_found` */
    async identity(stackId: string, scope: CallScope): Promise<{ name: string }> {
      const { value } = await load(stackId, scope);
      return { name: value.stack.name };
    },
    /** The stack as it is this moment, as the broker has it and as people see it. @throws `not_found` */
    async fresh(stackId: string, scope: CallScope): Promise<{ stack: WireStack; row: StackRow }> {
      singles.forget(stackId);
      const { value } = await load(stackId, scope);
      return { stack: value.stack, row: await splice(value) };
    },
    /** Something may have changed it: what was read before is not shown again. */
    outdated: (stackId: string) => singles.forget(stackId),
    /** The console is about to change this stack: what the next reads show differently is its own doing. */
    expectChange: (stackId: string) => desk.outside.expect('stack', stackId),
    /** After the console's own change: what the broker answered stands in every list at once. */
    changed(stack: WireStack): Promise<StackRow> {
      reach.changed(stack.id);
      const single = { stack, tick: desk.tick() };
      singles.put(stack.id, single);
      return splice(single);
    },
    /** The stack is deleted: no list shows it again, also none that was being read meanwhile. */
    async remove(stackId: string): Promise<void> {
      singles.forget(stackId);
      await host.ask('removeStack', { owner, stackId, tick: desk.tick() });
    },
    close: () => list.close(),
  };
}
export type StackLists = ReturnType<typeof createStackLists>;
