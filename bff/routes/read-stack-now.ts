import type { WireStack } from '#bff/broker/wire.ts';
import type { Context } from '#bff/pipeline/route.ts';
import type { StackRow } from '#contract/stacks.ts';

/** Before a stack or something that hangs on it is changed: what it is this moment, and its name for the audit. @throws `not_found` */
export async function readStackNow(stackId: string, context: Context): Promise<{ stack: WireStack; row: StackRow }> {
  const now = await context.world.lists.stacks.fresh(stackId, context);
  context.observe({ resource: { kind: 'stack', id: stackId, name: now.row.name } });
  return now;
}
