import { AgentRow } from '#contract/agents.ts';
import { currentOf } from '#web/lib/changed-meanwhile.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { useDeactivateAgent } from '#web/queries/agents.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { ChangedMeanwhile } from '#web/ui/changed-meanwhile.tsx';
import { FieldDifference } from '#web/ui/field-difference.tsx';
import { Consequences } from '#web/ui/consequences.tsx';

export function DeactivateDialog({ agent, onClose }: { agent: AgentRow; onClose: () => void }) {
  const deactivate = useDeactivateAgent(agent.id);
  const { title, confirm, cancel, consequences, failed } = words.agents.deactivate;
  const { create, facts, changedMeanwhile } = words.agents;
  const now = currentOf(deactivate.error, AgentRow);
  return (
    <ConfirmDialog
      open
      title={title(agent.name)}
      action={confirm}
      stay={cancel}
      pending={deactivate.isPending}
      failure={now === undefined ? unsaid(deactivate.error, failed) : undefined}
      onConfirm={() => deactivate.mutate(now?.etag ?? agent.etag, { onSuccess: onClose })}
      onClose={() => deactivate.isPending || onClose()}
    >
      {now !== undefined && (
        <ChangedMeanwhile title={changedMeanwhile.title(agent.name)} text={changedMeanwhile.goesOn}>
          <FieldDifference
            yours={changedMeanwhile.looked}
            fields={[
              { label: create.name, yours: agent.name, now: now.name },
              { label: create.cluster, yours: agent.clusterName, now: now.clusterName },
              { label: facts.status, yours: agent.status, now: now.status },
            ]}
          />
        </ChangedMeanwhile>
      )}
      <Consequences lines={consequences(now ?? agent)} />
    </ConfirmDialog>
  );
}
