import type { AgentLine } from '#contract/agents.ts';
import { exactNumber, formatCount } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import type { KnownLabels } from '#web/queries/agent-tags.ts';
import { Age } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import { Fresh } from '#web/ui/fresh.tsx';
import { Link } from '#web/ui/link.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import css from './fleet.module.css';
import { LabelsCell } from './labels-cell.tsx';

type Tone = 'pending' | 'bad' | 'warn' | 'plain';
/** What the caller's key does not show; the head of the page says so. */
const notShown = <span className="muted">{words.fleet.notShown}</span>;
/** Zero recedes, anything else takes its state's colour. */
function Count({ value, tone, title }: { value: number | null; tone: Tone; title?: string }) {
  if (value === null) return notShown;
  return (
    <span className={value === 0 ? css['zero'] : css[tone]} title={title}>
      {formatCount(value)}
    </span>
  );
}

/** Past its rhythm everything else it said is the last known, not the present. */
const isOld = ({ state }: AgentLine) => state === 'silent' || state === 'stale';

function Connection({ agent }: { agent: AgentLine }) {
  const { connection } = agent;
  if (connection === null) return notShown;
  return (
    <span
      className={connection === 'none' && isOld(agent) ? css['bad'] : css[connection]}
      title={words.agents.connectionMeaning[connection]}
    >
      {words.agents.connections[connection]}
    </span>
  );
}

function Kubernetes({ agent }: { agent: AgentLine }) {
  const { k8sReachable, k8sLatencyMs } = agent;
  if (k8sReachable === null) return <span className="muted">{words.fleet.notReported}</span>;
  if (!k8sReachable) return <span className={css['bad']}>{words.fleet.unreachable}</span>;
  if (k8sLatencyMs === null) return <span className="secondary">{words.agents.facts.reachable}</span>;
  return (
    <span className={isOld(agent) ? css['zero'] : css['number']}>
      {exactNumber(k8sLatencyMs)} <i>ms</i>
    </span>
  );
}

function Pending({ agent: { id, pendingObjects } }: { agent: AgentLine }) {
  if (pendingObjects === 0 || pendingObjects === null) return <Count value={pendingObjects} tone="pending" />;
  // The row itself leads to the same page; this one stays out of the tab order.
  return (
    <Link href={paths.agent(id)} className={css['pendingLink']} tabIndex={-1} title={words.fleet.columnHints.pendingObjects}>
      {formatCount(pendingObjects)}
    </Link>
  );
}

/** Columns of what an agent reports beside its record. */
const reported: ReadonlySet<string> = new Set(['connection', 'pendingObjects', 'work', 'healthFailing', 'healthDegraded', 'lastEventAge']);

/**
 * The fleet's columns, as wide as their longest usual value. All of them fit the 1,224 px of a 1440 screen; below that they
 * leave in the order labels, last event, work, link, Kubernetes, and last the health counts, which the state tells too.
 * @param labelsOf the labels of one agent: undefined while they are read; false leaves them out
 * @param isLimited only what an agent's record holds is shown to the caller's key: columns of nothing else leave
 */
export function fleetColumns(
  labelsOf: false | ((agentId: string) => KnownLabels | undefined),
  isLimited = false,
): readonly Column<AgentLine>[] {
  const { columns, columnHints } = words.fleet;
  const all: Column<AgentLine>[] = [
    { key: 'name', head: columns.name, width: 152, wish: 240, sortable: true, cell: ({ name }) => <bdi>{name}</bdi> },
    {
      key: 'cluster',
      head: columns.cluster,
      width: 116,
      wish: 168,
      sortable: true,
      cell: ({ clusterName }) => (
        <span className={css['cluster']} title={clusterName}>
          <bdi>{clusterName}</bdi>
        </span>
      ),
    },
    {
      key: 'state',
      head: columns.state,
      width: 128,
      sortable: true,
      cell: ({ state }) => <StateMark sign={agentSign(state)} value={state} />,
    },
    {
      key: 'heartbeatAge',
      head: columns.heartbeatAge,
      width: 116,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      cell: (agent) => (
        <Fresh at={agent.lastHeartbeat} ageMs={agent.heartbeatAgeMs} rhythmMs={agent.rhythmMs} rhythmAssumed={agent.rhythmAssumed} />
      ),
    },
    { key: 'connection', head: columns.connection, width: 68, sortable: true, leaves: 4, cell: (agent) => <Connection agent={agent} /> },
    {
      key: 'k8sLatency',
      head: columns.k8sLatency,
      width: 88,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      leaves: 5,
      cell: (agent) => <Kubernetes agent={agent} />,
    },
    {
      key: 'pendingObjects',
      head: columns.pendingObjects,
      width: 68,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      cell: (agent) => <Pending agent={agent} />,
    },
    {
      key: 'work',
      head: columns.work,
      width: 56,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      leaves: 3,
      cell: ({ claimedWorkOrders: claimed, pendingWorkOrders: pending }) =>
        claimed === null || pending === null ? (
          notShown
        ) : (
          <Count value={claimed + pending} tone="plain" title={words.fleet.work(claimed, pending)} />
        ),
    },
    {
      key: 'healthFailing',
      head: columns.healthFailing,
      width: 68,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      leaves: 7,
      cell: ({ healthFailing }) => <Count value={healthFailing} tone="bad" title={columnHints.healthFailing} />,
    },
    {
      key: 'healthDegraded',
      head: columns.healthDegraded,
      width: 80,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      leaves: 6,
      cell: ({ healthDegraded }) => <Count value={healthDegraded} tone="warn" title={columnHints.healthDegraded} />,
    },
    ...(labelsOf
      ? [
          {
            key: 'labels',
            head: columns.labels,
            minWidth: 152,
            leaves: 1,
            cell: ({ id }: AgentLine) => <LabelsCell known={labelsOf(id)} />,
          },
        ]
      : []),
    {
      key: 'lastEventAge',
      head: columns.lastEventAge,
      width: 88,
      align: 'end',
      sortable: true,
      descendingFirst: true,
      leaves: 2,
      cell: ({ lastEventAt, lastEventAgeMs }) => <Age at={lastEventAt} ageMs={lastEventAgeMs} />,
    },
  ];
  return isLimited ? all.filter(({ key }) => !reported.has(key)) : all;
}
