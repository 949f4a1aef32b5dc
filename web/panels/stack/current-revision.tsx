import { useQuery } from '@tanstack/react-query';
import { type ReachedAgent, type ReachMatrix as ReachAnswer, readReachMatrix } from '#contract/reach.ts';
import { reachStates, type Revision, type StackRow } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { isWhole } from '#web/lib/coverage.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { rollUpNow } from '#web/lib/reached-agent.ts';
import { reachSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { reachMatrix } from '#web/queries/reach.ts';
import { Age, Moment, useAge } from '#web/ui/age.tsx';
import { LinkButton } from '#web/ui/button.tsx';
import { CauseGroups } from '#web/ui/cause-groups.tsx';
import { CoverageNote } from '#web/ui/coverage-note.tsx';
import { CodeIcon } from '#web/ui/icons.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { ReachMatrix } from '#web/ui/reach-matrix.tsx';
import { causeColumns, reachedLine } from './agent-columns.tsx';
import { AgesLine, ReadAges } from './read-ages.tsx';
import css from './stack.module.css';

const say = words.stack;
const states = reachStates.map((key) => ({ key, head: say.states.heads[key], sign: reachSign(key), meaning: say.states.meaning[key] }));

/** What agents made of the current revision: by cluster and state, then by cause. */
export function CurrentRevision({ stack, current }: { stack: StackRow; current: Revision }) {
  const may = useMay(readReachMatrix);
  const matrix = useQuery({ ...reachMatrix(stack.id), enabled: may.allowed });
  const { data } = matrix;
  const isCounted = data !== undefined && data.reached > 0;
  const title = isCounted ? say.matrix.title(current.sequence, data.reached, data.coverage) : say.revision.title(current.sequence);
  return (
    <div className={css['current']}>
      <Card
        title={title}
        aside={
          <>
            {current.isDeletionMarker && <>{say.revisions.marker}, </>}
            <Age at={current.submittedAt} ageMs={current.ageMs} ago />
          </>
        }
        flush
        actions={
          <>
            <span className={css['checksum']} title={current.checksum}>
              {current.checksum.slice(0, 12)}
            </span>
            <LinkButton size="small" variant="ghost" icon={<CodeIcon />} href={paths.revision(stack.id, current.id)}>
              {say.matrix.yaml}
            </LinkButton>
          </>
        }
      >
        {data !== undefined ? (
          <Moment at={Date.parse(data.asOf)}>
            <Clusters stack={stack} answer={data} />
          </Moment>
        ) : !may.allowed ? (
          <PanelState kind="forbidden" title={say.matrix.notShown}>
            {may.why}
          </PanelState>
        ) : matrix.isError ? (
          <PanelState
            kind="error"
            failure={explain(matrix.error, say.matrix.notRead)}
            onRetry={() => void matrix.refetch()}
            retrying={matrix.isFetching}
          />
        ) : (
          <Loading label={title} rows={4} />
        )}
        {data !== undefined && matrix.isError && <StaleNote at={data.asOf} />}
      </Card>
      {data !== undefined && data.reached > 0 && (
        <Moment at={Date.parse(data.asOf)}>
          <Causes stack={stack} answer={data} />
        </Moment>
      )}
    </div>
  );
}

function Clusters({
  stack,
  answer: { clusters, all, reached, coverage, healthAgeMs, eventsAgeMs },
}: {
  stack: StackRow;
  answer: ReachAnswer;
}) {
  const healthAge = useAge(healthAgeMs ?? 0, undefined);
  if (reached === 0) {
    const known = isWhole(coverage);
    return (
      <PanelState kind="empty" title={known ? say.matrix.reachesNobody : say.matrix.reachNotKnown}>
        {known ? say.matrix.reachesNobodyText : <CoverageNote coverage={coverage} />}
      </PanelState>
    );
  }
  return (
    <>
      <ReachMatrix
        label={say.matrix.byState}
        states={states}
        clusters={clusters.map((cluster) => ({ ...cluster, counts: rollUpNow(cluster.counts, healthAge) }))}
        all={rollUpNow(all, healthAge)}
        reached={reached}
        hrefOf={(state, cluster) => paths.reachedAgents(stack.id, { state, cluster })}
      />
      <ReadAges healthAgeMs={healthAgeMs} eventsAgeMs={eventsAgeMs} />
    </>
  );
}

function Causes({ stack, answer: { causes, reached, coverage, healthAgeMs, eventsAgeMs } }: { stack: StackRow; answer: ReachAnswer }) {
  return (
    <Card
      title={say.causes.title}
      aside={say.causes.note}
      flush
      actions={
        <LinkButton size="small" variant="ghost" href={paths.stack(stack.id, 'agents')}>
          {say.causes.all(reached)}
        </LinkButton>
      }
    >
      {causes.length === 0 ? (
        <PanelState kind="empty" title={isWhole(coverage) ? say.causes.none : say.causes.nonePartly}>
          {isWhole(coverage) ? say.causes.noneText : say.causes.nonePartlyText}
        </PanelState>
      ) : (
        <CauseGroups<ReachedAgent>
          label={say.causes.title}
          columns={causeColumns}
          groups={causes.map(({ state, cause, agents, first }) => ({
            key: `${state} ${cause ?? ''}`,
            sign: reachSign(state),
            title: say.states.group[state](agents),
            cause: cause ?? say.states.cause[state],
            rows: first,
            more:
              agents > first.length
                ? { words: say.causes.more(agents - first.length), href: paths.reachedAgents(stack.id, { state }) }
                : undefined,
          }))}
          rowKey={({ agentId }) => agentId}
          rowName={({ name }) => name}
          rowHref={({ agentId }) => paths.agent(agentId)}
          narrow={reachedLine}
        />
      )}
      <AgesLine healthAgeMs={healthAgeMs} eventsAgeMs={eventsAgeMs} />
    </Card>
  );
}
