import { useState } from 'react';
import { AgentRow } from '#contract/agents.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { nameFault } from '#web/lib/field-limits.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { renameAgentDraft, useRenameAgent } from '#web/queries/agents.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DraftNote, Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';

export function RenameDialog({ agent, onClose }: { agent: AgentRow; onClose: () => void }) {
  const rename = useRenameAgent(agent);
  const close = () => rename.isPending || onClose();
  return (
    <Dialog open title={words.agents.rename.title(agent.name)} onClose={close}>
      <RenameForm agent={agent} rename={rename} onClose={close} />
    </Dialog>
  );
}

interface RenameFormProps {
  /** As it was when the form opened: what the change is made on. */
  agent: AgentRow;
  rename: ReturnType<typeof useRenameAgent>;
  onClose: () => void;
}
function RenameForm({ agent, rename, onClose }: RenameFormProps) {
  const draft = useDraft(renameAgentDraft(agent.id), { name: agent.name, clusterName: agent.clusterName });
  const [tried, setTried] = useState(false);
  const { name, clusterName } = draft.values;
  const faults = { name: nameFault(name), clusterName: nameFault(clusterName) };
  const { create, rename: say } = words.agents;
  // A refusal is about what was sent; once that is typed over it says nothing.
  const isAsSent = rename.variables?.name === name.trim() && rename.variables.clusterName === clusterName.trim();
  const beside = (field: 'name' | 'clusterName', noun: string) => {
    const fault = faults[field];
    return (tried && fault ? words.fieldFaults.of(fault, noun) : undefined) ?? (isAsSent ? refusalOf(rename.error, field) : undefined);
  };
  const now = currentOf(rename.error, AgentRow);
  const send = (etag: string) => {
    setTried(true);
    if (faults.name || faults.clusterName) return;
    rename.mutate({ name: name.trim(), clusterName: clusterName.trim(), etag }, { onSuccess: onClose });
  };
  const isSame = name.trim() === agent.name && clusterName.trim() === agent.clusterName;

  return (
    <Form
      label={say.title(agent.name)}
      action={() => send(now?.etag ?? agent.etag)}
      pending={rename.isPending}
      submit={now === undefined ? say.submit : words.agents.changedMeanwhile.sendAnyway}
      why={isSame && now === undefined ? say.nothingChanged : undefined}
      onCancel={onClose}
      failure={now === undefined ? unsaid(rename.error, say.failed, ['name', 'clusterName']) : undefined}
      note={
        <>
          <p className="secondary">{say.consequence}</p>
          <DraftNote draft={draft} />
        </>
      }
    >
      {now !== undefined && (
        <ChangedMeanwhile
          title={words.agents.changedMeanwhile.title(agent.name)}
          yours={words.agents.changedMeanwhile.yours}
          text={words.agents.changedMeanwhile.text}
          fields={[
            { label: create.name, yours: name, now: now.name },
            { label: create.cluster, yours: clusterName, now: now.clusterName },
          ]}
          onKeepTheirs={() => {
            draft.discard();
            onClose();
          }}
        />
      )}
      <TextField label={create.name} mono required focusFirst {...draft.field('name')} error={beside('name', create.nameNoun)} />
      <TextField label={create.cluster} mono required {...draft.field('clusterName')} error={beside('clusterName', create.clusterNoun)} />
    </Form>
  );
}
