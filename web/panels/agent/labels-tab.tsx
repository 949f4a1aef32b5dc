import { useQuery } from '@tanstack/react-query';
import { addAgentLabel, AgentLabels, removeAgentLabel } from '#contract/agent-tags.ts';
import type { AgentRow } from '#contract/agents.ts';
import { useMays } from '#web/context/session.tsx';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { hangsOnAgentTag, onceRead } from '#web/lib/tag-removal.ts';
import { words } from '#web/lib/words/index.ts';
import { agentLabels, labelDraft, useAddAgentLabel, useRemoveAgentLabel, useRestoreAgentLabel } from '#web/queries/agent-tags.ts';
import { reachReasons } from '#web/queries/reach.ts';
import { LabelSet } from '#web/ui/label-set.tsx';

const { effect, emptyText } = words.agents.labels;

export function LabelsTab({ agent }: { agent: AgentRow }) {
  const reading = useQuery(agentLabels(agent.id));
  const draft = useDraft(labelDraft(agent.id), { label: '' });
  const add = useAddAgentLabel(agent);
  const remove = useRemoveAgentLabel(agent);
  const restore = useRestoreAgentLabel(agent);
  const reach = useQuery(reachReasons(agent.id));
  const may = useMays();
  return (
    <LabelSet
      name={agent.name}
      effect={effect}
      emptyText={emptyText}
      reading={reading}
      hangsOn={(label) => onceRead(reach, (answer) => hangsOnAgentTag({ by: 'label', label }, answer))}
      draft={draft}
      writes={{
        add,
        remove,
        restore,
        whyNotAdd: may(addAgentLabel).why,
        whyNotRemove: may(removeAgentLabel).why,
        now: currentOf(add.error, AgentLabels),
      }}
    />
  );
}
