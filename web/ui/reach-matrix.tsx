import { Fragment, useState } from 'react';
import { exactNumber, formatCount } from '#web/lib/numbers.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { Link } from './link.tsx';
import css from './reach-matrix.module.css';
import { Mark } from './state-mark.tsx';
import { useIsNarrow } from './use-width.ts';

export interface MatrixState<State extends string> {
  key: State;
  head: string;
  sign: StateSign;
  /** What the state claims. */
  meaning: string;
}
interface MatrixRow<State extends string> {
  name: string;
  counts: Readonly<Record<State, number>>;
  reached: number;
}
interface ReachMatrixProps<State extends string> {
  label: string;
  /** Worst first. */
  states: readonly MatrixState<State>[];
  /** Worst first. */
  clusters: readonly MatrixRow<State>[];
  all: Readonly<Record<State, number>>;
  reached: number;
  /** Where the agents behind a number are listed. */
  hrefOf: (state: State | undefined, cluster: string | undefined) => string;
}
/** More rows than anyone reads at once; the rest on demand. */
const atFirst = 25;
const say = words.stack.matrix;

/** Cluster × state: how many agents of which cluster are how far with the current revision. Zero recedes, the rest are links. */
export function ReachMatrix<State extends string>(props: ReachMatrixProps<State>) {
  return useIsNarrow() ? <ByState {...props} /> : <Grid {...props} />;
}

function Grid<State extends string>({ label, states, clusters, all, reached, hrefOf }: ReachMatrixProps<State>) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? clusters : clusters.slice(0, atFirst);
  return (
    <>
      <div className={css['scroll']} tabIndex={-1}>
        <table className={css['matrix']} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{say.cluster}</th>
              {states.map(({ key, head, sign, meaning }) => (
                <th key={key} scope="col" title={meaning}>
                  <span className={css['state']}>
                    <Mark kind={sign.kind} />
                    {head}
                  </span>
                </th>
              ))}
              <th scope="col">{say.reached}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, counts, reached: ofCluster }) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  <bdi>{name}</bdi>
                </th>
                {states.map((state) => (
                  <Cell
                    key={state.key}
                    count={counts[state.key]}
                    state={state}
                    href={hrefOf(state.key, name)}
                    named={say.cell(counts[state.key], state.sign.word, name)}
                  />
                ))}
                <td>
                  <Link href={hrefOf(undefined, name)} title={exactNumber(ofCluster)}>
                    {formatCount(ofCluster)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{say.all}</th>
              {states.map(({ key, sign }) => (
                <td key={key} className={classes(all[key] === 0 && css['zero'])}>
                  {all[key] === 0 ? (
                    0
                  ) : (
                    <Link href={hrefOf(key, undefined)} aria-label={say.cellAll(all[key], sign.word)} title={exactNumber(all[key])}>
                      {formatCount(all[key])}
                    </Link>
                  )}
                </td>
              ))}
              <td>
                <Link href={hrefOf(undefined, undefined)} title={exactNumber(reached)}>
                  {formatCount(reached)}
                </Link>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      {shown.length < clusters.length && (
        <div className={css['more']}>
          <Button size="small" variant="ghost" onClick={() => setWhole(true)}>
            {say.allClusters(clusters.length)}
          </Button>
        </div>
      )}
    </>
  );
}

function Cell<State extends string>({
  count,
  state: { sign },
  href,
  named,
}: {
  count: number;
  state: MatrixState<State>;
  href: string;
  named: string;
}) {
  if (count === 0) return <td className={css['zero']}>0</td>;
  return (
    <td className={css[`of-${sign.kind}`]}>
      <Link href={href} aria-label={named} title={exactNumber(count)}>
        {formatCount(count)}
      </Link>
    </td>
  );
}

/** The same numbers on a phone: a line for each state, with the clusters it is in. */
function ByState<State extends string>({ label, states, clusters, all, hrefOf }: ReachMatrixProps<State>) {
  return (
    <ul className={css['byState']} aria-label={label}>
      {states
        .filter(({ key }) => all[key] > 0)
        .map(({ key, sign }) => {
          const where = clusters.filter(({ counts }) => counts[key] > 0).toSorted((a, b) => b.counts[key] - a.counts[key]);
          return (
            <li key={key}>
              <Link href={hrefOf(key, undefined)} className={css['line']}>
                <Mark kind={sign.kind} />
                <span className={classes(css['word'], css[`word-${sign.kind}`])}>{sign.word}</span>
                <b title={exactNumber(all[key])}>{formatCount(all[key])}</b>
                <span className={css['where']}>
                  {say.clusters(where.length)}:{' '}
                  {where.slice(0, 3).map(({ name, counts }, at) => (
                    <Fragment key={name}>
                      {at > 0 && ', '}
                      <bdi>{name}</bdi> {formatCount(counts[key])}
                    </Fragment>
                  ))}
                  {where.length > 3 && '…'}
                </span>
              </Link>
            </li>
          );
        })}
    </ul>
  );
}
