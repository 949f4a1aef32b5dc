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
import { ChangedMeanwhile } from '#web/ui/changed-meanwhile.tsx';
import { FieldDifference } from '#web/ui/field-difference.tsx';

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
  /** As it was when the form opened. */
  agent: AgentRow;
  rename: ReturnType<typeof useRenameAgent>;
  onClose: () => void;
}
function RenameForm({ agent, rename, onClose }: RenameFormProps) {
  // What the change is made on: after a conflict the newer version, which fields that nobody touched follow.
  const [base, setBase] = useState(agent);
  const draft = useDraft(renameAgentDraft(agent.id), { name: base.name, clusterName: base.clusterName });
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
  const send = () => {
    setTried(true);
    if (faults.name || faults.clusterName) return;
    const onError = (error: Error) => setBase(currentOf(error, AgentRow) ?? base);
    rename.mutate({ name: name.trim(), clusterName: clusterName.trim(), etag: base.etag }, { onSuccess: onClose, onError });
  };
  const both = (field: 'name' | 'clusterName', label: string) => ({
    label,
    yours: draft.values[field],
    now: base[field],
    before: agent[field],
    onTakeTheirs: () => draft.set({ [field]: base[field] }),
  });
  const isSame = name.trim() === base.name && clusterName.trim() === base.clusterName;

  return (
    <Form
      label={say.title(agent.name)}
      action={send}
      pending={rename.isPending}
      submit={now === undefined ? say.submit : words.agents.changedMeanwhile.sendAnyway}
      why={isSame ? say.nothingChanged : undefined}
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
          text={words.agents.changedMeanwhile.text}

          onKeepTheirs={() => {
            draft.discard();
            onClose();
          }}
        >
          <FieldDifference
            yours={words.agents.changedMeanwhile.yours}
            fields={[both('name', create.name), both('clusterName', create.cluster)]}
          />
        </ChangedMeanwhile>
      )}
      <TextField label={create.name} mono required focusFirst {...draft.field('name')} error={beside('name', create.nameNoun)} />
      <TextField label={create.cluster} mono required {...draft.field('clusterName')} error={beside('clusterName', create.clusterNoun)} />
    </Form>
  );
}
