import { useQuery } from '@tanstack/react-query';
import { listReachedAgents } from '#contract/reach.ts';
import type { StackDetail } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { isReachCounted } from '#web/lib/coverage.ts';
import { actionOf, lastChange, whoOf } from '#web/lib/history.ts';
import { paths } from '#web/lib/paths.ts';
import { reachedOf } from '#web/lib/roll-up.ts';
import { words } from '#web/lib/words/index.ts';
import { stackHistory } from '#web/queries/stacks.ts';
import { Age } from '#web/ui/age.tsx';
import { CoverageNote } from '#web/ui/coverage-note.tsx';
import { Labels } from '#web/ui/label.tsx';
import { Link } from '#web/ui/link.tsx';
import css from './stack.module.css';

const { facts } = words.stack;

/** What it is and whom it reaches, on one line. @param labels undefined while they are read, null where they could not be */
export function StackFactsLine({ detail, labels }: { detail: StackDetail; labels: readonly string[] | null | undefined }) {
  const { stack } = detail;
  return (
    <dl className={css['facts']}>
      <div>
        <dt>{facts.generator}</dt>
        <dd className="mono" title={stack.generatorId}>
          {stack.generatorName === null ? words.stacks.unlistedGenerator : <bdi>{stack.generatorName}</bdi>}
        </dd>
      </div>
      <div>
        <dt>{facts.labels}</dt>
        <dd>
          <LabelFacts stackId={stack.id} labels={labels} />
        </dd>
      </div>
      <div>
        <dt>{facts.reaches}</dt>
        <dd className={css['reaches']}>
          <Reaches detail={detail} /> <CoverageNote coverage={detail.coverage} />
        </dd>
      </div>
      <div>
        <dt>{facts.lastChange}</dt>
        <dd>
          <LastChange stackId={stack.id} />
        </dd>
      </div>
      {stack.description !== null && stack.description !== '' && (
        <div className={css['description']}>
          <dt className="vh">{facts.description}</dt>
          <dd title={stack.description}>
            <bdi>{stack.description}</bdi>
          </dd>
        </div>
      )}
    </dl>
  );
}

function LabelFacts({ stackId, labels }: { stackId: string; labels: readonly string[] | null | undefined }) {
  if (labels === undefined) return null;
  if (labels === null) return <span className={css['warn']}>{facts.labelsNotRead}</span>;
  if (labels.length === 0) return <span className="muted">{facts.noLabels}</span>;
  return (
    <Link href={paths.stack(stackId, 'labels')} className={css['quietLink']}>
      <Labels labels={labels} limit={3} />
    </Link>
  );
}
function Reaches({ detail: { stack, rollUp, clusters, coverage } }: { detail: StackDetail }) {
  const { why } = useMay(listReachedAgents);
  const reached = rollUp === null ? stack.reached : reachedOf(rollUp);
  if (why !== undefined) {
    return (
      <span className="muted" title={why}>
        {facts.notShown}
      </span>
    );
  }
  if (!isReachCounted(reached, coverage)) return <span className="muted">{facts.notKnown}</span>;
  return (
    <Link href={paths.stack(stack.id, 'agents')} className={css['quietLink']}>
      {facts.agents(reached, clusters, coverage)}
    </Link>
  );
}
/** Who changed it last: answered here, told in full by the history. */
function LastChange({ stackId }: { stackId: string }) {
  const history = useQuery(stackHistory(stackId));
  if (history.data === undefined) return history.isError ? <span className={css['warn']}>{facts.historyNotRead}</span> : null;
  const last = lastChange(history.data.rows);
  if (last === undefined) return <span className="muted">{facts.neverChanged}</span>;
  return (
    <Link href={paths.stack(stackId, 'history')} className={css['quietLink']}>
      {facts.lastChangeBy(whoOf(last), actionOf(last))} <Age at={last.at} ago />
    </Link>
  );
}
