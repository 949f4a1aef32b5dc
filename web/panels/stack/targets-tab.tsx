import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addAgentTarget, removeAgentTarget } from '#contract/agent-bonds.ts';
import type { ReachedAgent } from '#contract/reach.ts';
import type { StackRow } from '#contract/stacks.ts';
import { useMays } from '#web/context/session.tsx';
import { useListState } from '#web/hooks/use-list-state.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { momentOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { reachedAgents } from '#web/queries/reach.ts';
import { Moment } from '#web/ui/age.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { TrashIcon } from '#web/ui/icons.tsx';
import type { MenuEntry } from '#web/ui/menu.tsx';
import { PanelState } from '#web/ui/panel-state.tsx';
import { Card } from '#web/ui/panel.tsx';
import { AddTarget } from './add-target.tsx';
import { reachedLine, targetColumns } from './agent-columns.tsx';
import { ReachedStrip } from './reached-list.tsx';
import { RemoveTarget } from './remove-target.tsx';
import { targetedOnly } from './list-defaults.ts';

const say = words.stack.targets;
const trash = <TrashIcon />;

/** Agents that get this stack whatever their labels. Targets belong to agents; here they are set from the stack's side. */
export function TargetsTab({ stack }: { stack: StackRow }) {
  const list = useListState(targetColumns, { sort: 'name' });
  const agents = useQuery(reachedAgents(stack.id, { ...list.state, filter: [targetedOnly] }));
  const [leaving, setLeaving] = useState<ReachedAgent>();
  const may = useMays();
  const page = agents.data;
  const actionsOn = (agent: ReachedAgent): MenuEntry[] => [
    { label: say.remove, icon: trash, why: may(removeAgentTarget).why, onSelect: () => setLeaving(agent) },
  ];
  return (
    <>
      <Card title={say.title} aside={say.note} flush>
        {agents.isError && page === undefined ? (
          <PanelState
            kind="error"
            failure={explain(agents.error, words.stack.agents.notRead(stack.name))}
            onRetry={() => void agents.refetch()}
            retrying={agents.isFetching}
          />
        ) : (
          <Moment at={page === undefined ? 0 : momentOf(page)}>
            <DataTable
              variant="panelled"
              label={say.title}
              columns={targetColumns}
              page={page}
              list={list}
              rowKey={({ agentId }) => agentId}
              rowName={({ name }) => name}
              rowHref={({ agentId }) => paths.agent(agentId, 'targets')}
              actions={actionsOn}
              narrow={reachedLine}
              waiting={agents.isPlaceholderData}
              empty={
                <PanelState kind="empty" title={say.empty}>
                  {say.emptyText}
                </PanelState>
              }
            />
          </Moment>
        )}
        <ReachedStrip page={page} list={list} isOld={agents.isError} />
      </Card>
      <Card title={say.add}>
        <AddTarget stack={stack} targets={page?.rows.map(({ agentId }) => agentId) ?? []} why={may(addAgentTarget).why} />
      </Card>
      {leaving !== undefined && (
        <RemoveTarget stack={stack} agent={{ id: leaving.agentId, name: leaving.name }} onClose={() => setLeaving(undefined)} />
      )}
    </>
  );
}
