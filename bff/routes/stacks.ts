import type { StackChange } from '#bff/broker/stacks.ts';
import { dated } from '#bff/lists/desk.ts';
import { rollUpOf } from '#bff/lists/reach.ts';
import { route } from '#bff/pipeline/route.ts';
import { ProblemError } from '#contract/problem.ts';
import { createStack, deleteStack, editStack, listStackFacts, listStackHistory, listStacks, readStack } from '#contract/stacks.ts';
import type { StackRow } from '#contract/stacks.ts';
import { historyOf } from './history.ts';
import { readStackNow } from './read-stack-now.ts';
import { sendChange } from './send-change.ts';
import { tenantName } from './tenant-name.ts';

const audited = ({ name, description, generatorId, generatorName }: StackRow) => ({ name, description, generatorId, generatorName });

/** Only what differs; `undefined` when nothing does. An empty text and none at all look the same to people. */
function differences(before: StackRow, { name, description }: StackChange): StackChange | undefined {
  const different = {
    ...(name !== undefined && name !== before.name && { name }),
    ...(description !== undefined && description !== (before.description ?? '') && { description }),
  };
  return Object.keys(different).length === 0 ? undefined : different;
}

export const stackRoutes = [
  route(listStacks, ({ query }, { world }) => world.lists.stacks.page(query)),
  route(listStackFacts, async ({ query }, context) => ({ rows: await context.world.lists.stackFacts(query.stacks, context) })),
  route(readStack, async ({ params: { stackId } }, context) => {
    const { lists, reach } = context.world;
    const [{ row, arrivedMs }, revisions] = await Promise.all([
      lists.stacks.read(stackId, context),
      lists.revisions.current(stackId, context),
    ]);
    const { current, total } = revisions;
    const rollUp = await rollUpOf(reach, context.clock, stackId, current, context);
    return {
      stack: row,
      current,
      revisions: total,
      rollUp: rollUp?.counts ?? null,
      clusters: rollUp?.clusters ?? null,
      coverage: reach.coverage(),
      ...dated(Math.min(arrivedMs, revisions.arrivedMs), context.clock),
    };
  }),
  route(listStackHistory, ({ params }, context) => historyOf('stack', params.stackId, context)),
  route(createStack, async ({ body }, context) => {
    const { world, observe } = context;
    const { name, description, generatorId } = body;
    observe({ resource: { kind: 'stack', id: null, name } });
    const generatorName = await tenantName(generatorId, context, {
      path: 'generatorId',
      title: 'A stack cannot belong to this generator',
      system: "The system generator is the broker's own: its stacks could reach every agent.",
    });
    const created = await sendChange(context, (scope) => world.broker.stacks.create({ name, description, generatorId }, scope));
    const row = await world.lists.stacks.changed(created);
    observe({ resource: { kind: 'stack', id: row.id, name: row.name }, after: { ...audited(row), generatorName } });
    return row;
  }),
  route(editStack, async ({ params: { stackId }, headers, body }, context) => {
    const { broker, lists } = context.world;
    const { stack, row: before } = await readStackNow(stackId, context);
    context.observe({ before: audited(before) });
    if (before.etag !== headers['if-match'])
      throw new ProblemError('changed_meanwhile', 'The stack was changed meanwhile', { current: before });
    const different = differences(before, body);
    if (different === undefined) return before;
    lists.stacks.expectChange(stackId);
    const changed = await sendChange(
      context,
      (scope) => broker.stacks.update(stack, different, scope),
      () => lists.stacks.outdated(stackId),
    );
    const after = await lists.stacks.changed(changed);
    context.observe({ after: audited(after) });
    return after;
  }),
  route(deleteStack, async ({ params: { stackId } }, context) => {
    const { broker, lists } = context.world;
    const { row } = await readStackNow(stackId, context);
    context.observe({ before: audited(row) });
    lists.stacks.expectChange(stackId);
    await sendChange(
      context,
      (scope) => broker.stacks.delete(stackId, scope),
      () => {
        lists.stacks.outdated(stackId);
        lists.revisions.changed(stackId);
      },
    );
    await lists.stacks.remove(stackId);
    return { done: true as const };
  }),
];
