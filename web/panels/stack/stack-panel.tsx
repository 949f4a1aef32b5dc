import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import { uuid } from '#contract/fields.ts';
import { ProblemError } from '#contract/problem.ts';
import { listReachedAgents } from '#contract/reach.ts';
import type { StackDetail, StackRow } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { usePlace } from '#web/hooks/use-place.ts';
import { isReachCounted } from '#web/lib/coverage.ts';
import { explain } from '#web/lib/failure.ts';
import { paths, stackTabs, type StackTab } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { stackRevisions } from '#web/queries/revisions.ts';
import { stackAnnotations, stackLabels } from '#web/queries/stack-tags.ts';
import { shownStack, stackDetail } from '#web/queries/stacks.ts';
import { Moment } from '#web/ui/age.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card, DetailPage } from '#web/ui/panel.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { AgentsTab } from './agents-tab.tsx';
import { GoneStack, NoStack } from './gone-stack.tsx';
import { HealthTab } from './health-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { railSize } from './list-defaults.ts';
import { RevisionsTab } from './revisions-tab.tsx';
import { StackFactsLine } from './stack-facts-line.tsx';
import { StackDeeds, StackHead } from './stack-head.tsx';
import { AnnotationsTab, LabelsTab } from './tag-tabs.tsx';
import { TargetsTab } from './targets-tab.tsx';
import { UnreadTargets } from './unread-targets.tsx';
import { useStackActions } from './use-stack-actions.ts';

const StackDialogs = lazy(async () => ({ default: (await import('./stack-dialogs.tsx')).StackDialogs }));

const isGone = (error: unknown) => error instanceof ProblemError && error.code === 'not_found';

export function StackPanel() {
  const { stackId = '' } = useParams();
  // What is no id at all is nobody's: asking for it would only be a refused request.
  return uuid.safeParse(stackId).success ? <StackById stackId={stackId} /> : <NoStack stackId={stackId} />;
}

function StackById({ stackId }: { stackId: string }) {
  const detail = useQuery(stackDetail(stackId));
  if (isGone(detail.error)) return <GoneStack stackId={stackId} />;
  if (detail.data !== undefined) return <KnownStack key={stackId} detail={detail.data} isOld={detail.isError} />;
  return <UnknownStack stackId={stackId} error={detail.error} isReading={detail.isFetching} onRetry={() => void detail.refetch()} />;
}

/** Before the first answer, and when it is a refusal: the frame stands, under the name a list has shown, else under the id. */
function UnknownStack({
  stackId,
  error,
  isReading,
  onRetry,
}: {
  stackId: string;
  error: Error | null;
  isReading: boolean;
  onRetry: () => void;
}) {
  const name = shownStack(useQueryClient(), stackId)?.name ?? stackId;
  usePlace({ label: words.stacks.title, href: paths.stacks }, { label: name, mono: true });
  return (
    <DetailPage head={<PageHead title={name} mono />}>
      {error === null ? (
        <Loading label={name} />
      ) : (
        <PanelState kind="error" failure={explain(error, words.stack.notRead)} onRetry={onRetry} retrying={isReading} />
      )}
    </DetailPage>
  );
}

function KnownStack({ detail, isOld }: { detail: StackDetail; isOld: boolean }) {
  const { stack } = detail;
  const params = useParams();
  const tab = stackTabs.find((known) => known === params['tab']) ?? 'revisions';
  const labels = useQuery(stackLabels(stack.id));
  const annotations = useQuery(stackAnnotations(stack.id));
  const revisions = useQuery(stackRevisions(stack.id, { offset: '0', limit: railSize }));
  const actions = useStackActions(detail, revisions.data?.rows);
  usePlace({ label: words.stacks.title, href: paths.stacks }, { label: stack.name, mono: true });
  const counts: Partial<Record<StackTab, number | undefined>> = {
    revisions: detail.revisions,
    agents: isReachCounted(stack.reached, detail.coverage) ? stack.reached : undefined,
    labels: labels.data?.items.length,
    annotations: annotations.data?.items.length,
  };
  return (
    <Moment at={momentOf(detail)}>
      <DetailPage head={<StackHead detail={detail} actions={actions} />} thumbs={<StackDeeds stack={stack} actions={actions} />}>
        {isOld && <StaleNote at={detail.asOf} />}
        <StackFactsLine detail={detail} labels={labels.data?.items ?? (labels.isError ? null : undefined)} />
        <Tabs
          label={words.stack.tabsOf(stack.name)}
          tabs={stackTabs.map((key) => ({
            href: paths.stack(stack.id, key),
            label: words.stack.tabs[key],
            count: counts[key],
            current: key === tab,
          }))}
        />
        {tab === 'revisions' && <RevisionsTab detail={detail} actions={actions} />}
        {(tab === 'agents' || tab === 'health' || tab === 'targets') && <ReachTab tab={tab} stack={stack} />}
        {tab === 'labels' && <LabelsTab stack={stack} />}
        {tab === 'annotations' && <AnnotationsTab stack={stack} />}
        {tab === 'history' && <HistoryTab stack={stack} />}
      </DetailPage>
      <Suspense>{actions.dialog !== undefined && <StackDialogs actions={actions} />}</Suspense>
    </Moment>
  );
}

const reachTabs = { agents: AgentsTab, health: HealthTab, targets: TargetsTab };
/** What is told of single agents, for those to whom the broker tells it. */
function ReachTab({ tab, stack }: { tab: keyof typeof reachTabs; stack: StackRow }) {
  const { allowed, why } = useMay(listReachedAgents);
  const Tab = reachTabs[tab];
  if (allowed) return <Tab stack={stack} />;
  if (tab === 'targets') return <UnreadTargets stack={stack} why={why} />;
  return (
    <Card title={words.stack.tabs[tab]} flush>
      <PanelState kind="forbidden" title={words.stack.matrix.notShown}>
        {why}
      </PanelState>
    </Card>
  );
}
