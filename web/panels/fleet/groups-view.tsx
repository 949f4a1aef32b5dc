import { useQueries, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { AgentLine } from '#contract/agents.ts';
import { explain } from '#web/lib/failure.ts';
import { agentTally, groupFilter } from '#web/lib/fleet-groups.ts';
import type { ListControls } from '#web/lib/list-state.ts';
import { paths } from '#web/lib/paths.ts';
import { words } from '#web/lib/words/index.ts';
import { agentList } from '#web/queries/agents.ts';
import { agentGroups } from '#web/queries/fleet-views.ts';
import { BottomStrip } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import { type Band, DataTable } from '#web/ui/data-table.tsx';
import { GroupBand } from '#web/ui/group-band.tsx';
import { Link } from '#web/ui/link.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { agentLineRow } from './agent-line-row.tsx';
import { Coverage } from './coverage.tsx';
import { useFleetColumns } from './use-fleet-columns.ts';

const say = words.fleetViews.group;
/** Rows of one open group, and how many groups are open at once: together no more than one page of the plain list. */
const rowsOfOne = 25;
const mostOpen = 8;
const openAtFirst = 3;

interface GroupsViewProps {
  /** `cluster`, or `label:` and a label's key. */
  by: string;
  list: ListControls;
  empty: ReactNode;
  start: ReactNode;
  /** `start` tells already that what is shown is old. */
  isOld: boolean;
}
/** The fleet in bands, the worst first, each with its states; the agents of a band are read when it is opened. */
export function GroupsView({ by, list, empty, start, isOld }: GroupsViewProps) {
  const groups = useQuery(agentGroups(by, list.state));
  const [chosen, setChosen] = useState<readonly string[]>();
  const all = groups.data?.groups ?? [];
  const keys = all.map(({ key }) => key);
  const open = (chosen ?? keys.slice(0, openAtFirst)).filter((key) => keys.includes(key));
  const labelKey = by.startsWith('label:') ? by.slice('label:'.length) : undefined;
  const nameOf = (key: string) => (key === '' && labelKey !== undefined ? say.without(labelKey) : key);
  const asked = open.map((key) => ({ key, filter: groupFilter(by, key, keys) }));
  const read = useQueries({
    queries: asked.map(({ filter }) => {
      const { filter: filters = [], ...state } = list.state;
      return {
        ...agentList({ ...state, offset: '0', limit: String(rowsOfOne), filter: [...filters, ...(filter === undefined ? [] : [filter])] }),
        enabled: filter !== undefined,
      };
    }),
  });

  const { columns } = useFleetColumns(
    read.flatMap(({ data }) => data?.rows ?? []),
    read.some(({ data }) => data?.limited !== undefined),
  );

  if (groups.data === undefined) {
    return groups.isError ? (
      <PanelState
        kind="error"
        failure={explain(groups.error, say.notRead)}
        onRetry={() => void groups.refetch()}
        retrying={groups.isFetching}
      />
    ) : (
      <>
        <Loading label={words.fleet.title} />
        <BottomStrip />
      </>
    );
  }
  // Opening one more than fits closes the one that has been open longest.
  const toggle = (key: string) => setChosen(open.includes(key) ? open.filter((one) => one !== key) : [...open, key].slice(-mostOpen));
  const bands = all.map(({ key, agents, tally }): Band<AgentLine> => {
    const at = asked.findIndex((one) => one.key === key);
    const isOpen = at >= 0;
    const rows = read[at]?.data?.rows;
    return {
      key,
      head: (
        <GroupBand
          name={nameOf(key)}
          meaning={key === '' ? say.withoutMeaning : undefined}
          count={list.isFiltered ? say.matching(agents) : say.of(agents)}
          open={isOpen}
          tally={agentTally(tally)}
          tallyLabel={say.tally(nameOf(key))}
          onToggle={() => toggle(key)}
        />
      ),
      rows: isOpen ? (rows ?? []) : [],
      foot: isOpen
        ? footOf({
            name: nameOf(key),
            agents,
            shown: rows?.length,
            filter: asked[at]?.filter,
            error: read[at]?.isError ?? false,
            onRetry: () => void read[at]?.refetch(),
          })
        : undefined,
    };
  });
  const rows = bands.flatMap((band) => band.rows);
  // Then the list tells the same coverage in `start`.
  const hasLabelFilter = list.filters.some(({ field }) => field === 'label');
  return (
    <>
      {all.length === 0 ? (
        empty
      ) : (
        <DataTable<AgentLine>
          label={words.fleet.title}
          columns={columns}
          page={{ rows }}
          bands={bands}
          list={list}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          rowHref={({ id }) => paths.agent(id)}
          narrow={agentLineRow}
          thumbs
          waiting={groups.isPlaceholderData}
          empty={empty}
        />
      )}
      <BottomStrip
        start={
          <>
            {groups.isError && !isOld && <StaleNote at={groups.data.asOf} />}
            <span>{say.total(all.length)}</span>
            {groups.data.coverage !== null && all.length > 0 && !hasLabelFilter && <Coverage coverage={groups.data.coverage} />}
            {start}
          </>
        }
      />
    </>
  );
}

interface Foot {
  name: string;
  agents: number;
  shown: number | undefined;
  filter: string | undefined;
  error: boolean;
  onRetry: () => void;
}
function footOf({ name, agents, shown, filter, error, onRetry }: Foot): ReactNode {
  if (filter === undefined) return <span className="muted">{say.tooMany}</span>;
  if (error && shown === undefined) {
    return (
      <>
        <span className="muted">{say.rowsNotRead}</span>{' '}
        <Button size="small" variant="ghost" onClick={onRetry}>
          {words.ui.readAgain}
        </Button>
      </>
    );
  }
  if (shown === undefined) return <span className="muted">{say.reading}</span>;
  return agents > shown ? (
    <Link href={paths.fleetOf(filter)} className="link">
      {say.more(agents - shown, name)}
    </Link>
  ) : undefined;
}
