import type { ReachedAgent, ReachReason } from '#contract/reach.ts';
import { stateNow } from '#web/lib/reached-agent.ts';
import { reachSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { Age, useAge } from '#web/ui/age.tsx';
import { AnswerMark } from '#web/ui/answer-mark.tsx';
import type { Column } from '#web/ui/columns.ts';
import { Fresh } from '#web/ui/fresh.tsx';
import { HealthMark } from '#web/ui/health-mark.tsx';
import { TagIcon, TargetIcon } from '#web/ui/icons.tsx';
import { Label } from '#web/ui/label.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Mark, StateMark, StateWord } from '#web/ui/state-mark.tsx';
import css from './stack.module.css';

const say = words.stack.agents;

/** Why the stack reaches this agent: the first reason whole, how many more, and whether it is targeted too. */
export function Reasons({ reasons }: { reasons: readonly ReachReason[] }) {
  const shared = reasons.filter(({ by }) => by !== 'target');
  const isTarget = shared.length < reasons.length;
  const [first, ...others] = shared;
  if (reasons.length === 0) {
    return (
      <span className="muted" title={say.reasonNotKnownMeaning}>
        {say.reasonNotKnown}
      </span>
    );
  }
  return (
    <span className={css['reasons']} title={reasons.map(say.reason).join('\n')}>
      {first === undefined ? <TargetIcon /> : <TagIcon />}
      {first !== undefined && <Label text={say.reason(first)} />}
      {others.length > 0 && <span className="muted">+{others.length}</span>}
      {isTarget && first === undefined && <span className="secondary">{say.direct}</span>}
      {isTarget && first !== undefined && (
        <>
          <TargetIcon />
          <span className="vh">{say.andDirect}</span>
        </>
      )}
    </span>
  );
}

const useStateNow = ({ state, health }: ReachedAgent) => stateNow(state, useAge(health?.ageMs, undefined));
export function State({ agent }: { agent: ReachedAgent }) {
  const state = useStateNow(agent);
  return (
    <span className={css['meaning']} title={words.stack.states.meaning[state]}>
      <StateMark sign={reachSign(state)} />
    </span>
  );
}
/** What it said once; green only where its health confirms it. */
export function Answer({ agent }: { agent: ReachedAgent }) {
  const state = useStateNow(agent);
  const { answer } = agent;
  return answer === null ? <StateMark sign={{ kind: 'pending', word: say.noAnswer }} /> : <AnswerMark answer={answer} state={state} />;
}
function Answered({ agent: { answer } }: { agent: ReachedAgent }) {
  return answer === null ? <span className="muted">{say.notYet}</span> : <Age at={answer.at} ageMs={answer.ageMs} />;
}

const { columns: heads } = say;
type AgentColumn = Column<ReachedAgent>;
const name: AgentColumn = {
  key: 'name',
  head: heads.name,
  width: 128,
  sortable: true,
  cell: (agent) => <bdi>{agent.name}</bdi>,
};
const cluster: AgentColumn = {
  key: 'cluster',
  head: heads.cluster,
  width: 96,
  sortable: true,
  cell: ({ clusterName }) => (
    <span className={css['cluster']} title={clusterName}>
      <bdi>{clusterName}</bdi>
    </span>
  ),
};
const state: AgentColumn = { key: 'state', head: heads.state, width: 164, sortable: true, cell: (agent) => <State agent={agent} /> };
const reasons: AgentColumn = { key: 'reasons', head: heads.reasons, minWidth: 120, cell: (agent) => <Reasons reasons={agent.reasons} /> };
const heartbeat: AgentColumn = {
  key: 'heartbeat',
  head: heads.heartbeat,
  width: 112,
  align: 'end',
  sortable: true,
  descendingFirst: true,
  leaves: 2,
  cell: ({ heartbeatAgeMs, rhythmMs }) => <Fresh at={null} ageMs={heartbeatAgeMs} rhythmMs={rhythmMs} />,
};
const answer: AgentColumn = { key: 'answer', head: heads.answer, width: 160, cell: (agent) => <Answer agent={agent} /> };
const health: AgentColumn = { key: 'health', head: heads.health, width: 144, cell: (agent) => <HealthMark health={agent.health} /> };
const answered: AgentColumn = {
  key: 'answered',
  head: heads.answered,
  width: 80,
  align: 'end',
  leaves: 1,
  cell: (agent) => <Answered agent={agent} />,
};

/** Under a cause, which names the state. */
export const causeColumns: readonly AgentColumn[] = [name, cluster, reasons, heartbeat, answer, health, answered];
export const reachedColumns: readonly AgentColumn[] = [name, state, cluster, reasons, heartbeat, answer, health, answered];
export const targetColumns: readonly AgentColumn[] = [
  name,
  state,
  cluster,
  heartbeat,
  { ...reasons, head: words.stack.agents.columns.reasons },
  answered,
];

/** On a phone mark and word stand apart; both are of the state as it is by now. */
function MarkNow({ agent }: { agent: ReachedAgent }) {
  return <Mark kind={reachSign(useStateNow(agent)).kind} />;
}
function WordNow({ agent }: { agent: ReachedAgent }) {
  return <StateWord sign={reachSign(useStateNow(agent))} />;
}
/** One reached agent on a phone. */
export function reachedLine(agent: ReachedAgent): NarrowRow {
  return {
    mark: <MarkNow agent={agent} />,
    title: <bdi>{agent.name}</bdi>,
    aside: <Answered agent={agent} />,
    line: (
      <>
        <WordNow agent={agent} />, <bdi>{agent.clusterName}</bdi>,{' '}
        {[agent.reasons.length === 0 ? say.reasonNotKnown : agent.reasons.map(say.reason).join(' + '), agent.answer?.message]
          .filter(Boolean)
          .join(', ')}
      </>
    ),
  };
}
