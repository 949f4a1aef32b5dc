import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addAgentTarget, type AgentTarget, removeAgentTarget } from '#contract/agent-bonds.ts';
import type { AgentRow } from '#contract/agents.ts';
import { useMays } from '#web/context/session.tsx';
import { explain } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { agentTargets, useRemoveAgentTarget } from '#web/queries/agent-bonds.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import type { Column } from '#web/ui/columns.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { TrashIcon } from '#web/ui/icons.tsx';
import type { MenuEntry } from '#web/ui/menu.tsx';
import { PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import css from './agent.module.css';
import { AddTarget } from './add-target.tsx';
import { Consequences } from './consequences.tsx';
import { ReadAgo } from './read-ago.tsx';

const say = words.agents.targets;
const trash = <TrashIcon />;
const nameOf = ({ stackName, stackId }: AgentTarget) => stackName ?? stackId;

const columns: readonly Column<AgentTarget>[] = [
  { key: 'stack', head: say.columns.stack, width: 280, cell: (target) => <StackName target={target} /> },
  {
    key: 'generator',
    head: say.columns.generator,
    cell: ({ generatorName }) =>
      generatorName === null ? <span className="muted">{say.notInList}</span> : <span className="mono">{generatorName}</span>,
  },
];
/** The broker keeps targets of deleted stacks: they deliver nothing. */
function StackName({ target }: { target: AgentTarget }) {
  return target.stackName === null ? (
    <span className="muted">
      {say.stackGone} <span className="mono">{target.stackId}</span>
    </span>
  ) : (
    <span className="mono">
      <bdi>{target.stackName}</bdi>
    </span>
  );
}

export function TargetsTab({ agent }: { agent: AgentRow }) {
  const targets = useQuery(agentTargets(agent.id));
  const [leaving, setLeaving] = useState<AgentTarget>();
  const may = useMays();
  const { data } = targets;
  const actionsOn = (target: AgentTarget): MenuEntry[] => [
    { label: say.remove, icon: trash, why: may(removeAgentTarget).why, onSelect: () => setLeaving(target) },
  ];
  return (
    <>
      <Card title={say.title} aside={data ? <ReadAgo asOf={data.asOf} onRead={() => void targets.refetch()} /> : say.note} flush>
        {targets.isError && data === undefined ? (
          <PanelState
            kind="error"
            failure={explain(targets.error, say.notRead)}
            onRetry={() => void targets.refetch()}
            retrying={targets.isFetching}
          />
        ) : (
          <DataTable
            variant="panelled"
            label={say.title}
            columns={columns}
            page={data}
            rowKey={({ stackId }) => stackId}
            rowName={nameOf}
            actions={actionsOn}
            narrow={(target) => ({
              title: nameOf(target),
              line: target.generatorName ?? (target.stackName === null ? say.stackGone : say.notInList),
            })}
            empty={
              <PanelState kind="empty" title={say.empty}>
                {say.emptyText}
              </PanelState>
            }
          />
        )}
        {targets.isError && data !== undefined && <StaleNote at={data.asOf} />}
      </Card>
      <Card title={say.add}>
        <div className={css['formPlace']}>
          <AddTarget agent={agent} targets={data?.rows ?? []} why={may(addAgentTarget).why} />
        </div>
      </Card>
      {leaving !== undefined && <RemoveTarget agent={agent} target={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}

function RemoveTarget({ agent, target, onClose }: { agent: AgentRow; target: AgentTarget; onClose: () => void }) {
  const remove = useRemoveAgentTarget(agent);
  const name = nameOf(target);
  return (
    <ConfirmDialog
      open
      title={say.removeTitle(name, agent.name)}
      action={say.removeConfirm}
      stay={say.removeCancel}
      pending={remove.isPending}
      failure={unsaid(remove.error, say.notRemoved(name))}
      onConfirm={() => remove.mutate({ id: target.stackId, name }, { onSuccess: onClose })}
      onClose={() => remove.isPending || onClose()}
    >
      <Consequences lines={say.removeConsequences} />
    </ConfirmDialog>
  );
}
