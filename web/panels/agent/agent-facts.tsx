import type { AgentDetail, AgentRow } from '#contract/agents.ts';
import { brokerAge } from '#web/lib/broker-age.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { brokerSign } from '#web/lib/state-vocabulary.ts';
import { formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import { classes } from '#web/ui/classes.ts';
import { Facts } from '#web/ui/facts.tsx';
import { Fresh } from '#web/ui/fresh.tsx';
import { FittingLabels } from '#web/ui/fitting-labels.tsx';
import { Link } from '#web/ui/link.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import css from './agent.module.css';
import { Stamp } from '#web/ui/stamp.tsx';

/** @param labels undefined while they are read, null where they could not be */
export function AgentFacts({ detail, labels }: { detail: AgentDetail; labels: readonly string[] | null | undefined }) {
  const { agent, createdAt } = detail;
  const { facts } = words.agents;
  return (
    <Facts
      facts={[
        {
          term: facts.status,
          fact: <Status agent={agent} />,
          note: (
            <>
              {facts.created} <Stamp at={createdAt} zone />
            </>
          ),
        },
        {
          term: facts.heartbeat,
          fact: (
            <Fresh at={agent.lastHeartbeat} ageMs={agent.heartbeatAgeMs} rhythmMs={agent.rhythmMs} rhythmAssumed={agent.rhythmAssumed} />
          ),
          ...(agent.lastHeartbeat !== null && { note: facts.rhythm(formatAge(agent.rhythmMs), agent.rhythmAssumed) }),
        },
        { term: facts.link, fact: words.agents.connections[agent.connection], note: <LinkNote detail={detail} /> },
        { term: facts.kubernetes, fact: <Kubernetes agent={agent} />, note: <ReportedAgo detail={detail} /> },
        { term: facts.pending, fact: <Count value={agent.pendingObjects} tone="pending" /> },
        {
          term: facts.health,
          fact: (
            <span className={css['counts']} title={facts.countsEverything}>
              <span>
                <Count value={agent.healthFailing} tone="bad" /> {facts.failing}
              </span>
              <span>
                <Count value={agent.healthDegraded} tone="warn" /> {facts.degraded}
              </span>
            </span>
          ),
        },
        {
          term: facts.work,
          fact: (
            <span className={css['counts']}>
              <span>
                <Count value={agent.claimedWorkOrders} /> {facts.claimed}
              </span>
              <span>
                <Count value={agent.pendingWorkOrders} /> {facts.waiting}
              </span>
            </span>
          ),
        },
        { term: facts.labels, fact: <LabelFacts agentId={agent.id} labels={labels} /> },
      ]}
    />
  );
}

/** Nothing about an agent is greener than its verdict: its status gets its mark only when it is the verdict. */
export function Status({ agent: { state, status } }: { agent: Pick<AgentRow, 'state' | 'status'> }) {
  return status === 'ACTIVE' && state !== 'active' ? (
    <span>{status.toLowerCase()}</span>
  ) : (
    <StateMark sign={brokerSign(status)} value={status} />
  );
}

function LinkNote({ detail: { agent, socket } }: { detail: AgentDetail }) {
  if (socket === 'unknown') return words.agents.facts.socketsNotRead;
  if (socket === null) return words.agents.connectionMeaning[agent.connection];
  const openFor = brokerAge(agent, socket.connectedSince);
  return (
    <>
      {openFor === null ? <Stamp at={socket.connectedSince} zone /> : <Age at={socket.connectedSince} ageMs={openFor} />}
      {', '}
      {words.agents.facts.messages(exactNumber(socket.messagesIn), exactNumber(socket.messagesOut))}
    </>
  );
}

export function Kubernetes({
  agent: { state, k8sReachable, k8sLatencyMs },
}: {
  agent: Pick<AgentRow, 'state' | 'k8sReachable' | 'k8sLatencyMs'>;
}) {
  const { facts } = words.agents;
  if (k8sReachable === null) return <StateMark sign={{ kind: 'unknown', word: facts.notKnown }} />;
  if (!k8sReachable) return <StateMark sign={{ kind: 'bad', word: facts.unreachable }} />;
  // From an agent that fell silent this is the last known, not the present.
  const isPresent = state !== 'silent' && state !== 'stale';
  return (
    <>
      {isPresent ? <StateMark sign={{ kind: 'ok', word: facts.reachable }} /> : <span className="muted">{facts.wasReachable}</span>}
      {k8sLatencyMs !== null && (
        <span className={classes(!isPresent && 'muted')}>
          {exactNumber(k8sLatencyMs)} <span className="muted">ms</span>
        </span>
      )}
    </>
  );
}
function ReportedAgo({ detail: { agent, k8sReportedAt } }: { detail: AgentDetail }) {
  const age = brokerAge(agent, k8sReportedAt);
  if (k8sReportedAt === null) return null;
  return age === null ? <Stamp at={k8sReportedAt} zone /> : <Age at={k8sReportedAt} ageMs={age} ago />;
}

function Count({ value, tone }: { value: number; tone?: 'pending' | 'bad' | 'warn' }) {
  return <span className={value === 0 ? 'muted' : tone && css[tone]}>{exactNumber(value)}</span>;
}

function LabelFacts({ agentId, labels }: { agentId: string; labels: readonly string[] | null | undefined }) {
  if (labels === undefined) return null;
  if (labels === null) return <span className={css['warn']}>{words.agents.facts.notRead}</span>;
  if (labels.length === 0) return <span className="muted">{words.agents.facts.noLabels}</span>;
  return (
    <Link href={paths.agent(agentId, 'labels')} className={css['labelsLink']}>
      <FittingLabels labels={labels} />
    </Link>
  );
}
