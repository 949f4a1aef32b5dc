import { useState } from 'react';
import { type AgentRow, deleteAgent, renameAgent, rotateAgentPak, setAgentStatus } from '#contract/agents.ts';
import { useMays } from '#web/context/session.tsx';
import { useActivateAgent } from '#web/queries/agents.ts';

export type AgentDialog = 'deactivate' | 'rename' | 'rotate' | 'delete';

/** What can be done to this agent from its page: by its buttons, by its menu, and as the next step beside a cause. */
export interface AgentActions {
  activate: () => void;
  isActivating: boolean;
  /** The dialog that is open, with the row as it was when it opened: a change is made on what was looked at. */
  dialog: { kind: AgentDialog; agent: AgentRow } | undefined;
  open: (kind: AgentDialog) => void;
  close: () => void;
  /** Why not, for those who may not. */
  why: Record<AgentDialog | 'activate', string | undefined>;
}

export function useAgentActions(agent: AgentRow): AgentActions {
  const [dialog, setDialog] = useState<AgentActions['dialog']>();
  const may = useMays();
  const activation = useActivateAgent(agent.id);
  return {
    activate: () => activation.mutate(agent.etag),
    isActivating: activation.isPending,
    dialog,
    open: (kind) => setDialog({ kind, agent }),
    close: () => setDialog(undefined),
    why: {
      activate: may(setAgentStatus).why,
      deactivate: may(setAgentStatus).why,
      rename: may(renameAgent).why,
      rotate: may(rotateAgentPak).why,
      delete: may(deleteAgent).why,
    },
  };
}
