import type { ReactNode } from 'react';
import type { StackFacts, StackRow } from '#contract/stacks.ts';
import { type Coverage, isReachCounted, isWhole } from '#web/lib/coverage.ts';
import { exactNumber, formatCount } from '#web/lib/numbers.ts';
import { rollUpNow } from '#web/lib/reached-agent.ts';
import { tallyOf } from '#web/lib/roll-up.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { Age, useAge } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { FittingLabels } from '#web/ui/fitting-labels.tsx';
import { Stamp } from '#web/ui/stamp.tsx';
import { Mark, StateMark } from '#web/ui/state-mark.tsx';
import { FittingTally, ShareBar } from '#web/ui/tally.tsx';
import { type FactsOf, lineSign } from './stack-facts.ts';
import css from './stacks.module.css';

const say = words.stacks;
const notRead = <span className={css['notRead']}>{say.notReadShort}</span>;

interface Known {
  factsOf: FactsOf;
  coverage: Coverage | undefined;
}

function Revision({ row, known, part }: { row: StackRow; known: Known; part: 'sequence' | 'age' }) {
  const facts = known.factsOf(row.id);
  if (facts === undefined) return null;
  if (facts === null || facts.current === 'not_read') return part === 'sequence' ? notRead : null;
  const { current } = facts;
  if (current === null) return part === 'sequence' ? <span className="muted">{say.noRevision}</span> : null;
  if (part === 'sequence') {
    return (
      <span className={css['number']} title={current.isDeletionMarker ? say.deletionMarker : undefined}>
        {current.isDeletionMarker && (
          <>
            <Mark kind="gone" /> <span className="vh">{say.deletionMarker} </span>
          </>
        )}
        {current.sequence}
      </span>
    );
  }
  return <Age at={current.submittedAt} ageMs={current.ageMs} />;
}

/** What is counted so far is the least of it: none so far is not none. */
export function Reached({ reached, coverage }: { reached: number | null; coverage: Coverage | undefined }) {
  if (!isReachCounted(reached, coverage)) return <span className="muted">{say.reachUnknown}</span>;
  return (
    <span className={reached === 0 ? css['zero'] : css['number']} title={`${exactNumber(reached)}. ${say.reachedHint}`}>
      {isWhole(coverage) ? formatCount(reached) : say.reachedAtLeast(reached)}
    </span>
  );
}

function Rolled({ row, known }: { row: StackRow; known: Known }) {
  const { rollUp, ageMs } = known.factsOf(row.id) ?? {};
  const age = useAge(ageMs ?? 0, undefined);
  if (rollUp === undefined || rollUp === null) return null;
  const parts = tallyOf(rollUpNow(rollUp, age));
  return (
    <span className={css['rollUp']} title={parts.map((part) => part.words).join(', ')}>
      <ShareBar parts={parts} />
      <FittingTally label={say.tally} parts={parts} />
    </span>
  );
}

interface SignNowProps {
  facts: StackFacts | null | undefined;
  coverage: Coverage | undefined;
  children: (sign: StateSign) => ReactNode;
}
/** The state of a line as it is by now: it does not stay green while it cannot be read again. */
export function SignNow({ facts, coverage, children }: SignNowProps) {
  const age = useAge(facts?.ageMs ?? 0, undefined);
  const sign = lineSign(facts, coverage, age);
  return sign && children(sign);
}

function LabelsCell({ row, known }: { row: StackRow; known: Known }) {
  const labels = known.factsOf(row.id)?.labels;
  if (known.factsOf(row.id) === null || labels === 'not_read') return notRead;
  return labels === undefined ? null : <FittingLabels labels={labels} />;
}

/** Wide enough for their longest usual value; below 1,224 px they leave in the order changed, generator, age, roll-up. */
export function stackColumns(known: Known): readonly Column<StackRow>[] {
  const { columns } = say;
  return [
    { key: 'name', head: columns.name, width: 176, wish: 272, sortable: true, cell: ({ name }) => <bdi>{name}</bdi> },
    {
      key: 'state',
      head: columns.state,
      width: 160,
      cell: (row) => (
        <SignNow facts={known.factsOf(row.id)} coverage={known.coverage}>
          {(sign) => <StateMark sign={sign} />}
        </SignNow>
      ),
    },
    {
      key: 'revision',
      head: columns.revision,
      width: 80,
      align: 'end',
      cell: (row) => <Revision row={row} known={known} part="sequence" />,
    },
    {
      key: 'revisionAge',
      head: columns.revisionAge,
      width: 80,
      align: 'end',
      leaves: 3,
      cell: (row) => <Revision row={row} known={known} part="age" />,
    },
    {
      key: 'reached',
      head: columns.reached,
      width: 80,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      cell: ({ reached }) => <Reached reached={reached} coverage={known.coverage} />,
    },
    { key: 'rollUp', head: columns.rollUp, width: 296, wish: 360, leaves: 4, cell: (row) => <Rolled row={row} known={known} /> },
    { key: 'generator', head: columns.generator, width: 112, sortable: true, leaves: 2, cell: (row) => <Generator row={row} /> },
    { key: 'labels', head: columns.labels, minWidth: 120, cell: (row) => <LabelsCell row={row} known={known} /> },
    {
      key: 'updatedAt',
      head: columns.updatedAt,
      width: 128,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      leaves: 1,
      cell: ({ updatedAt }) => <Stamp at={updatedAt} />,
    },
  ];
}
function Generator({ row: { generatorName, generatorId } }: { row: StackRow }) {
  return (
    <span className={css['generator']} title={generatorName ?? generatorId}>
      {generatorName === null ? <span className="muted">{say.unlistedGenerator}</span> : <bdi>{generatorName}</bdi>}
    </span>
  );
}
