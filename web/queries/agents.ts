import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type AgentDetail,
  type AgentRow,
  createAgent,
  deleteAgent,
  listAgentEvents,
  listAgentHistory,
  listAgents,
  readAgent,
  renameAgent,
  rotateAgentPak,
  setAgentStatus,
} from '#contract/agents.ts';
import type { Page } from '#contract/list.ts';
import { useAttempt } from '#web/api/attempt.ts';
import { call } from '#web/api/call.ts';
import { discardDraft } from '#web/api/drafts.ts';
import type { ListState } from '#web/lib/list-state.ts';
import { words } from '#web/lib/words/index.ts';

export const agentList = (state: ListState) =>
  queryOptions({
    queryKey: ['agents', 'list', state],
    queryFn: ({ signal }) => call(listAgents, { query: state }, signal),
    placeholderData: keepPreviousData,
  });
/** One agent as the shared list has it: asks the broker for nothing of its own. */
export const oneOfFleet = (agentId: string, tenant?: string) => {
  const { placeholderData: _, ...one } = agentList({ offset: '0', limit: '1', q: agentId, ...(tenant === undefined ? {} : { tenant }) });
  return one;
};
export const agentDetail = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'detail'],
    queryFn: ({ signal }) => call(readAgent, { params: { agentId } }, signal),
  });
export const agentEvents = (agentId: string, state: ListState) =>
  queryOptions({
    queryKey: ['agent', agentId, 'events', state],
    queryFn: ({ signal }) => call(listAgentEvents, { params: { agentId }, query: state }, signal),
    placeholderData: keepPreviousData,
  });
export const agentHistory = (agentId: string) =>
  queryOptions({
    queryKey: ['agent', agentId, 'history'],
    queryFn: ({ signal }) => call(listAgentHistory, { params: { agentId } }, signal),
  });

/** The row a list has shown of this agent: its name stands on the page before, or without, an answer of its own. */
export function shownAgent(client: QueryClient, agentId: string): AgentRow | undefined {
  const pages = client.getQueriesData<Page<AgentRow>>({ queryKey: ['agents', 'list'] });
  return pages.flatMap(([, page]) => page?.rows ?? []).find(({ id }) => id === agentId);
}

/** Whatever a change of one agent makes old: its own page, and every list that shows it. */
export function agentChanged(client: QueryClient, agentId: string): void {
  void client.invalidateQueries({ queryKey: ['agent', agentId] });
  void client.invalidateQueries({ queryKey: ['agents'] });
}
/** Shows the row that a change answered with, before anything is read again. */
function showAgent(client: QueryClient, row: AgentRow): void {
  client.setQueryData<AgentDetail>(['agent', row.id, 'detail'], (detail) => detail && { ...detail, agent: row });
  client.setQueriesData<Page<AgentRow>>(
    { queryKey: ['agents', 'list'] },
    (page) => page && { ...page, rows: page.rows.map((old) => (old.id === row.id ? row : old)) },
  );
}

export const createAgentDraft = 'agent/create';
export const renameAgentDraft = (agentId: string) => `agent/${agentId}/rename`;
export const rotateAgentDraft = (agentId: string) => `agent/${agentId}/rotate`;
export const deleteAgentDraft = (agentId: string) => `agent/${agentId}/delete`;

export interface CreatedAgent {
  agent: AgentRow;
  /** Told once, by this answer alone. */
  pak: string;
}
/**
 * The answer holds a key: nothing caches it, and `reset` drops it when its dialog closes.
 * @param onCreated hears of it although the form that asked may be gone by then
 */
export function useCreateAgent(onCreated: (created: CreatedAgent) => void) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (body: { name: string; clusterName: string; generatorIds: string[] }) => call(createAgent, { body, attempt }),
    gcTime: 0,
    onSuccess: (created) => {
      discardDraft(createAgentDraft);
      onCreated(created);
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['agents'] }),
  });
}
export function useRotateAgentPak(agentId: string) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (reason: string) => call(rotateAgentPak, { params: { agentId }, body: { reason }, attempt }),
    gcTime: 0,
    onSuccess: () => discardDraft(rotateAgentDraft(agentId)),
    onSettled: () => agentChanged(client, agentId),
  });
}

export interface AgentRename {
  name: string;
  clusterName: string;
  /** Entity tag of the version that was looked at: the row's, or after a 412 the newer one's. */
  etag: string;
}
export function useRenameAgent({ id: agentId }: AgentRow) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: ({ etag, ...body }: AgentRename) =>
      call(renameAgent, { params: { agentId }, headers: { 'if-match': etag }, body, attempt }),
    meta: { success: (row: AgentRow) => words.agents.rename.done(row.name) },
    onSuccess: (row) => {
      discardDraft(renameAgentDraft(agentId));
      showAgent(client, row);
    },
    onSettled: () => agentChanged(client, agentId),
  });
}

function useSetAgentStatus(agentId: string, status: 'ACTIVE' | 'INACTIVE', meta: { success: (row: AgentRow) => string; failure?: string }) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (etag: string) => call(setAgentStatus, { params: { agentId }, headers: { 'if-match': etag }, body: { status }, attempt }),
    meta,
    onSuccess: (row) => showAgent(client, row),
    onSettled: () => agentChanged(client, agentId),
  });
}
/** One press, so its failure is a toast; given the entity tag of the version that was looked at. */
export const useActivateAgent = (agentId: string) =>
  useSetAgentStatus(agentId, 'ACTIVE', { success: ({ name }) => words.agents.activated(name), failure: words.agents.notActivated });
/** Asked in a dialog, which tells its failure itself. */
export const useDeactivateAgent = (agentId: string) =>
  useSetAgentStatus(agentId, 'INACTIVE', { success: ({ name }) => words.agents.deactivate.done(name) });

export function useDeleteAgent({ id: agentId, name }: AgentRow) {
  const client = useQueryClient();
  const attempt = useAttempt();
  return useMutation({
    mutationFn: (reason: string) => call(deleteAgent, { params: { agentId }, body: { reason }, attempt }),
    meta: { success: words.agents.remove.done(name) },
    onSuccess: () => {
      discardDraft(renameAgentDraft(agentId));
      discardDraft(deleteAgentDraft(agentId));
      void client.invalidateQueries({ queryKey: ['agents'] });
    },
    onError: () => agentChanged(client, agentId),
  });
}
