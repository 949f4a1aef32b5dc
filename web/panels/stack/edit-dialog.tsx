import { useState } from 'react';
import { StackRow } from '#contract/stacks.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { nameFault } from '#web/lib/field-limits.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { editStackDraft, useEditStack } from '#web/queries/stacks.ts';
import { ChangedMeanwhile } from '#web/ui/changed-meanwhile.tsx';
import { FieldDifference } from '#web/ui/field-difference.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DraftNote, Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const { edit: say } = words.stack;
const { create: fields } = words.stacks;
const longestDescription = 2000;

const fieldsOf = ({ name, description }: StackRow) => ({ name, description: description ?? '' });

export function EditDialog({ stack, onClose }: { stack: StackRow; onClose: () => void }) {
  const edit = useEditStack(stack);
  const close = () => edit.isPending || onClose();
  return (
    <Dialog open title={say.title(stack.name)} onClose={close}>
      <EditForm stack={stack} edit={edit} onClose={close} />
    </Dialog>
  );
}

interface EditFormProps {
  /** As it was when the form opened. */
  stack: StackRow;
  edit: ReturnType<typeof useEditStack>;
  onClose: () => void;
}
function EditForm({ stack, edit, onClose }: EditFormProps) {
  // What the change is made on: after a conflict the newer version, which fields that nobody touched follow.
  const [base, setBase] = useState(stack);
  const before = fieldsOf(base);
  const draft = useDraft(editStackDraft(stack.id), before);
  const [tried, setTried] = useState(false);
  const { name, description } = draft.values;
  const fault = nameFault(name);
  const faults = {
    name: fault && words.fieldFaults.of(fault, fields.nameNoun),
    description: description.length > longestDescription ? fields.tooLong(description.length) : undefined,
  };
  // A refusal is about what was sent; once that is typed over it says nothing.
  const sent = edit.variables;
  const isAsSent = { name: sent?.name === name.trim(), description: sent?.description === description };
  const beside = (field: keyof typeof faults) =>
    (tried ? faults[field] : undefined) ?? (isAsSent[field] ? refusalOf(edit.error, field) : undefined);
  const now = currentOf(edit.error, StackRow);
  const send = () => {
    setTried(true);
    if (faults.name !== undefined || faults.description !== undefined) return;
    const onError = (error: Error) => setBase(currentOf(error, StackRow) ?? base);
    edit.mutate({ name: name.trim(), description, etag: base.etag }, { onSuccess: onClose, onError });
  };
  const original = fieldsOf(stack);
  const both = (field: keyof typeof before, label: string) => ({
    label,
    yours: draft.values[field],
    now: before[field],
    before: original[field],
    onTakeTheirs: () => draft.set({ [field]: before[field] }),
  });
  const isSame = name.trim() === before.name && description === before.description;
  return (
    <Form
      label={say.title(stack.name)}
      action={send}
      pending={edit.isPending}
      submit={now === undefined ? say.submit : words.agents.changedMeanwhile.sendAnyway}
      why={isSame ? say.nothingChanged : undefined}
      onCancel={onClose}
      failure={now === undefined ? unsaid(edit.error, say.failed, ['name', 'description']) : undefined}
      note={
        <>
          <p className="secondary">{say.consequence}</p>
          <DraftNote draft={draft} />
        </>
      }
    >
      {now !== undefined && (
        <ChangedMeanwhile
          title={words.agents.changedMeanwhile.title(stack.name)}
          text={words.agents.changedMeanwhile.text}

          onKeepTheirs={() => {
            draft.discard();
            onClose();
          }}
        >
          <FieldDifference
            yours={words.agents.changedMeanwhile.yours}
            fields={[both('name', fields.name), both('description', fields.description)]}
          />
        </ChangedMeanwhile>
      )}
      <TextField label={fields.name} hint={fields.nameHint} mono required focusFirst {...draft.field('name')} error={beside('name')} />
      <TextField
        label={fields.description}
        hint={fields.descriptionHint}
        lines={3}
        {...draft.field('description')}
        error={beside('description')}
      />
    </Form>
  );
}
