import { listReachedAgents } from '#contract/reach.ts';
import { reachStates, type Revision, type StackDetail } from '#contract/stacks.ts';
import { useMay } from '#web/context/session.tsx';
import { isReachCounted, isWhole } from '#web/lib/coverage.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { rollUpNow } from '#web/lib/reached-agent.ts';
import { reachSign } from '#web/lib/state-vocabulary.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { useAge } from '#web/ui/age.tsx';
import { CoverageNote } from '#web/ui/coverage-note.tsx';
import { Link } from '#web/ui/link.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import css from './facts.module.css';

const say = submit.reach;

/** Who would take it, by what they made of the current revision, with how much of the fleet is known. */
export function ReachList({ detail, current }: { detail: StackDetail; current: Revision | null }) {
  const { why } = useMay(listReachedAgents);
  const { stack, clusters, coverage } = detail;
  const age = useAge(detail.ageMs, undefined);
  const rollUp = detail.rollUp && rollUpNow(detail.rollUp, age);
  const { reached } = stack;
  return (
    <section className={css['part']} aria-label={say.title}>
      <header>
        <h2>{say.title}</h2>
        {isReachCounted(reached, coverage) && <span>{say.of(reached, clusters, coverage)}</span>}
      </header>
      {why !== undefined ? (
        <p className="muted">{why}</p>
      ) : reached === null ? (
        <p className="muted">{say.notKnown}</p>
      ) : reached === 0 ? (
        <p className="secondary">{isWhole(coverage) ? say.nobody : say.notKnown}</p>
      ) : current === null ? (
        <p className="secondary">{say.nothingYet}</p>
      ) : rollUp === null ? (
        <p className="muted">{say.notRead}</p>
      ) : (
        <ul className={css['states']}>
          {reachStates
            .filter((state) => (rollUp[state] ?? 0) > 0)
            .map((state) => (
              <li key={state}>
                <Mark kind={reachSign(state).kind} />
                <Link href={paths.reachedAgents(stack.id, { state })}>{say.state[state](current.sequence)}</Link>
                <span className={css['number']}>{exactNumber(rollUp[state] ?? 0)}</span>
              </li>
            ))}
        </ul>
      )}
      <CoverageNote coverage={coverage} />
    </section>
  );
}
