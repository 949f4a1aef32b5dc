import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type AgentRegistration, deregisterAgent, registerAgent } from '#contract/agent-bonds.ts';
import type { AgentRow } from '#contract/agents.ts';
import { useMays } from '#web/context/session.tsx';
import { explain } from '#web/lib/failure.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { zoneOf } from '#web/lib/time.ts';
import { unsaid } from '#web/lib/unsaid.ts';
import { words } from '#web/lib/words/index.ts';
import { agentRegistrations, useDeregisterAgent } from '#web/queries/agent-bonds.ts';
import type { Column } from '#web/ui/columns.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { TrashIcon } from '#web/ui/icons.tsx';
import type { MenuEntry } from '#web/ui/menu.tsx';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { Consequences } from '#web/ui/consequences.tsx';
import { ReadAgo } from '#web/ui/read-ago.tsx';
import css from './agent.module.css';
import { RegisterForm } from './register-form.tsx';
import { Stamp } from '#web/ui/stamp.tsx';

const say = words.agents.registrations;
const trash = <TrashIcon />;
const nameOf = ({ generatorName, generatorId }: AgentRegistration) => generatorName ?? generatorId;
const noteOf = ({ isSystem, generatorName }: AgentRegistration) =>
  isSystem ? say.system : generatorName === null ? say.unlisted : undefined;

const columns: readonly Column<AgentRegistration>[] = [
  {
    key: 'generator',
    head: say.columns.generator,
    cell: (row) => (
      <>
        <span className="mono">
          <bdi>{nameOf(row)}</bdi>
        </span>
        <span className="caption">{noteOf(row)}</span>
      </>
    ),
  },
  { key: 'since', head: say.since(zoneOf()), width: 160, cell: ({ registeredAt }) => <Stamp at={registeredAt} /> },
  {
    key: 'targets',
    head: say.columns.targets,
    width: 136,
    align: 'end',
    cell: ({ targets }) => <span className={targets === 0 ? 'mono muted' : 'mono'}>{exactNumber(targets)}</span>,
  },
];

function registrationLine(row: AgentRegistration): NarrowRow {
  return {
    title: nameOf(row),
    aside: row.targets > 0 ? say.targetCount(row.targets) : undefined,
    line: (
      <>
        {noteOf(row) ?? say.columns.since} <Stamp at={row.registeredAt} zone />
      </>
    ),
  };
}

export function RegistrationsTab({ agent }: { agent: AgentRow }) {
  const registrations = useQuery(agentRegistrations(agent.id));
  const [leaving, setLeaving] = useState<AgentRegistration>();
  const may = useMays();
  const { data } = registrations;
  const actionsOn = (row: AgentRegistration): MenuEntry[] => [
    { label: say.remove, icon: trash, why: may(deregisterAgent).why, onSelect: () => setLeaving(row) },
  ];
  return (
    <>
      <Card title={say.title} aside={data ? <ReadAgo asOf={data.asOf} onRead={() => void registrations.refetch()} /> : say.note} flush>
        {registrations.isError && data === undefined ? (
          <PanelState
            kind="error"
            failure={explain(registrations.error, say.notRead)}
            onRetry={() => void registrations.refetch()}
            retrying={registrations.isFetching}
          />
        ) : (
          <DataTable
            variant="panelled"
            label={say.title}
            columns={columns}
            page={data}
            rowKey={({ generatorId }) => generatorId}
            rowName={nameOf}
            actions={actionsOn}
            narrow={registrationLine}
            empty={
              <PanelState kind="empty" title={say.empty}>
                {say.emptyText}
              </PanelState>
            }
          />
        )}
        {registrations.isError && data !== undefined && <StaleNote at={data.asOf} />}
      </Card>
      <Card title={say.add}>
        <div className={css['formPlace']}>
          <RegisterForm agent={agent} registered={data?.rows.map(({ generatorId }) => generatorId) ?? []} why={may(registerAgent).why} />
        </div>
      </Card>
      {leaving !== undefined && <Deregister agent={agent} registration={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}

function Deregister({ agent, registration, onClose }: { agent: AgentRow; registration: AgentRegistration; onClose: () => void }) {
  const deregister = useDeregisterAgent(agent);
  const name = nameOf(registration);
  return (
    <ConfirmDialog
      open
      title={say.removeTitle(name, agent.name)}
      action={say.removeConfirm}
      stay={say.removeCancel}
      pending={deregister.isPending}
      failure={unsaid(deregister.error, say.notRemoved(name))}
      onConfirm={() => deregister.mutate({ id: registration.generatorId, name }, { onSuccess: onClose })}
      onClose={() => deregister.isPending || onClose()}
    >
      <Consequences lines={[...(registration.isSystem ? [say.removeSystem] : []), ...say.removeConsequences(registration.targets)]} />
    </ConfirmDialog>
  );
}
