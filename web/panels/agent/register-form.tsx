import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgentRow } from '#contract/agents.ts';
import { explain } from '#web/lib/failure.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { useRegisterAgent } from '#web/queries/agent-bonds.ts';
import { generatorChoices } from '#web/queries/generators.ts';
import { Form } from '#web/ui/form.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

const say = words.agents.registrations;

/** Consent to one more generator; those the agent has are not offered again. */
export function RegisterForm({ agent, registered, why }: { agent: AgentRow; registered: readonly string[]; why: string | undefined }) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<{ id: string; name: string }>();
  const generators = useQuery(generatorChoices(search));
  const register = useRegisterAgent(agent);
  const rows = (generators.data?.rows ?? []).filter(({ id }) => !registered.includes(id));
  if (generators.isError && generators.data === undefined) {
    return (
      <PanelState
        kind="error"
        failure={explain(generators.error, say.generatorsNotRead)}
        onRetry={() => void generators.refetch()}
        retrying={generators.isFetching}
      />
    );
  }
  const options = chosen === undefined || rows.some(({ id }) => id === chosen.id) ? rows : [{ ...chosen, description: null }, ...rows];
  const submit = () => {
    if (chosen !== undefined) register.mutate(chosen, { onSuccess: () => setChosen(undefined) });
  };
  return (
    <Form
      label={say.add}
      action={submit}
      pending={register.isPending}
      submit={say.add}
      why={why ?? (chosen === undefined ? say.pick : undefined)}
      failure={unsaid(register.error, say.notAdded(register.variables?.name ?? ''), ['generatorId'])}
    >
      <SelectField
        label={say.field}
        name="generator"
        hint={say.effect}
        value={chosen?.id ?? ''}
        onChange={(id) => setChosen(options.find((row) => row.id === id))}
        options={options.map(({ id, name, description }) => ({ value: id, label: name, ...(description ? { note: description } : {}) }))}
        onSearch={setSearch}
        loading={generators.isPending}
        empty={search === '' ? say.allRegistered : words.ui.noMatch}
        error={register.variables?.id === chosen?.id ? refusalOf(register.error, 'generatorId') : undefined}
      />
    </Form>
  );
}
