import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { agentStates, type AgentState } from '#contract/agents.ts';
import { explain } from '#web/lib/failure.ts';
import { agentTally } from '#web/lib/fleet-groups.ts';
import type { ListControls } from '#web/lib/list-state.ts';
import { exactNumber, formatCount } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { agentSign, asLastKnown, type StateSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { fleetMap } from '#web/queries/fleet-views.ts';
import { useIsLastKnown } from '#web/ui/age.tsx';
import { BottomStrip } from '#web/ui/bottom-strip.tsx';
import { Button } from '#web/ui/button.tsx';
import type { MapCell, MapSection } from '#web/ui/fleet-map-places.ts';
import { FleetMap } from '#web/ui/fleet-map.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import { AgentCard } from './agent-card.tsx';
import css from './views.module.css';

const say = words.fleetViews;

interface MapViewProps {
  list: ListControls;
  /** Agents by state, as the filters of the list count them. */
  states: readonly { value: string; count: number }[];
  empty: ReactNode;
  start: ReactNode;
  /** `start` tells already that what is shown is old. */
  isOld: boolean;
  onTable: () => void;
}
interface Known {
  name: string;
  cluster: string;
  state: AgentState;
  sign: StateSign;
  place: number;
  of: number;
}

/** The whole fleet at once, by cluster: well recedes, trouble has the larger shape and a tint. */
export function MapView({ list, states, empty, start, isOld, onTable }: MapViewProps) {
  const map = useQuery(fleetMap(list.state));
  const { data } = map;
  const isLastKnown = useIsLastKnown();
  const drawn = useMemo(() => {
    const known = new Map<string, Known>();
    const sections: (MapSection & { cells: MapCell[] })[] = [];
    if (data === undefined) return { known, sections };
    const tallies: Partial<Record<AgentState, number>>[] = data.clusters.map(() => ({}));
    const cells: MapCell[][] = data.clusters.map(() => []);
    for (const [id, name, cluster, at] of data.cells) {
      const state = agentStates[at] ?? 'unknown';
      const tally = tallies[cluster];
      const own = cells[cluster];
      if (tally === undefined || own === undefined) continue;
      tally[state] = (tally[state] ?? 0) + 1;
      const sign = isLastKnown ? asLastKnown(agentSign(state)) : agentSign(state);
      own.push({ id, kind: sign.kind });
      known.set(id, { name, cluster: data.clusters[cluster] ?? '', state, sign, place: own.length, of: 0 });
    }
    for (const [at, name] of data.clusters.entries()) {
      const own = cells[at] ?? [];
      const tally = agentTally(tallies[at] ?? {}).filter(({ kind }) => kind !== 'ok');
      for (const { id } of own) {
        const agent = known.get(id);
        if (agent !== undefined) agent.of = own.length;
      }
      sections.push({ name, href: paths.cluster(name), cells: own, tally, tallyLabel: say.group.tally(name) });
    }
    return { known, sections };
  }, [data, isLastKnown]);

  if (data === undefined) {
    return map.isError ? (
      <PanelState kind="error" failure={explain(map.error, say.mapNotRead)} onRetry={() => void map.refetch()} retrying={map.isFetching} />
    ) : (
      <>
        <Loading label={say.mapOf} />
        <BottomStrip />
      </>
    );
  }
  const nameOf = (id: string) => {
    const agent = drawn.known.get(id);
    return agent === undefined ? id : say.cell(agent.name, agent.sign.word, agent.cluster, agent.place, agent.of);
  };
  const card = (id: string) => {
    const agent = drawn.known.get(id);
    return agent && <AgentCard id={id} name={agent.name} clusterName={agent.cluster} state={agent.state} tenant={list.state.tenant} />;
  };
  return (
    <>
      <Legend list={list} states={states} />
      {data.cells.length === 0 ? (
        empty
      ) : (
        <FleetMap
          label={say.mapOf}
          hint={say.mapHint}
          sections={drawn.sections}
          hrefOf={(id) => paths.agent(id)}
          nameOf={nameOf}
          card={card}
        />
      )}
      <BottomStrip
        start={
          <>
            {map.isError && !isOld && <StaleNote at={data.asOf} />}
            {data.beyond > 0 && <span>{say.beyond(data.cells.length, data.beyond)}</span>}
            {start}
          </>
        }
      >
        <span className={css['stripEnd']}>
          <Button size="small" variant="ghost" onClick={onTable}>
            {say.showAsTable}
          </Button>
        </span>
      </BottomStrip>
    </>
  );
}

/** The states with their counts; a press keeps only that one, another press brings all back. */
function Legend({ list, states }: { list: ListControls; states: MapViewProps['states'] }) {
  const filter = list.filters.find(({ field }) => field === 'state');
  const only = filter?.negated === false && filter.values.length === 1 ? filter.values[0] : undefined;
  return (
    <fieldset className={css['legend']} aria-label={say.legend}>
      {agentStates.map((state) => {
        const count = states.find(({ value }) => value === state)?.count ?? 0;
        if (count === 0 && only !== state) return null;
        const sign = agentSign(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={only === state}
            onClick={() => list.filterBy({ field: 'state', values: only === state ? [] : [state], negated: false })}
          >
            <StateMark sign={sign} />
            <b className="mono" title={exactNumber(count)}>
              {formatCount(count)}
            </b>
          </button>
        );
      })}
    </fieldset>
  );
}
