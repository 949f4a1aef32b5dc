import { useEffect, useEffectEvent, useState } from 'react';
import { setAgentStatus } from '#contract/agents.ts';
import { useMay } from '#web/context/session.tsx';
import { useLeaveGuard } from '#web/hooks/use-leave-guard.ts';
import { words } from '#web/lib/words/index.ts';
import { type CreatedAgent as NewKey, useActivateAgent } from '#web/queries/agents.ts';
import { Button } from '#web/ui/button.tsx';
import { SecretOnce } from '#web/ui/secret-once.tsx';
import { Mark } from '#web/ui/state-mark.tsx';
import css from './fleet.module.css';

/** The new agent's key, once, and the step that is needed before it does anything. */
export function CreatedAgent({ created: { agent, pak }, onClose }: { created: NewKey; onClose: () => void }) {
  const [taken, setTaken] = useState(false);
  const mayActivate = useMay(setAgentStatus);
  const activate = useActivateAgent(agent.id);
  const [isClosed, setClosed] = useState(false);
  useLeaveGuard(!taken && !isClosed, words.agents.key.leaving(agent.name));
  // Closing was a decision of its own: the guard is down before the page moves on.
  const leave = useEffectEvent(onClose);
  useEffect(() => {
    if (isClosed) leave();
  }, [isClosed]);
  return (
    <SecretOnce
      secret={isClosed ? undefined : pak}
      title={words.agents.created(agent.name)}
      what={words.agents.key.of(agent.name)}
      onClose={() => setClosed(true)}
      onTaken={() => setTaken(true)}
    >
      <p>{words.agents.key.where}</p>
      <div className={css['needs']}>
        {activate.isSuccess ? (
          <>
            <Mark kind="ok" /> <span>{words.agents.key.activated}</span>
          </>
        ) : (
          <>
            <Mark kind="off" /> <span>{words.agents.key.needsActivation(agent.name)}</span>
            <Button size="small" why={mayActivate.why} pending={activate.isPending} onClick={() => activate.mutate(agent.etag)}>
              {words.agents.activate}
            </Button>
          </>
        )}
      </div>
    </SecretOnce>
  );
}
