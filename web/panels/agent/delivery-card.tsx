import type { ReactNode } from 'react';
import type { AgentDetail } from '#contract/agents.ts';
import { type Bonds, type DeliveryCheck, deliveryChecks, type Verdict } from '#web/lib/delivery-checks.ts';
import { paths } from '#web/lib/paths.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { Button, LinkButton } from '#web/ui/button.tsx';
import { Card } from '#web/ui/panel.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import css from './agent.module.css';
import type { AgentActions } from './use-agent-actions.ts';

const { why } = words.agents;
const signs: Record<Verdict, StateSign> = {
  clear: { kind: 'ok', word: why.verdicts.clear },
  blocked: { kind: 'bad', word: why.verdicts.blocked },
  unknown: { kind: 'unknown', word: why.verdicts.unknown },
};

/** "Why does nothing arrive?": every gate between a stack and this cluster, and the step past each that is shut. */
export function DeliveryCard({ detail, bonds, actions }: { detail: AgentDetail; bonds: Bonds; actions: AgentActions }) {
  return (
    <Card title={why.title} aside={why.note} flush>
      <ol className={css['gates']} aria-label={why.title}>
        {deliveryChecks(detail, bonds).map((check) => (
          <li key={check.kind} className={css['gate']}>
            <StateMark sign={signs[check.verdict]} />
            <span className={css['gateText']}>{why.check(check)}</span>
            {check.verdict === 'blocked' && <span className={css['gateStep']}>{stepPast(check, detail.agent.id, actions)}</span>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function stepPast(check: DeliveryCheck, agentId: string, actions: AgentActions): ReactNode {
  const { steps } = why;
  switch (check.kind) {
    case 'consent':
      return (
        <LinkButton size="small" href={paths.agent(agentId, 'registrations')}>
          {steps.consent}
        </LinkButton>
      );
    case 'reach':
      return (
        <LinkButton size="small" href={paths.agent(agentId, 'targets')}>
          {steps.reach}
        </LinkButton>
      );
    case 'active':
      return (
        <Button size="small" why={actions.why.activate} pending={actions.isActivating} onClick={actions.activate}>
          {steps.active}
        </Button>
      );
    case 'answers':
      return (
        <LinkButton size="small" href={paths.agentRefusals(agentId)}>
          {steps.answers}
        </LinkButton>
      );
    case 'reports':
      // A fresh agent has its key already; one that fell silent may have lost it.
      if (check.state !== 'silent') return undefined;
      return (
        <Button size="small" why={actions.why.rotate} aria-haspopup="dialog" onClick={() => actions.open('rotate')}>
          {steps.reports}
        </Button>
      );
    case 'cluster':
      return undefined;
  }
}
