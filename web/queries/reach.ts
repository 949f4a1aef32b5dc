import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { addAgentTarget, removeAgentTarget } from '#contract/agent-bonds.ts';
import { listObjectHealth, listReachedAgents, listReachReasons, readAgentReach, readReachMatrix, readTagReach } from '#contract/reach.ts';
import { useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import type { ListState } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';
import { agentChanged } from './agents.ts';
import { stackChanged } from './stacks.ts';

export const reachMatrix = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'matrix'],
    queryFn: ({ signal }) => call(readReachMatrix, { params: { stackId } }, signal),
  });
export const reachedAgents = (stackId: string, state: ListState) =>
  queryOptions({
    queryKey: ['stack', stackId, 'agents', state],
    queryFn: ({ signal }) => call(listReachedAgents, { params: { stackId }, query: state }, signal),
    placeholderData: keepPreviousData,
  });
/** Health of each object of the current revision over all agents that the stack reaches. */
export const objectHealth = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'objects'],
    queryFn: ({ signal }) => call(listObjectHealth, { params: { stackId } }, signal),
  });
/** How many agents each label and annotation of a stack reaches, and how many nothing else does. */
export const tagReach = (stackId: string) =>
  queryOptions({
    queryKey: ['stack', stackId, 'tag-reach'],
    queryFn: ({ signal }) => call(readTagReach, { params: { stackId } }, signal),
  });
/** Every stack that reaches an agent, with its reasons alone. */
export const reachReasons = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'reach', 'reasons'],
    queryFn: ({ signal }) => call(listReachReasons, { params: { agentId } }, signal),
  });
/** Each stack on a page of them costs the broker two reads. */
export const reachPage = { limit: 25 };
/** Tabs of an agent that show the page which the URL names; the others count with the first one. */
export const showsReach = (tab: string | undefined): boolean => tab === 'reached-by' || tab === 'health';
/** Which stacks reach an agent and why, one page of them, and which nearly do. */
export const agentReach = (agentId: string, { offset = '0', limit = String(reachPage.limit) }: ListState = {}) =>
  queryOptions({
    queryKey: ['agent', agentId, 'reach', { offset, limit }],
    queryFn: ({ signal }) => call(readAgentReach, { params: { agentId }, query: { offset, limit } }, signal),
    placeholderData: keepPreviousData,
  });

interface Named {
  id: string;
  name: string;
}
/** Targets belong to agents; here they are set from the stack's side. */
function useTargetChange(stack: Named, endpoint: typeof addAgentTarget | typeof removeAgentTarget, done: (agent: Named) => string) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (agent: Named) => call(endpoint, { params: { agentId: agent.id }, body: { stackId: stack.id }, attempt }),
    meta: { success: (_: unknown, agent: Named) => done(agent) },
    onSettled: (_answer, _error, agent) => {
      agentChanged(client, agent.id);
      stackChanged(client, stack.id);
    },
  });
}
export const useTargetAgent = (stack: Named) =>
  useTargetChange(stack, addAgentTarget, ({ name }) => words.agents.targets.added(stack.name, name));
export const useUntargetAgent = (stack: Named) =>
  useTargetChange(stack, removeAgentTarget, ({ name }) => words.agents.targets.removed(stack.name, name));
