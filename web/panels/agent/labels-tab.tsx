import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addAgentLabel, AgentLabels, removeAgentLabel } from '#contract/agent-tags.ts';
import type { AgentRow } from '#contract/agents.ts';
import { useMay } from '#web/context/session.tsx';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { explain } from '#web/lib/failure.ts';
import { tagFault } from '#web/lib/field-limits.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { agentLabels, labelDraft, useAddAgentLabel, useRemoveAgentLabel, useRestoreAgentLabel } from '#web/queries/agent-tags.ts';
import { DraftNote, Form } from '#web/ui/form.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import css from './agent.module.css';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { ReadAgo } from './read-ago.tsx';
import { TagChips } from './tag-chips.tsx';

const say = words.agents.labels;
const chip = (label: string) => ({ id: label, text: label });

export function LabelsTab({ agent }: { agent: AgentRow }) {
  const labels = useQuery(agentLabels(agent.id));
  if (labels.data === undefined) {
    return (
      <Card title={say.title} flush>
        {labels.isError ? (
          <PanelState
            kind="error"
            failure={explain(labels.error, say.notRead)}
            onRetry={() => void labels.refetch()}
            retrying={labels.isFetching}
          />
        ) : (
          <Loading label={say.title} rows={2} />
        )}
      </Card>
    );
  }
  return (
    <>
      <Card title={say.title} aside={<ReadAgo asOf={labels.data.asOf} onRead={() => void labels.refetch()} />}>
        <LabelSet agent={agent} labels={labels.data} />
        {labels.isError && <StaleNote at={labels.data.asOf} />}
      </Card>
      <Card title={say.add}>
        <div className={css['formPlace']}>
          <AddLabel agent={agent} labels={labels.data} />
        </div>
      </Card>
    </>
  );
}

function LabelSet({ agent, labels }: { agent: AgentRow; labels: AgentLabels }) {
  const [gone, setGone] = useState<readonly string[]>([]);
  const remove = useRemoveAgentLabel(agent);
  const restore = useRestoreAgentLabel(agent);
  const { why } = useMay(removeAgentLabel);
  const removed = gone.filter((label) => !labels.items.includes(label));
  if (labels.items.length + removed.length === 0) {
    return (
      <PanelState kind="empty" title={say.empty}>
        {say.emptyText}
      </PanelState>
    );
  }
  return (
    <TagChips
      label={say.title}
      chips={labels.items.map(chip)}
      removed={removed.map(chip)}
      why={why}
      onRemove={(label) =>
        remove.mutate(
          { label, etag: labels.etag },
          { onSuccess: () => setGone((before) => [...before.filter((one) => one !== label), label]) },
        )
      }
      onRestore={(label) => restore.mutate({ label, etag: labels.etag })}
    />
  );
}

function AddLabel({ agent, labels }: { agent: AgentRow; labels: AgentLabels }) {
  const draft = useDraft(labelDraft(agent.id), { label: '' });
  const [tried, setTried] = useState(false);
  const add = useAddAgentLabel(agent);
  const { why } = useMay(addAgentLabel);
  const { label } = draft.values;
  const fault = tagFault(label);
  // An over-long label is told while one types; an empty field only once one tried to send it.
  const faultWords = fault && (fault.kind !== 'empty' || tried) ? words.fieldFaults.of(fault, say.noun) : undefined;
  const taken = labels.items.includes(label) ? say.taken(label, agent.name) : undefined;
  const refused = add.variables?.label === label ? refusalOf(add.error, 'label') : undefined;
  const now = currentOf(add.error, AgentLabels);
  const submit = () => {
    setTried(true);
    if (fault !== undefined || taken !== undefined) return;
    add.mutate({ label, etag: labels.etag }, { onSuccess: () => setTried(false) });
  };
  return (
    <Form
      label={say.add}
      action={submit}
      pending={add.isPending}
      submit={say.add}
      why={why}
      failure={now === undefined ? unsaid(add.error, say.notAdded(add.variables?.label ?? label), ['label']) : undefined}
      note={<DraftNote draft={draft} />}
    >
      {now !== undefined && (
        <ChangedMeanwhile
          title={say.changedMeanwhile(agent.name)}
          yours={words.agents.changedMeanwhile.yours}
          text={words.agents.changedMeanwhile.sendAgain}
          fields={[{ label: say.title, yours: label, now: now.items.join(', ') }]}
        />
      )}
      <TextField
        label={say.field}
        hint={`${say.hint} ${say.effect}`}
        mono
        {...draft.field('label')}
        readOnly={why !== undefined}
        error={faultWords ?? taken ?? refused}
      />
    </Form>
  );
}
