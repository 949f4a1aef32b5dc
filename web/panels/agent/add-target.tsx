import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type AgentTarget, listAgentRegistrations, registerAgent } from '#contract/agent-bonds.ts';
import type { AgentRow } from '#contract/agents.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { explain } from '#web/lib/failure.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { agentRegistrations, useAddAgentTarget, useRegisterAgent } from '#web/queries/agent-bonds.ts';
import { stackChoices } from '#web/queries/stacks.ts';
import { Button } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { Form, FormFailure } from '#web/ui/form.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

const say = words.agents.targets;
const generatorOf = ({ generatorName }: StackRow) => generatorName ?? words.agents.registrations.unlisted;

interface AddTargetProps {
  agent: Pick<AgentRow, 'id' | 'name'>;
  targets: readonly AgentTarget[];
  why: string | undefined;
}
/** Picks a stack. One whose generator the agent is not registered with says so, and offers the registration first. */
export function AddTarget({ agent, targets, why }: AddTargetProps) {
  const [search, setSearch] = useState('');
  const [stack, setStack] = useState<StackRow>();
  const stacks = useQuery(stackChoices(search));
  const mayReadRegistrations = useMay(listAgentRegistrations).allowed;
  const registrations = useQuery({ ...agentRegistrations(agent.id), enabled: mayReadRegistrations });
  const add = useAddAgentTarget(agent);
  const rows = stacks.data?.rows ?? [];
  const isRegistered = ({ generatorId }: StackRow) => registrations.data?.rows.some((row) => row.generatorId === generatorId);
  const isTarget = ({ id }: StackRow) => targets.some(({ stackId }) => stackId === id);
  const noteOf = (row: StackRow) =>
    isTarget(row)
      ? `${generatorOf(row)}, ${say.already}`
      : isRegistered(row) === false
        ? `${generatorOf(row)}, ${say.notRegisteredShort}`
        : generatorOf(row);

  if (stacks.isError && stacks.data === undefined) {
    return (
      <PanelState
        kind="error"
        failure={explain(stacks.error, say.stacksNotRead)}
        onRetry={() => void stacks.refetch()}
        retrying={stacks.isFetching}
      />
    );
  }
  const hindrance =
    stack === undefined
      ? undefined
      : isTarget(stack)
        ? say.isTarget(stack.name)
        : isRegistered(stack) === false
          ? say.notRegistered(generatorOf(stack))
          : undefined;
  const chosen = stack === undefined || rows.some(({ id }) => id === stack.id) ? rows : [stack, ...rows];
  const submit = () => {
    if (stack !== undefined) add.mutate({ id: stack.id, name: stack.name }, { onSuccess: () => setStack(undefined) });
  };
  return (
    <Form
      label={say.add}
      action={submit}
      pending={add.isPending}
      submit={say.add}
      why={why ?? hindrance ?? (stack === undefined ? say.pick : undefined)}
      failure={unsaid(add.error, say.notAdded(add.variables?.name ?? ''), ['stackId'])}
    >
      <SelectField
        label={say.find}
        name="stack"
        hint={stacks.data && stacks.data.total > rows.length ? say.more(rows.length, stacks.data.total) : say.note}
        value={stack?.id ?? ''}
        onChange={(id) => setStack(chosen.find((row) => row.id === id))}
        options={chosen.map((row) => ({ value: row.id, label: row.name, note: noteOf(row) }))}
        onSearch={setSearch}
        loading={stacks.isPending}
        empty={search === '' ? say.noStacks : say.noStackMatches(search)}
        error={add.variables?.id === stack?.id ? refusalOf(add.error, 'stackId') : undefined}
      />
      {stack !== undefined && !isTarget(stack) && isRegistered(stack) === false && (
        <RegisterFirst agent={agent} stack={stack} generator={generatorOf(stack)} />
      )}
    </Form>
  );
}

function RegisterFirst({ agent, stack, generator }: { agent: Pick<AgentRow, 'id' | 'name'>; stack: StackRow; generator: string }) {
  const register = useRegisterAgent(agent);
  const { why } = useMay(registerAgent);
  const failure = unsaid(register.error, words.agents.registrations.notAdded(generator));
  return (
    <CauseNote
      kind="warn"
      title={say.notRegistered(generator)}
      actions={
        <Button
          size="small"
          why={why}
          pending={register.isPending}
          onClick={() => register.mutate({ id: stack.generatorId, name: generator })}
        >
          {say.registerFirst(generator)}
        </Button>
      }
    >
      <p>{words.agents.registrations.effect}</p>
      {failure && <FormFailure failure={failure} />}
    </CauseNote>
  );
}
