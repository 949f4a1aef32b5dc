import { useEffect, useEffectEvent, useState } from 'react';
import type { AgentDetail, AgentRow } from '#contract/agents.ts';
import { useDraft } from '#web/hooks/use-draft.ts';
import { useLeaveGuard } from '#web/hooks/use-leave-guard.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { refusalOf, unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { rotateAgentDraft, useRotateAgentPak } from '#web/queries/agents.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FactLines } from '#web/ui/facts.tsx';
import { SecretOnce } from '#web/ui/secret-once.tsx';
import css from './agent.module.css';
import { Consequences } from '#web/ui/consequences.tsx';
import { Stamp } from '#web/ui/stamp.tsx';

interface RotateProps {
  agent: AgentRow;
  socket: AgentDetail['socket'];
  onClose: () => void;
}
/** Asks, rotates, and shows the new key once. */
export function RotateDialog({ agent, socket, onClose }: RotateProps) {
  // The only place that knows the new key; closing forgets it.
  const [pak, setPak] = useState<string>();
  return pak === undefined ? (
    <AskToRotate agent={agent} socket={socket} onClose={onClose} onRotated={setPak} />
  ) : (
    <NewKey name={agent.name} pak={pak} onClose={onClose} />
  );
}

function AskToRotate({ agent, socket, onClose, onRotated }: RotateProps & { onRotated: (pak: string) => void }) {
  const draft = useDraft(rotateAgentDraft(agent.id), { reason: '' });
  const rotate = useRotateAgentPak(agent.id);
  const { title, confirm, cancel, consequences, outside, failed } = words.agents.rotate;
  // The old key ends with the answer that tells the new one.
  useLeaveGuard(rotate.isPending, words.agents.key.leaving(agent.name));
  return (
    <ConfirmDialog
      open
      danger
      title={title(agent.name)}
      action={confirm}
      stay={cancel}
      reason={{ ...draft.field('reason'), error: refusalOf(rotate.error, 'reason') }}
      pending={rotate.isPending}
      failure={unsaid(rotate.error, failed, ['reason'])}
      onConfirm={() => rotate.mutate(draft.values.reason.trim(), { onSuccess: (answer) => onRotated(answer.pak) })}
      onClose={() => rotate.isPending || onClose()}
    >
      <Consequences lines={consequences} />
      <div className={css['socket']}>
        <SocketFacts socket={socket} />
      </div>
      <p className="caption">{outside}</p>
    </ConfirmDialog>
  );
}

function SocketFacts({ socket }: { socket: AgentDetail['socket'] }) {
  const { socketTerm, noSocket, messagesTerm } = words.agents.rotate;
  const { socketsNotRead, messages } = words.agents.facts;
  if (socket === null || socket === 'unknown')
    return <FactLines facts={[{ term: socketTerm, fact: socket === null ? noSocket : socketsNotRead }]} />;
  return (
    <FactLines
      facts={[
        { term: socketTerm, fact: <Stamp at={socket.connectedSince} zone /> },
        { term: messagesTerm, fact: messages(exactNumber(socket.messagesIn), exactNumber(socket.messagesOut)) },
      ]}
    />
  );
}

function NewKey({ name, pak, onClose }: { name: string; pak: string; onClose: () => void }) {
  const [taken, setTaken] = useState(false);
  const [isClosed, setClosed] = useState(false);
  useLeaveGuard(!taken && !isClosed, words.agents.key.leaving(name));
  const leave = useEffectEvent(onClose);
  useEffect(() => {
    if (isClosed) leave();
  }, [isClosed]);
  return (
    <SecretOnce
      secret={isClosed ? undefined : pak}
      title={words.agents.rotate.done(name)}
      what={words.agents.key.of(name)}
      onClose={() => setClosed(true)}
      onTaken={() => setTaken(true)}
    >
      <p>{words.agents.key.where}</p>
      <p>{words.agents.rotate.oldEnded}</p>
    </SecretOnce>
  );
}
