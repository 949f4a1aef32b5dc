import type { ReachedAgent } from '#contract/reach.ts';
import type { ListControls } from '#web/lib/list-state.ts';
import { paths } from '#web/lib/paths.ts';
import { isFresh } from '#web/lib/reached-agent.ts';
import type { StateSign } from '#web/lib/state-vocabulary.ts';
import { exactTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Age, useAge } from '#web/ui/age.tsx';
import { LinkButton } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { FactLines } from '#web/ui/facts.tsx';
import { Fresh } from '#web/ui/fresh.tsx';
import { HealthMark } from '#web/ui/health-mark.tsx';
import { Label } from '#web/ui/label.tsx';
import { PeekDrawer } from '#web/ui/peek-drawer.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import { Answer, State } from './agent-columns.tsx';
import css from './stack.module.css';

const say = words.stack.agents;

/** One reached agent in full, over its list: why it is reached, what it answered, what its health record says. */
export function ReachedDrawer({ rows, list }: { rows: readonly ReachedAgent[]; list: ListControls }) {
  const at = rows.findIndex(({ agentId }) => agentId === list.opened);
  const agent = rows[at];
  if (agent === undefined) return null;
  return (
    <PeekDrawer
      title={agent.name}
      aside={<State agent={agent} />}
      tools={
        <LinkButton size="small" variant="ghost" href={paths.agent(agent.agentId)}>
          {say.openAgent}
        </LinkButton>
      }
      place={say.place(at + 1, rows.length)}
      onClose={() => list.open(undefined)}
      onWalk={(step) => {
        const next = rows[at + step];
        if (next !== undefined) list.open(next.agentId);
      }}
    >
      <FactLines
        facts={[
          { term: say.columns.cluster, fact: <span className="mono">{agent.clusterName}</span> },
          { term: say.columns.reasons, fact: <AllReasons agent={agent} /> },
          { term: say.columns.heartbeat, fact: <Fresh at={null} ageMs={agent.heartbeatAgeMs} rhythmMs={agent.rhythmMs} /> },
          { term: say.columns.answer, fact: <Answer agent={agent} /> },
          ...(agent.answer === null
            ? []
            : [{ term: say.columns.answered, fact: <Age at={agent.answer.at} ageMs={agent.answer.ageMs} ago /> }]),
          { term: say.columns.health, fact: <HealthMark health={agent.health} /> },
        ]}
      />
      <Message agent={agent} />
      <HealthFacts agent={agent} />
    </PeekDrawer>
  );
}

function AllReasons({ agent: { reasons } }: { agent: ReachedAgent }) {
  if (reasons.length === 0) return <span className="muted">{say.reasonNotKnownMeaning}</span>;
  return (
    <span className={css['allReasons']}>
      {reasons.map((reason) => (
        <Label key={say.reason(reason)} text={say.reason(reason)} />
      ))}
    </span>
  );
}

function Message({ agent: { answer } }: { agent: ReachedAgent }) {
  if (answer === null) return null;
  return (
    <>
      <div className={css['textHead']}>
        <h3 className={css['drawerHead']}>{say.message}</h3>
        {answer.message !== null && <CopyButton text={answer.message} label={say.copyMessage} what={say.message} />}
      </div>
      {answer.message === null ? (
        <p className="muted">{say.noMessage}</p>
      ) : (
        <pre className={css['fullText']}>
          <bdi>{answer.message}</bdi>
        </pre>
      )}
      {answer.status.toUpperCase() === 'SUCCESS' && <p className="caption">{words.reach.appliedMeaning}</p>}
    </>
  );
}

function HealthFacts({ agent: { health } }: { agent: ReachedAgent }) {
  const age = useAge(health?.ageMs, undefined);
  if (health === null) return <p className="caption">{words.reach.noRecordMeaning}</p>;
  // What an old record calls ready was ready.
  const readySign: StateSign = isFresh(age) ? { kind: 'ok', word: say.objectReady } : { kind: 'stale', word: say.objectWasReady };
  return (
    <>
      <h3 className={css['drawerHead']}>{say.columns.health}</h3>
      <FactLines
        facts={[
          {
            term: say.conditions,
            fact: health.conditions.length === 0 ? <span className="muted">{say.noConditions}</span> : health.conditions.join(', '),
          },
          { term: say.stored, fact: <Age at={health.checkedAt} ageMs={health.ageMs} ago /> },
          { term: say.checked, fact: <span className="mono">{exactTime(health.checkedAt)}</span> },
        ]}
      />
      <h3 className={css['drawerHead']}>{say.objects}</h3>
      {health.resources.length === 0 ? (
        <p className="muted">{say.noObjects}</p>
      ) : (
        <ul className={css['objects']}>
          {health.resources.map(({ kind, name, namespace, ready, message }) => (
            <li key={`${kind} ${namespace} ${name}`}>
              <span className="mono">
                {kind} <bdi>{namespace === '' ? name : `${namespace}/${name}`}</bdi>
              </span>
              <StateMark sign={ready ? readySign : { kind: 'bad', word: say.objectNotReady }} />
              {message !== null && <span className={css['objectMessage']}>{message}</span>}
            </li>
          ))}
          {health.resourcesLeft > 0 && <li className="muted">{say.objectsLeft(health.resourcesLeft)}</li>}
        </ul>
      )}
    </>
  );
}
