import { useQuery } from '@tanstack/react-query';
import { addAgentTarget } from '#contract/agent-bonds.ts';
import type { AgentLine } from '#contract/agents.ts';
import { useMay } from '#web/context/session.tsx';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { formatAge, momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { oneOfFleet } from '#web/queries/agents.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import { LinkButton } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { Fresh } from '#web/ui/fresh.tsx';
import { Id } from '#web/ui/id.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card, DetailPage } from '#web/ui/panel.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import { AddTarget } from './add-target.tsx';
import css from './agent.module.css';
import { Kubernetes, Status } from './agent-facts.tsx';
import { NoAgent } from './gone-agent.tsx';
import { HistoryTab } from './history-tab.tsx';

const say = words.agents.record;

/** An agent as a generator's key is shown it: its record, and what that key can do here. */
export function AgentRecord({ agentId }: { agentId: string }) {
  const { data, error, isFetching, refetch } = useQuery(oneOfFleet(agentId));
  const agent = data?.rows.find(({ id }) => id === agentId);
  usePlace(
    { label: words.fleet.title, href: paths.fleet },
    ...(agent === undefined ? [] : [{ label: agent.clusterName, href: paths.cluster(agent.clusterName), mono: true }]),
    { label: agent?.name ?? agentId, mono: true },
  );
  if (data !== undefined && agent !== undefined) {
    return (
      <Moment at={momentOf(data)}>
        <Known agent={agent} asOf={data.asOf} isOld={error !== null || data.stale !== null} />
      </Moment>
    );
  }
  if (data !== undefined) return <NoAgent agentId={agentId} />;
  return (
    <DetailPage head={<PageHead title={agentId} mono />}>
      {error === null ? (
        <Loading label={agentId} />
      ) : (
        <PanelState kind="error" failure={explain(error, words.agents.notRead)} onRetry={() => void refetch()} retrying={isFetching} />
      )}
    </DetailPage>
  );
}

function Known({ agent, asOf, isOld }: { agent: AgentLine; asOf: string; isOld: boolean }) {
  const { facts } = words.agents;
  return (
    <DetailPage
      head={
        <PageHead
          title={agent.name}
          mono
          aside={
            <>
              <span className={css['meaning']} title={words.agents.stateMeaning[agent.state]}>
                <StateMark sign={agentSign(agent.state)} value={agent.state} pill />
              </span>
              <Id id={agent.id} what={words.agents.id} />
              <span>
                {words.agents.read} <Age at={asOf} ago />
              </span>
            </>
          }
        />
      }
    >
      {isOld && <StaleNote at={asOf} />}
      <CauseNote
        kind="unknown"
        title={say.title}
        actions={
          <LinkButton size="small" href={paths.stacks}>
            {say.toStacks}
          </LinkButton>
        }
      >
        <p>{say.text}</p>
      </CauseNote>
      <Facts
        facts={[
          {
            term: words.fleet.columns.cluster,
            fact: (
              <Link href={paths.cluster(agent.clusterName)} className="mono truncate">
                <bdi>{agent.clusterName}</bdi>
              </Link>
            ),
          },
          { term: facts.status, fact: <Status agent={agent} /> },
          {
            term: facts.heartbeat,
            fact: (
              <Fresh at={agent.lastHeartbeat} ageMs={agent.heartbeatAgeMs} rhythmMs={agent.rhythmMs} rhythmAssumed={agent.rhythmAssumed} />
            ),
            ...(agent.lastHeartbeat !== null && { note: facts.rhythm(formatAge(agent.rhythmMs), agent.rhythmAssumed) }),
          },
          { term: facts.kubernetes, fact: <Kubernetes agent={agent} /> },
        ]}
      />
      <Card title={words.agents.targets.add} aside={say.targetNote}>
        <div className={css['formPlace']}>
          <AddTarget agent={agent} targets={[]} why={useMay(addAgentTarget).why} />
        </div>
      </Card>
      <HistoryTab agent={agent} />
    </DetailPage>
  );
}
