import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireStack } from './wire.ts';

/** The members of a stack that a person may change; absent means unchanged. */
export interface StackChange {
  name?: string | undefined;
  description?: string | undefined;
}

export const brokerStacks = (http: BrokerHttp) => ({
  list: (scope: CallScope) => http.bytes('listStacks', {}, scope),
  read: (stackId: string, scope: CallScope) => http.json('readStack', { stackId }, WireStack, scope),
  create: ({ name, description, generatorId }: { name: string; description?: string | undefined; generatorId: string }, scope: CallScope) =>
    http.json('createStack', {}, WireStack, scope, { body: { name, description, generator_id: generatorId } }),
  /**
   * The broker replaces whole stacks, its owner, its times and its deletion among them: all of those are sent as it told
   * them, none is composed here, and `deleted_at` is never sent. A description that is not sent stays as it is.
   */
  update: ({ id, created_at, updated_at, generator_id, name, description }: WireStack, change: StackChange, scope: CallScope) =>
    http.json('updateStack', { stackId: id }, WireStack, scope, {
      body: {
        id,
        created_at,
        updated_at,
        generator_id,
        name: change.name ?? name,
        description: change.description ?? description ?? undefined,
      },
    }),
  delete: (stackId: string, scope: CallScope) => http.done('deleteStack', { stackId }, scope),
});
