import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addAgentAnnotation, AgentAnnotations, type Annotation, removeAgentAnnotation } from '#contract/agent-tags.ts';
import type { AgentRow } from '#contract/agents.ts';
import { useMay } from '#web/context/session.tsx';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { explain } from '#web/lib/failure.ts';
import { tagFault } from '#web/lib/field-limits.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import {
  agentAnnotations,
  annotationDraft,
  useAddAgentAnnotation,
  useRemoveAgentAnnotation,
  useRestoreAgentAnnotation,
} from '#web/queries/agent-tags.ts';
import { DraftNote, Form } from '#web/ui/form.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import css from './agent.module.css';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { ReadAgo } from './read-ago.tsx';
import { TagChips } from './tag-chips.tsx';

const say = words.agents.annotations;
const spelled = ({ key, value }: Annotation) => `${key} = ${value}`;
const chip = (annotation: Annotation) => ({ id: annotation.key, text: spelled(annotation) });

export function AnnotationsTab({ agent }: { agent: AgentRow }) {
  const annotations = useQuery(agentAnnotations(agent.id));
  if (annotations.data === undefined) {
    return (
      <Card title={say.title} flush>
        {annotations.isError ? (
          <PanelState
            kind="error"
            failure={explain(annotations.error, say.notRead)}
            onRetry={() => void annotations.refetch()}
            retrying={annotations.isFetching}
          />
        ) : (
          <Loading label={say.title} rows={2} />
        )}
      </Card>
    );
  }
  return (
    <>
      <Card title={say.title} aside={<ReadAgo asOf={annotations.data.asOf} onRead={() => void annotations.refetch()} />}>
        <AnnotationSet agent={agent} annotations={annotations.data} />
        {annotations.isError && <StaleNote at={annotations.data.asOf} />}
      </Card>
      <Card title={say.add}>
        <AddAnnotation agent={agent} annotations={annotations.data} />
      </Card>
    </>
  );
}

function withKey(set: readonly Annotation[], key: string, change: (annotation: Annotation) => void): void {
  const annotation = set.find((item) => item.key === key);
  if (annotation !== undefined) change(annotation);
}
function AnnotationSet({ agent, annotations }: { agent: AgentRow; annotations: AgentAnnotations }) {
  const [gone, setGone] = useState<readonly Annotation[]>([]);
  const remove = useRemoveAgentAnnotation(agent);
  const restore = useRestoreAgentAnnotation(agent);
  const { why } = useMay(removeAgentAnnotation);
  const { items, etag } = annotations;
  const removed = gone.filter(({ key }) => !items.some((item) => item.key === key));
  if (items.length + removed.length === 0) {
    return (
      <PanelState kind="empty" title={say.empty}>
        {say.emptyText}
      </PanelState>
    );
  }
  return (
    <TagChips
      label={say.title}
      chips={items.map(chip)}
      removed={removed.map(chip)}
      why={why}
      onRemove={(key) =>
        withKey(items, key, (annotation) =>
          remove.mutate(
            { annotation, etag },
            { onSuccess: () => setGone((before) => [...before.filter((one) => one.key !== key), annotation]) },
          ),
        )
      }
      onRestore={(key) => withKey(removed, key, (annotation) => restore.mutate({ annotation, etag }))}
    />
  );
}

function AddAnnotation({ agent, annotations }: { agent: AgentRow; annotations: AgentAnnotations }) {
  const draft = useDraft(annotationDraft(agent.id), { key: '', value: '' });
  const [tried, setTried] = useState(false);
  const add = useAddAgentAnnotation(agent);
  const { why } = useMay(addAgentAnnotation);
  const { key, value } = draft.values;
  const faults = { key: tagFault(key), value: tagFault(value) };
  const taken = annotations.items.some((item) => item.key === key) ? say.taken(key, agent.name) : undefined;
  const sent = add.variables?.annotation;
  const isAsSent = sent?.key === key && sent.value === value;
  const beside = (field: 'key' | 'value') => {
    const fault = faults[field];
    if (fault && (fault.kind !== 'empty' || tried)) return words.fieldFaults.of(fault, say.nouns[field]);
    return isAsSent ? refusalOf(add.error, field) : undefined;
  };
  const now = currentOf(add.error, AgentAnnotations);
  const submit = () => {
    setTried(true);
    if (faults.key !== undefined || faults.value !== undefined || taken !== undefined) return;
    add.mutate({ annotation: { key, value }, etag: annotations.etag }, { onSuccess: () => setTried(false) });
  };
  return (
    <Form
      label={say.add}
      action={submit}
      pending={add.isPending}
      submit={say.add}
      why={why}
      failure={now === undefined ? unsaid(add.error, say.notAdded(sent?.key ?? key), ['key', 'value']) : undefined}
      note={<DraftNote draft={draft} />}
    >
      {now !== undefined && (
        <ChangedMeanwhile
          title={say.changedMeanwhile(agent.name)}
          yours={words.agents.changedMeanwhile.yours}
          text={words.agents.changedMeanwhile.sendAgain}
          fields={[{ label: say.title, yours: spelled({ key, value }), now: now.items.map(spelled).join(', ') }]}
        />
      )}
      <div className={css['pair']}>
        <TextField
          label={say.key}
          hint={say.hint}
          mono
          {...draft.field('key')}
          readOnly={why !== undefined}
          error={beside('key') ?? taken}
        />
        <TextField
          label={say.value}
          hint={say.effect}
          mono
          {...draft.field('value')}
          readOnly={why !== undefined}
          error={beside('value')}
        />
      </div>
    </Form>
  );
}
