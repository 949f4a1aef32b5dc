import { useQuery } from '@tanstack/react-query';
import { addAgentAnnotation, AgentAnnotations, removeAgentAnnotation } from '#contract/agent-tags.ts';
import type { AgentRow } from '#contract/agents.ts';
import { useMays } from '#web/context/session.tsx';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { hangsOnAgentTag, onceRead } from '#web/lib/tag-removal.ts';
import { words } from '#web/lib/words/index.ts';
import {
  agentAnnotations,
  annotationDraft,
  useAddAgentAnnotation,
  useRemoveAgentAnnotation,
  useRestoreAgentAnnotation,
} from '#web/queries/agent-tags.ts';
import { reachReasons } from '#web/queries/reach.ts';
import { AnnotationSet } from '#web/ui/annotation-set.tsx';

const { effect, emptyText } = words.agents.annotations;

export function AnnotationsTab({ agent }: { agent: AgentRow }) {
  const reading = useQuery(agentAnnotations(agent.id));
  const draft = useDraft(annotationDraft(agent.id), { key: '', value: '' });
  const add = useAddAgentAnnotation(agent);
  const remove = useRemoveAgentAnnotation(agent);
  const restore = useRestoreAgentAnnotation(agent);
  const reach = useQuery(reachReasons(agent.id));
  const may = useMays();
  return (
    <AnnotationSet
      name={agent.name}
      effect={effect}
      emptyText={emptyText}
      reading={reading}
      hangsOn={(annotation) => onceRead(reach, (answer) => hangsOnAgentTag({ by: 'annotation', ...annotation }, answer))}
      draft={draft}
      writes={{
        add,
        remove,
        restore,
        whyNotAdd: may(addAgentAnnotation).why,
        whyNotRemove: may(removeAgentAnnotation).why,
        now: currentOf(add.error, AgentAnnotations),
      }}
    />
  );
}
