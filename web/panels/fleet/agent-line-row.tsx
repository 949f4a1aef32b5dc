import type { AgentLine } from '#contract/agents.ts';
import { agentLine } from '#web/lib/agent-line.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { Age } from '#web/ui/age.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import css from './fleet.module.css';

/** One agent on a phone: the same facts as in the table, its trouble first. */
export function agentLineRow(agent: AgentLine): NarrowRow {
  const { kind, word } = agentSign(agent.state);
  return {
    mark: <Mark kind={kind} />,
    title: <bdi>{agent.name}</bdi>,
    aside: <Age at={agent.lastHeartbeat} ageMs={agent.heartbeatAgeMs} />,
    line: (
      <>
        <span className={css['lineState']} data-kind={kind}>
          {word}
        </span>
        , {agentLine(agent).join(', ')}
      </>
    ),
  };
}
