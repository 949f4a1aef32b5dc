import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StackRow } from '#contract/stacks.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { nameFault } from '#web/lib/field-limits.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { generatorChoices } from '#web/queries/generators.ts';
import { createStackDraft, useCreateStack } from '#web/queries/stacks.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DraftNote, Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const say = words.stacks.create;
const longestDescription = 2000;

interface CreateStackProps {
  onClose: () => void;
  onCreated: (stack: StackRow) => void;
}
export function CreateStack({ onClose, onCreated }: CreateStackProps) {
  const create = useCreateStack();
  // What is under way must be able to say how it ended.
  const close = () => create.isPending || onClose();
  return (
    <Dialog open title={say.title} onClose={close}>
      <CreateStackForm create={create} onClose={close} onCreated={onCreated} />
    </Dialog>
  );
}

function CreateStackForm({ create, onClose, onCreated }: CreateStackProps & { create: ReturnType<typeof useCreateStack> }) {
  const draft = useDraft(createStackDraft, { name: '', generatorId: '', description: '' });
  const [sought, setSought] = useState('');
  const generators = useQuery(generatorChoices(sought));
  // Its name stays in the field when the list goes back to its beginning; of a draft that was brought back the id is all there is.
  const [picked, setPicked] = useState<{ id: string; name: string }>();
  const [tried, setTried] = useState(false);
  const { name, generatorId, description } = draft.values;
  const fault = nameFault(name);
  const faults = {
    name: fault && words.fieldFaults.of(fault, say.nameNoun),
    generatorId: generatorId === '' ? say.generatorMissing : undefined,
    description: description.length > longestDescription ? say.tooLong(description.length) : undefined,
  };
  // A refusal is about what was sent; once that is typed over it says nothing.
  const sent = create.variables;
  const isAsSent = {
    name: sent?.name === name.trim(),
    generatorId: sent?.generatorId === generatorId,
    description: (sent?.description ?? '') === description,
  };
  const beside = (field: keyof typeof faults) =>
    (tried ? faults[field] : undefined) ?? (isAsSent[field] ? refusalOf(create.error, field) : undefined);
  const submit = () => {
    setTried(true);
    if (faults.name !== undefined || faults.generatorId !== undefined || faults.description !== undefined) return;
    create.mutate({ name: name.trim(), generatorId, ...(description === '' ? {} : { description }) }, { onSuccess: onCreated });
  };
  const rows = generators.data?.rows ?? [];
  const isListed = generatorId === '' || generators.data === undefined || rows.some(({ id }) => id === generatorId);
  const own = { id: generatorId, name: picked?.id === generatorId ? picked.name : generatorId, description: null };
  return (
    <Form
      label={say.title}
      action={submit}
      pending={create.isPending}
      submit={say.submit}
      onCancel={onClose}
      failure={unsaid(create.error, say.failed, ['name', 'generatorId', 'description'])}
      note={
        <>
          <p className="secondary">{say.consequence}</p>
          <DraftNote draft={draft} />
        </>
      }
    >
      <TextField label={say.name} hint={say.nameHint} mono required focusFirst {...draft.field('name')} error={beside('name')} />
      <SelectField
        label={say.generator}
        name="generatorId"
        required
        hint={generators.isError ? say.generatorsNotRead : say.generatorHint}
        value={generatorId}
        onChange={(id) => {
          setPicked(rows.find((row) => row.id === id));
          draft.set({ generatorId: id });
        }}
        options={[...(isListed ? [] : [own]), ...rows].map(({ id, name: label, description: note }) => ({
          value: id,
          label,
          ...(note ? { note } : {}),
        }))}
        onSearch={setSought}
        loading={generators.isPending}
        empty={sought === '' ? say.noGenerators : words.ui.noMatch}
        error={beside('generatorId')}
      />
      <TextField
        label={say.description}
        hint={say.descriptionHint}
        lines={3}
        {...draft.field('description')}
        error={beside('description')}
      />
    </Form>
  );
}
