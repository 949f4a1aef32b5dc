import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  addAgentTarget,
  deregisterAgent,
  listAgentRegistrations,
  listAgentTargets,
  registerAgent,
  removeAgentTarget,
} from '#contract/agent-bonds.ts';
import { useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { rereadEvery } from '#web/api/query-client.ts';
import { words } from '#web/lib/words/index.ts';
import { agentChanged } from './agents.ts';

/** They change by hand, and rarely; each read costs the broker two. */
const rereadBondsMs = 60_000;

export const agentTargets = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'targets'],
    queryFn: ({ signal }) => call(listAgentTargets, { params: { agentId } }, signal),
    refetchInterval: rereadEvery(rereadBondsMs),
  });
export const agentRegistrations = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'registrations'],
    queryFn: ({ signal }) => call(listAgentRegistrations, { params: { agentId } }, signal),
    refetchInterval: rereadEvery(rereadBondsMs),
  });

interface Named {
  id: string;
  name: string;
}
/** A change of targets moves what is pending too, and a registration takes targets with it: all of the agent is read again. */
function showBonds(client: QueryClient, agentId: string, bonds: 'targets' | 'registrations', answer: unknown): void {
  client.setQueryData(['agent', agentId, bonds], answer);
  agentChanged(client, agentId);
}

/** Toasts name both ends; the object arrives with its name. */
export function useAddAgentTarget({ id: agentId, name }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (stack: Named) => call(addAgentTarget, { params: { agentId }, body: { stackId: stack.id }, attempt }),
    meta: {
      success: (_: unknown, stack: Named) => words.agents.targets.added(stack.name, name),
    },
    onSuccess: (targets) => showBonds(client, agentId, 'targets', targets),
  });
}
export function useRemoveAgentTarget({ id: agentId, name }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (stack: Named) => call(removeAgentTarget, { params: { agentId }, body: { stackId: stack.id }, attempt }),
    meta: {
      success: (_: unknown, stack: Named) => words.agents.targets.removed(stack.name, name),
    },
    onSuccess: (targets) => showBonds(client, agentId, 'targets', targets),
    onError: () => agentChanged(client, agentId),
  });
}
export function useRegisterAgent({ id: agentId, name }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (generator: Named) => call(registerAgent, { params: { agentId }, body: { generatorId: generator.id }, attempt }),
    meta: {
      success: (_: unknown, generator: Named) => words.agents.registrations.added(generator.name, name),
    },
    onSuccess: (registrations) => showBonds(client, agentId, 'registrations', registrations),
  });
}
export function useDeregisterAgent({ id: agentId, name }: Named) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (generator: Named) => call(deregisterAgent, { params: { agentId }, body: { generatorId: generator.id }, attempt }),
    meta: {
      success: (_: unknown, generator: Named) => words.agents.registrations.removed(generator.name, name),
    },
    onSuccess: (registrations) => showBonds(client, agentId, 'registrations', registrations),
    onError: () => agentChanged(client, agentId),
  });
}
