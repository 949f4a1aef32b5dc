import type { AgentRow } from '#contract/agents.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { useRegisterAgent } from '#web/queries/agent-bonds.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Consequences } from '#web/ui/consequences.tsx';

const say = words.agentReach.nearly.confirm;

interface RegisterDialogProps {
  agent: AgentRow;
  generator: { id: string; name: string };
  /** Names of the stacks known to arrive with it. */
  stacks: readonly string[];
  onClose: () => void;
}
/** Consent is wider than one stack: what else it lets in is said before it is given. */
export function RegisterDialog({ agent, generator, stacks, onClose }: RegisterDialogProps) {
  const register = useRegisterAgent(agent);
  return (
    <ConfirmDialog
      open
      title={say.title(generator.name, agent.name)}
      action={say.action}
      stay={say.stay}
      pending={register.isPending}
      failure={unsaid(register.error, words.agents.registrations.notAdded(generator.name))}
      onConfirm={() => register.mutate(generator, { onSuccess: onClose })}
      onClose={() => register.isPending || onClose()}
    >
      <Consequences lines={[say.arrives(stacks), words.agents.registrations.effect]} />
    </ConfirmDialog>
  );
}
