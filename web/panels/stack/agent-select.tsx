import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { agentList } from '#web/queries/agents.ts';
import { PanelState } from '#web/ui/panel-state.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

const say = words.stack.targets;

export interface PickedAgent {
  id: string;
  name: string;
  clusterName: string;
}
interface AgentSelectProps {
  agent: PickedAgent | undefined;
  onPick: (agent: PickedAgent | undefined) => void;
  hint: string;
  /** What is to be known of an agent beside its cluster. */
  noteOf?: (id: string) => string | undefined;
  error?: string | undefined;
}
/** Picks one of the agents that the person sees, by name. */
export function AgentSelect({ agent, onPick, hint, noteOf, error }: AgentSelectProps) {
  const [search, setSearch] = useState('');
  const agents = useQuery(agentList({ limit: '50', sort: 'name', ...(search === '' ? {} : { q: search }) }));
  const rows = agents.data?.rows ?? [];
  if (agents.isError && agents.data === undefined) {
    return (
      <PanelState
        kind="error"
        failure={explain(agents.error, say.agentsNotRead)}
        onRetry={() => void agents.refetch()}
        retrying={agents.isFetching}
      />
    );
  }
  const offered = agent === undefined || rows.some(({ id }) => id === agent.id) ? rows : [agent, ...rows];
  return (
    <SelectField
      label={say.find}
      name="agent"
      hint={agents.data && agents.data.total > rows.length ? say.more(rows.length, agents.data.total) : hint}
      value={agent?.id ?? ''}
      onChange={(id) => onPick(offered.find((row) => row.id === id))}
      options={offered.map(({ id, name, clusterName }) => ({
        value: id,
        label: name,
        note: [clusterName, noteOf?.(id)].filter(Boolean).join(', '),
      }))}
      onSearch={setSearch}
      loading={agents.isPending}
      empty={search === '' ? say.noAgents : say.noAgentMatches(search)}
      error={error}
    />
  );
}
