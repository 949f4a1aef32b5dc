import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { type AgentDetail, readAgent } from '#contract/agents.ts';
import type { ReachingStack } from '#contract/reach.ts';
import { uuid } from '#contract/fields.ts';
import { ProblemError } from '#contract/problem.ts';
import { useMay } from '#web/context/session.tsx';
import { useListState } from '#web/hooks/use-list-state.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { agentTabs, type AgentTab, paths } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { agentRegistrations, agentTargets } from '#web/queries/agent-bonds.ts';
import { agentAnnotations, agentLabels } from '#web/queries/agent-tags.ts';
import { agentDetail, shownAgent } from '#web/queries/agents.ts';
import { agentReach, reachPage, showsReach } from '#web/queries/reach.ts';
import { Moment } from '#web/ui/age.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { DetailPage } from '#web/ui/panel.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { AgentCauses } from './agent-causes.tsx';
import { AgentFacts } from './agent-facts.tsx';
import { AgentDeeds, AgentHead } from './agent-head.tsx';
import { AgentRecord } from './agent-record.tsx';
import { AnnotationsTab } from './annotations-tab.tsx';
import { EventsTab } from './events-tab.tsx';
import { GoneAgent, NoAgent } from './gone-agent.tsx';
import { HealthTab } from './health-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { LabelsTab } from './labels-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { ReachedByTab } from './reached-by-tab.tsx';
import { RegistrationsTab } from './registrations-tab.tsx';
import { TargetsTab } from './targets-tab.tsx';
import { useAgentActions } from './use-agent-actions.ts';

const AgentDialogs = lazy(async () => ({ default: (await import('./agent-dialogs.tsx')).AgentDialogs }));

const isGone = (error: unknown) => error instanceof ProblemError && error.code === 'not_found';

export function AgentPanel() {
  const { agentId = '' } = useParams();
  const mayRead = useMay(readAgent).allowed;
  // What is no id at all is nobody's: asking for it would only be a refused request.
  if (!uuid.safeParse(agentId).success) return <NoAgent agentId={agentId} />;
  return mayRead ? <AgentById agentId={agentId} /> : <AgentRecord agentId={agentId} />;
}

function AgentById({ agentId }: { agentId: string }) {
  const detail = useQuery(agentDetail(agentId));
  if (isGone(detail.error)) return <GoneAgent agentId={agentId} />;
  if (detail.data !== undefined) return <KnownAgent key={agentId} detail={detail.data} isOld={detail.isError} />;
  return <UnknownAgent agentId={agentId} error={detail.error} isReading={detail.isFetching} onRetry={() => void detail.refetch()} />;
}

/** Before the first answer, and when it is a refusal: the frame stands, under the name a list has shown, else under the id. */
function UnknownAgent({
  agentId,
  error,
  isReading,
  onRetry,
}: {
  agentId: string;
  error: Error | null;
  isReading: boolean;
  onRetry: () => void;
}) {
  const name = shownAgent(useQueryClient(), agentId)?.name ?? agentId;
  usePlace({ label: words.fleet.title, href: paths.fleet }, { label: name, mono: true });
  return (
    <DetailPage head={<PageHead title={name} mono />}>
      {error === null ? (
        <Loading label={name} />
      ) : (
        <PanelState kind="error" failure={explain(error, words.agents.notRead)} onRetry={onRetry} retrying={isReading} />
      )}
    </DetailPage>
  );
}

/** How many objects have health, where all stacks are on the page. */
const objectsOf = ({ reached, total }: { reached: readonly ReachingStack[]; total: number }) =>
  reached.length < total ? undefined : reached.reduce((sum, { health }) => sum + (health?.resources.length ?? 0), 0);

function KnownAgent({ detail, isOld }: { detail: AgentDetail; isOld: boolean }) {
  const { agent } = detail;
  const params = useParams();
  const tab = agentTabs.find((known) => known === params['tab']) ?? 'overview';
  const actions = useAgentActions(agent);
  const labels = useQuery(agentLabels(agent.id));
  const annotations = useQuery(agentAnnotations(agent.id));
  const targets = useQuery(agentTargets(agent.id));
  const registrations = useQuery(agentRegistrations(agent.id));
  const list = useListState([], reachPage);
  // One page is read for the counts and for the tab that shows it.
  const reach = useQuery(agentReach(agent.id, showsReach(tab) ? list.state : {}));
  usePlace(
    { label: words.fleet.title, href: paths.fleet },
    { label: agent.clusterName, href: paths.cluster(agent.clusterName), mono: true },
    { label: agent.name, mono: true },
  );
  const counts: Partial<Record<AgentTab, number | undefined>> = {
    labels: labels.data?.items.length,
    annotations: annotations.data?.items.length,
    targets: targets.data?.rows.length,
    'reached-by': reach.data?.total,
    registrations: registrations.data?.rows.length,
    health: reach.data && objectsOf(reach.data),
  };
  return (
    <Moment at={momentOf(detail)}>
      <DetailPage head={<AgentHead detail={detail} actions={actions} />} thumbs={<AgentDeeds agent={agent} actions={actions} />}>
        {isOld && <StaleNote at={detail.asOf} />}
        <AgentCauses detail={detail} actions={actions} />
        <AgentFacts detail={detail} labels={labels.data?.items ?? (labels.isError ? null : undefined)} />
        <Tabs
          label={words.agents.tabsOf(agent.name)}
          tabs={agentTabs.map((key) => ({
            href: paths.agent(agent.id, key),
            label: words.agents.tabs[key],
            count: counts[key],
            current: key === tab,
          }))}
        />
        {tab === 'overview' && (
          <OverviewTab
            detail={detail}
            actions={actions}
            bonds={{
              generators: registrations.data?.rows.filter(({ isSystem }) => !isSystem).length ?? null,
              targets: targets.data?.rows.length ?? null,
              labels: labels.data?.items.length ?? null,
              annotations: annotations.data?.items.length ?? null,
            }}
          />
        )}
        {tab === 'labels' && <LabelsTab agent={agent} />}
        {tab === 'annotations' && <AnnotationsTab agent={agent} />}
        {tab === 'targets' && <TargetsTab agent={agent} />}
        {tab === 'reached-by' && <ReachedByTab agent={agent} />}
        {tab === 'registrations' && <RegistrationsTab agent={agent} />}
        {tab === 'events' && <EventsTab agent={agent} />}
        {tab === 'health' && <HealthTab agent={agent} />}
        {tab === 'history' && <HistoryTab agent={agent} />}
      </DetailPage>
      <Suspense>{actions.dialog !== undefined && <AgentDialogs actions={actions} socket={detail.socket} />}</Suspense>
    </Moment>
  );
}
