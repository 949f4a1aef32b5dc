import type { ReactNode } from 'react';
import type { AgentDetail } from '#contract/agents.ts';
import { type Cause, causesOf } from '#web/lib/agent-causes.ts';
import { paths } from '#web/lib/paths.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { Button, LinkButton } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { KeyIcon, PlayIcon } from '#web/ui/icons.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import css from './agent.module.css';
import type { AgentActions } from './use-agent-actions.ts';

/** What is wrong comes before the facts, the worst in full with its next step, the rest one line each. */
export function AgentCauses({ detail, actions }: { detail: AgentDetail; actions: AgentActions }) {
  const [first, ...others] = causesOf(detail);
  if (first === undefined) return null;
  const { title, said, text } = words.agents.cause(first);
  return (
    <section aria-label={words.agents.causes(detail.agent.name)} className={css['causes']}>
      <CauseNote kind={agentSign(first.kind).kind} title={title} actions={nextStep(first, detail.agent.id, actions)}>
        {said && (
          <p className={css['said']}>
            <bdi>{said}</bdi>
          </p>
        )}
        <p>{text}</p>
      </CauseNote>
      {others.length > 0 && (
        <ul className={css['others']} aria-label={words.agents.otherCauses}>
          {others.map((cause) => (
            <li key={cause.kind}>
              <Mark kind={agentSign(cause.kind).kind} /> {words.agents.cause(cause).title}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** One step beside the cause; nothing where nothing of this console helps. */
function nextStep(cause: Cause, agentId: string, actions: AgentActions): ReactNode {
  switch (cause.kind) {
    case 'apply_failed':
      return (
        <LinkButton size="small" href={paths.agentRefusals(agentId)}>
          {words.agents.steps.readAnswers}
        </LinkButton>
      );
    case 'failing':
    case 'degraded':
      return (
        <LinkButton size="small" href={paths.agent(agentId, 'events')}>
          {words.agents.steps.readEvents}
        </LinkButton>
      );
    case 'silent':
      return <Rotate actions={actions} />;
    case 'never_reported':
      return cause.isActive ? <Rotate actions={actions} /> : <Activate actions={actions} />;
    case 'pending':
      return cause.isActive ? undefined : <Activate actions={actions} />;
    case 'inactive':
      return <Activate actions={actions} />;
    case 'stale':
    case 'unreachable':
      return undefined;
  }
}
const Activate = ({ actions }: { actions: AgentActions }) => (
  <Button size="small" icon={<PlayIcon />} why={actions.why.activate} pending={actions.isActivating} onClick={actions.activate}>
    {words.agents.activate}
  </Button>
);
const Rotate = ({ actions }: { actions: AgentActions }) => (
  <Button size="small" icon={<KeyIcon />} why={actions.why.rotate} aria-haspopup="dialog" onClick={() => actions.open('rotate')}>
    {words.agents.rotate.open}
  </Button>
);
