import { useState } from 'react';
import { addAgentTarget, removeAgentTarget } from '#contract/agent-bonds.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useMays } from '#web/context/session.tsx';
import { words } from '#web/lib/words/index.ts';
import { Form } from '#web/ui/form.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { AddTarget } from './add-target.tsx';
import { AgentSelect, type PickedAgent } from './agent-select.tsx';
import { RemoveTarget } from './remove-target.tsx';
import css from './stack.module.css';

const say = words.stack.targets;
const none: readonly string[] = [];

/** For a key to which the broker shows no targets, though it may set and remove those of its own stacks. */
export function UnreadTargets({ stack, why }: { stack: StackRow; why: string | undefined }) {
  const may = useMays();
  const [agent, setAgent] = useState<PickedAgent>();
  const [leaving, setLeaving] = useState<PickedAgent>();
  return (
    <>
      <Card title={say.title} flush>
        <PanelState kind="forbidden" title={say.notShown}>
          {why} {say.notShownText}
        </PanelState>
      </Card>
      <Card title={say.add}>
        <AddTarget stack={stack} targets={none} why={may(addAgentTarget).why} />
      </Card>
      <Card title={say.removeOne}>
        <div className={css['form']}>
          <Form
            label={say.removeOne}
            action={() => setLeaving(agent)}
            pending={false}
            submit={say.remove}
            why={may(removeAgentTarget).why ?? (agent === undefined ? say.pick : undefined)}
          >
            <AgentSelect agent={agent} onPick={setAgent} hint={say.removeHint} />
          </Form>
        </div>
      </Card>
      {leaving !== undefined && <RemoveTarget stack={stack} agent={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}
