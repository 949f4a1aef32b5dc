import { useState } from 'react';
import { ProblemError } from '#contract/problem.ts';
import type { StackRow } from '#contract/stacks.ts';
import { paths } from '#web/lib/paths.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { useTargetAgent } from '#web/queries/reach.ts';
import { LinkButton } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { Form } from '#web/ui/form.tsx';
import { AgentSelect, type PickedAgent } from './agent-select.tsx';
import css from './stack.module.css';

const say = words.stack.targets;
const isUnregistered = (error: unknown) => error instanceof ProblemError && error.problem.upstream?.code === 'agent_not_registered';

interface AddTargetProps {
  stack: StackRow;
  /** Agents that are targets already, as far as they are shown. */
  targets: readonly string[];
  why: string | undefined;
}
/** Picks an agent. One that is not registered with the stack's generator is refused by the broker: then its registrations are offered. */
export function AddTarget({ stack, targets, why }: AddTargetProps) {
  const [agent, setAgent] = useState<PickedAgent>();
  const add = useTargetAgent(stack);
  const isTarget = (id: string) => targets.includes(id);
  const hindrance = agent === undefined ? say.pick : isTarget(agent.id) ? say.isTarget(agent.name) : undefined;
  const unregistered = isUnregistered(add.error) && add.variables?.id === agent?.id ? agent : undefined;
  return (
    <div className={css['form']}>
      <Form
        label={say.add}
        action={() => agent && add.mutate({ id: agent.id, name: agent.name }, { onSuccess: () => setAgent(undefined) })}
        pending={add.isPending}
        submit={say.add}
        why={why ?? hindrance}
        failure={unregistered === undefined ? unsaid(add.error, say.notAdded(add.variables?.name ?? ''), ['stackId']) : undefined}
      >
        <AgentSelect
          agent={agent}
          onPick={setAgent}
          hint={say.effect}
          noteOf={(id) => (isTarget(id) ? say.already : undefined)}
          error={add.variables?.id === agent?.id && unregistered === undefined ? refusalOf(add.error, 'stackId') : undefined}
        />
        {unregistered !== undefined && (
          <div role="alert">
            <CauseNote
              kind="warn"
              title={say.notRegistered(unregistered.name, stack.generatorName ?? words.stacks.unlistedGenerator)}
              actions={
                <LinkButton size="small" href={paths.agent(unregistered.id, 'registrations')}>
                  {say.registrations}
                </LinkButton>
              }
            >
              <p>{words.agents.registrations.effect}</p>
            </CauseNote>
          </div>
        )}
      </Form>
    </div>
  );
}
