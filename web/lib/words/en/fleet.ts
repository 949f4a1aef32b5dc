import { counted, formatCount } from '#web/lib/numbers.ts';

/** Words of the fleet page. */
export const fleet = {
  title: 'Fleet',
  total: (total: number, of: number) => (total === of ? counted(total, 'agent') : `${formatCount(total)} of ${counted(of, 'agent')}`),
  columns: {
    name: 'Agent',
    state: 'State',
    heartbeatAge: 'Heartbeat',
    connection: 'Link',
    k8sLatency: 'Kubernetes',
    pendingObjects: 'Pending',
    work: 'Work',
    healthFailing: 'Failing',
    healthDegraded: 'Degraded',
    labels: 'Labels',
    lastEventAge: 'Last event',
    cluster: 'Cluster',
  },
  columnHints: {
    pendingObjects: 'Newest objects without an answer from this agent',
    healthFailing: 'Failing health records, of replaced and deleted objects too',
    healthDegraded: 'Degraded health records, of replaced and deleted objects too',
  },
  filters: { state: 'state', status: 'status', cluster: 'cluster', connection: 'link', label: 'label' },
  find: 'Find by name or cluster',
  notRead: 'The fleet was not read',
  empty: 'No agents yet',
  emptyText: 'Each cluster that Brokkr delivers to has an agent. Create one, start its process with the key you get, and activate it.',
  emptyForOthers: 'Each cluster that Brokkr delivers to has an agent. An admin creates the first one.',
  noMatch: 'No agent matches',
  noMatchText: (of: number) => `The filters leave none of ${counted(of, 'agent')}.`,
  labelsNotRead: 'not read',
  labelsRead: (time: string) => `read at ${time}`,
  labelsPartial: (read: number, all: number) => `${read} of ${all} label sets read`,
  /** One agent on one line, as phones show it. */
  line: {
    failing: (count: number) => `${count} failing`,
    degraded: (count: number) => `${count} degraded`,
    pending: (count: number) => `${count} pending`,
    unreachable: 'no Kubernetes',
    connection: { socket: 'socket', polling: 'polling', none: 'no link' },
  },
  work: (claimed: number, waiting: number) => `${claimed} claimed, ${waiting} waiting`,
  notReported: 'not known',
  notShown: 'not shown',
  limited:
    'Your key does not show what agents report: link, pending objects, work, health and events are left out. An account or an admin key sees them.',
  unreachable: 'unreachable',
} as const;
