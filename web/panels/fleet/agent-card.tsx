import { useQuery } from '@tanstack/react-query';
import type { AgentLine, AgentState } from '#contract/agents.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { oneOfFleet } from '#web/queries/agents.ts';
import { Moment } from '#web/ui/age.tsx';
import { FactLines } from '#web/ui/facts.tsx';
import { Fresh } from '#web/ui/fresh.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import css from './views.module.css';

const say = words.fleetViews.card;

interface AgentCardProps {
  id: string;
  /** As the map has them: shown before anything more is read. */
  name: string;
  clusterName: string;
  state: AgentState;
  tenant: string | undefined;
}
/** One agent beside its cell: what the shared list of the fleet already knows of it, so that hovering asks the broker for nothing. */
export function AgentCard({ id, name, clusterName, state, tenant }: AgentCardProps) {
  const list = useQuery({ ...oneOfFleet(id, tenant), refetchInterval: false });
  const agent = list.data?.rows.find((row) => row.id === id);
  return (
    <>
      <div className={css['cardHead']}>
        <span>
          <b className="mono">
            <bdi>{name}</bdi>
          </b>
          <span className="muted">
            <bdi>{clusterName}</bdi>
          </span>
        </span>
        <StateMark sign={agentSign(agent?.state ?? state)} />
      </div>
      <div className={css['cardFacts']}>
        {agent === undefined || list.data === undefined ? (
          <p className="muted">{list.isError ? words.ui.notKnown : say.reading}</p>
        ) : (
          <Moment at={momentOf(list.data)}>
            <CardFacts agent={agent} />
          </Moment>
        )}
      </div>
    </>
  );
}

const notShown = <span className="muted">{say.notShown}</span>;
function CardFacts({ agent }: { agent: AgentLine }) {
  const { connection, pendingObjects, healthFailing, healthDegraded, k8sReachable, k8sLatencyMs } = agent;
  return (
    <FactLines
      facts={[
        {
          term: say.heartbeat,
          fact: (
            <Fresh at={agent.lastHeartbeat} ageMs={agent.heartbeatAgeMs} rhythmMs={agent.rhythmMs} rhythmAssumed={agent.rhythmAssumed} />
          ),
        },
        { term: say.link, fact: connection === null ? notShown : words.agents.connections[connection] },
        {
          term: say.kubernetes,
          fact:
            k8sReachable === null ? (
              <span className="muted">{say.notKnown}</span>
            ) : k8sReachable ? (
              say.reachable(k8sLatencyMs)
            ) : (
              say.unreachable
            ),
        },
        { term: say.pending, fact: pendingObjects === null ? notShown : say.objects(pendingObjects) },
        {
          term: say.health,
          fact: healthFailing === null || healthDegraded === null ? notShown : say.failing(healthFailing, healthDegraded),
        },
      ]}
    />
  );
}
