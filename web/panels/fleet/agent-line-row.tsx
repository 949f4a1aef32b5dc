import type { AgentLine } from '#contract/agents.ts';
import { agentLine } from '#web/lib/agent-line.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { Age } from '#web/ui/age.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { StateShape, StateWord } from '#web/ui/state-mark.tsx';

/** One agent on a phone: the same facts as in the table, its trouble first. */
export function agentLineRow(agent: AgentLine): NarrowRow {
  const sign = agentSign(agent.state);
  return {
    mark: <StateShape sign={sign} />,
    title: <bdi>{agent.name}</bdi>,
    aside: <Age at={agent.lastHeartbeat} ageMs={agent.heartbeatAgeMs} />,
    line: (
      <>
        <StateWord sign={sign} />, {agentLine(agent).join(', ')}
      </>
    ),
  };
}
