import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { registerAgent } from '#contract/agent-bonds.ts';
import type { AgentRow } from '#contract/agents.ts';
import type { NearlyReaching, ReachingStack } from '#contract/reach.ts';
import { useMay } from '#web/context/session.tsx';
import { isWhole } from '#web/lib/coverage.ts';
import { useListState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { answerSign } from '#web/lib/reached-agent.ts';
import { reachSign } from '#web/lib/state-vocabulary.ts';
import { formatAge, momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { agentReach, reachPage } from '#web/queries/reach.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import { BottomStrip, Pager } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { PanelState, PartialNote, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import { Answer, HealthHere, Reason, Reasons } from './reach-cells.tsx';
import css from './reach.module.css';
import { ReadAgo } from '#web/ui/read-ago.tsx';
import { RegisterDialog } from './register-dialog.tsx';

const say = words.agentReach;
const generatorOf = ({ generatorName }: Pick<ReachingStack, 'generatorName'>) => generatorName ?? say.unlisted;
const Generator = ({ of }: { of: Pick<ReachingStack, 'generatorName'> }) => (
  <span className={of.generatorName === null ? 'muted' : 'mono secondary'}>
    <bdi>{generatorOf(of)}</bdi>
  </span>
);

const columns: readonly Column<ReachingStack>[] = [
  { key: 'stack', head: say.columns.stack, width: 144, cell: ({ name }) => <bdi>{name}</bdi> },
  { key: 'generator', head: say.columns.generator, width: 112, leaves: 2, cell: (stack) => <Generator of={stack} /> },
  { key: 'reasons', head: say.columns.reasons, minWidth: 240, cell: ({ reasons }) => <Reasons reasons={reasons} /> },
  {
    key: 'newest',
    head: say.columns.newest,
    width: 80,
    align: 'end',
    cell: ({ current }) => (current === null ? <span className="muted">–</span> : <span className="mono">{current.sequence}</span>),
  },
  { key: 'answer', head: say.columns.answer, width: 168, cell: (stack) => <Answer stack={stack} /> },
  { key: 'health', head: say.columns.health, width: 208, cell: (stack) => <HealthHere stack={stack} /> },
  {
    key: 'submitted',
    head: say.columns.submitted,
    width: 88,
    align: 'end',
    leaves: 1,
    cell: ({ current }) => (current === null ? <span className="muted">–</span> : <Age at={null} ageMs={current.ageMs} />),
  },
];

function reachingLine(stack: ReachingStack): NarrowRow {
  const { current, state, answer, reasons, name } = stack;
  const sign = answerSign({ answer, state: state ?? 'unconfirmed' }) ?? (state === null ? undefined : reachSign(state));
  return {
    mark: <Mark kind={sign?.kind ?? 'unknown'} />,
    title: <bdi>{name}</bdi>,
    aside: current === null ? undefined : <span className="mono">{current.sequence}</span>,
    line: [
      sign?.word ?? (current === null ? say.nothingSubmitted : words.ui.notKnown),
      reasons.length === 0 ? say.reasonNotKnown : reasons.map(say.reason).join(` ${say.and} `),
    ].join(', '),
  };
}

/** Every stack that reaches this agent with all its reasons, and those that share something with it and still do not arrive. */
export function ReachedByTab({ agent }: { agent: AgentRow }) {
  const list = useListState([], reachPage);
  const reach = useQuery(agentReach(agent.id, list.state));
  const { data } = reach;
  if (data === undefined) {
    return (
      <Card title={say.title} aside={say.note} flush>
        {reach.isError ? (
          <PanelState
            kind="error"
            failure={explain(reach.error, say.notRead(agent.name))}
            onRetry={() => void reach.refetch()}
            retrying={reach.isFetching}
          />
        ) : (
          <DataTable
            variant="panelled"
            label={say.title}
            columns={columns}
            page={undefined}
            rowKey={({ stackId }) => stackId}
            rowName={({ name }) => name}
            narrow={reachingLine}
            empty={null}
          />
        )}
      </Card>
    );
  }
  const { coverage } = data;
  const covered = say.coverage(coverage.known, coverage.total, coverage.oldestMs === null ? undefined : formatAge(coverage.oldestMs));
  return (
    <Moment at={momentOf(data)}>
      <Card title={say.title} aside={<ReadAgo asOf={data.asOf} onRead={() => void reach.refetch()} />} flush>
        <DataTable
          variant="panelled"
          label={say.title}
          columns={columns}
          page={{ rows: data.reached }}
          waiting={reach.isPlaceholderData}
          rowKey={({ stackId }) => stackId}
          rowName={({ name }) => name}
          rowHref={({ stackId }) => paths.stack(stackId)}
          narrow={reachingLine}
          empty={
            <PanelState kind="empty" title={say.empty}>
              {say.emptyText}
            </PanelState>
          }
        />
        {!data.agrees && <PartialNote onRetry={() => void reach.refetch()}>{say.differs}</PartialNote>}
        <p className={`caption ${css['foot']}`} title={say.coverageMeaning}>
          <span>
            {!isWhole(coverage) && <Mark kind="unknown" />} {covered}
          </span>
          <span>{data.eventsAgeMs === null ? say.answersNotRead : say.answersAge(formatAge(data.eventsAgeMs))}</span>
        </p>
        {reach.isError && <StaleNote at={data.asOf} />}
        {data.total > reachPage.limit && (
          <BottomStrip start={say.total(data.total)}>
            <Pager list={list} total={data.total} />
          </BottomStrip>
        )}
      </Card>
      <NearlyReached agent={agent} nearly={data.nearly} whole={isWhole(coverage)} />
    </Moment>
  );
}

const nearlyColumns = (register: (stack: NearlyReaching) => void, why: string | undefined): readonly Column<NearlyReaching>[] => [
  { key: 'stack', head: say.nearly.columns.stack, width: 144, cell: ({ name }) => <bdi>{name}</bdi> },
  { key: 'generator', head: say.nearly.columns.generator, width: 112, leaves: 1, cell: (stack) => <Generator of={stack} /> },
  {
    key: 'shares',
    head: say.nearly.columns.shares,
    cell: (stack) => (
      <>
        <span className={css['shares']}>
          {say.nearly.shares}
          {stack.shares.map((reason) => (
            <span key={say.reason(reason)} className={css['reason']}>
              <Reason reason={reason} />
            </span>
          ))}
          <span>{say.nearly.butNot(generatorOf(stack))}</span>
        </span>
        <span className={css['nearlyAct']}>
          <Button size="small" why={why} aria-haspopup="dialog" onClick={() => register(stack)}>
            {say.nearly.register(generatorOf(stack))}
          </Button>
        </span>
      </>
    ),
  },
];

const nearlyLine = (stack: NearlyReaching): NarrowRow => ({
  title: <bdi>{stack.name}</bdi>,
  line: `${say.nearly.shares} ${stack.shares.map(words.reach.shared).join(', ')}, ${say.nearly.butNot(generatorOf(stack))}`,
});

function NearlyReached({ agent, nearly, whole }: { agent: AgentRow; nearly: readonly NearlyReaching[]; whole: boolean }) {
  const { why } = useMay(registerAgent);
  const [chosen, setChosen] = useState<{ id: string; name: string }>();
  const choose = (stack: NearlyReaching) => setChosen({ id: stack.generatorId, name: generatorOf(stack) });
  return (
    <Card title={say.nearly.title} aside={nearly.length === 0 ? undefined : `${exactNumber(nearly.length)}: ${say.nearly.note}`} flush>
      <DataTable
        variant="panelled"
        label={say.nearly.title}
        columns={nearlyColumns(choose, why)}
        page={{ rows: nearly }}
        rowKey={({ stackId }) => stackId}
        rowName={({ name }) => name}
        rowHref={({ stackId }) => paths.stack(stackId)}
        narrow={nearlyLine}
        empty={
          <PanelState kind="empty" title={say.nearly.empty}>
            {whole ? say.nearly.emptyText : say.nearly.emptyPartly}
          </PanelState>
        }
      />
      {chosen !== undefined && (
        <RegisterDialog
          agent={agent}
          generator={chosen}
          stacks={nearly.filter(({ generatorId }) => generatorId === chosen.id).map(({ name }) => name)}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Card>
  );
}
