import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '#contract/problem.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { useLeaveGuard } from '#web/hooks/use-leave-guard.ts';
import { nameFault } from '#web/lib/field-limits.ts';
import { paths } from '#web/lib/paths.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { createAgentDraft, type CreatedAgent, useCreateAgent } from '#web/queries/agents.ts';
import { generatorChoices } from '#web/queries/generators.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DraftNote, Form } from '#web/ui/form.tsx';
import { MultiSelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const maxGenerators = 100;
const fields = ['name', 'clusterName', 'generatorIds'];

interface CreateAgentProps {
  onClose: () => void;
  /** The key is told here and nowhere else, also when this is closed by going Back meanwhile. */
  onCreated: (created: CreatedAgent) => void;
  /** After that, where this is still open. */
  onDone: () => void;
}
export function CreateAgent({ onClose, onCreated, onDone }: CreateAgentProps) {
  const create = useCreateAgent(onCreated);
  useLeaveGuard(create.isPending, words.agents.key.leaving(create.variables?.name ?? ''));
  // What is under way must be able to say how it ended.
  const close = () => create.isPending || onClose();
  return (
    <Dialog open title={words.agents.create.title} onClose={close}>
      <CreateAgentForm create={create} onClose={close} onDone={onDone} />
    </Dialog>
  );
}

interface FormProps {
  create: ReturnType<typeof useCreateAgent>;
  onClose: () => void;
  onDone: () => void;
}
function CreateAgentForm({ create, onClose, onDone }: FormProps) {
  const draft = useDraft(createAgentDraft, { name: '', clusterName: '', generators: '' });
  const generators = useQuery(generatorChoices());
  const hasMore = generators.data !== undefined && generators.data.total > generators.data.rows.length;
  const [tried, setTried] = useState(false);
  const { name, clusterName } = draft.values;
  const chosen = draft.values.generators === '' ? [] : draft.values.generators.split(',');
  const faults = {
    name: nameFault(name),
    clusterName: nameFault(clusterName),
    generators: chosen.length > maxGenerators ? words.agents.create.tooManyGenerators : undefined,
  };
  // A refusal is about what was sent; once that is typed over it says nothing.
  const isAsSent = create.variables?.name === name.trim() && create.variables.clusterName === clusterName.trim();
  const refusal = (field: string) => (isAsSent ? refusalOf(create.error, field) : undefined);
  const beside = (field: 'name' | 'clusterName', noun: string) => {
    const fault = faults[field];
    return (tried && fault ? words.fieldFaults.of(fault, noun) : undefined) ?? refusal(field);
  };
  const submit = () => {
    setTried(true);
    if (faults.name || faults.clusterName || faults.generators) return;
    create.mutate({ name: name.trim(), clusterName: clusterName.trim(), generatorIds: chosen }, { onSuccess: onDone });
  };
  const made =
    create.error instanceof ProblemError && create.error.code === 'secret_not_repeated' ? create.error.problem.object_id : undefined;

  return (
    <Form
      label={words.agents.create.title}
      action={submit}
      pending={create.isPending}
      submit={words.agents.create.submit}
      onCancel={onClose}
      failure={unsaid(create.error, words.agents.create.failed, fields)}
      note={
        <>
          <p className="secondary">{words.agents.create.consequence}</p>
          {made !== undefined && made !== '' && <LinkButton href={paths.agent(made)}>{words.agents.create.openExisting}</LinkButton>}
          <DraftNote draft={draft} />
        </>
      }
    >
      <TextField
        label={words.agents.create.name}
        hint={words.agents.create.nameHint}
        mono
        required
        focusFirst
        {...draft.field('name')}
        error={beside('name', words.agents.create.nameNoun)}
      />
      <TextField
        label={words.agents.create.cluster}
        hint={words.agents.create.clusterHint}
        mono
        required
        {...draft.field('clusterName')}
        error={beside('clusterName', words.agents.create.clusterNoun)}
      />
      <MultiSelectField
        label={words.agents.create.generators}
        hint={
          generators.isError
            ? words.agents.create.generatorsNotRead
            : hasMore
              ? words.agents.create.moreGenerators
              : words.agents.create.generatorsHint
        }
        name="generators"
        values={chosen}
        onChange={(ids) => draft.set({ generators: ids.join(',') })}
        options={(generators.data?.rows ?? []).map(({ id, name: label, description }) => ({
          value: id,
          label,
          ...(description ? { note: description } : {}),
        }))}
        loading={generators.isPending}
        empty={words.agents.create.noGenerators}
        error={faults.generators ?? refusal('generatorIds')}
      />
    </Form>
  );
}
