import { counted, exactNumber, formatCount } from '#web/lib/numbers.ts';

/** Words of the fleet in bands and as a map. */
export const fleetViews = {
  view: 'View',
  table: 'Table',
  map: 'Map',
  showAsTable: 'Show as table',
  group: {
    none: 'Not grouped',
    button: (by: string) => `Group: ${by}`,
    cluster: 'Cluster',
    label: (key: string) => `Label ${key}`,
    title: 'Group the agents by',
    noLabels: 'No label of the form key:value is known',
    notRead: 'The groups were not read',
    matching: (agents: number) => `${counted(agents, 'agent')} ${agents === 1 ? 'matches' : 'match'}`,
    of: (agents: number) => counted(agents, 'agent'),
    tally: (name: string) => `States in ${name}`,
    without: (key: string) => `without ${key}`,
    withoutMeaning: 'Agents without such a label, and those whose labels are not read yet',
    more: (rest: number, name: string) => `${counted(rest, 'more agent')} of ${name}`,
    reading: 'Reading the agents…',
    rowsNotRead: 'These agents were not read',
    tooMany: 'These agents cannot be listed by what they lack: there are too many values. Search or filter for them.',
    total: (groups: number) => counted(groups, 'group'),
  },
  coverage: (known: number, total: number, oldest: string | undefined) =>
    `Labels from the reach index: ${exactNumber(known)} of ${exactNumber(total)} agents known${oldest === undefined ? '' : `, oldest ${oldest}`}`,
  coverageMeaning: 'The broker cannot filter by label. The console has read the labels of these agents; the others are not found by them.',
  mapOf: 'Map of the fleet',
  mapNotRead: 'The map was not read',
  mapHint: 'Arrow keys walk the agents, Page Up and Page Down the clusters, Enter opens.',
  legend: 'States: press to keep only one',
  cell: (name: string, state: string, cluster: string, place: number, of: number) =>
    `${name}, ${state}, ${cluster}, ${exactNumber(place)} of ${exactNumber(of)}`,
  beyond: (shown: number, beyond: number) =>
    `The ${formatCount(shown)} worst are drawn; filters bring in the other ${formatCount(beyond)}.`,
  card: {
    heartbeat: 'Heartbeat',
    link: 'Link',
    kubernetes: 'Kubernetes',
    pending: 'Pending',
    health: 'Health',
    objects: (count: number) => counted(count, 'object'),
    failing: (failing: number, degraded: number) => `${exactNumber(failing)} failing, ${exactNumber(degraded)} degraded`,
    reachable: (ms: number | null) => (ms === null ? 'reachable' : `reachable, ${exactNumber(ms)} ms`),
    unreachable: 'not reachable',
    notKnown: 'not known',
    notShown: 'not shown to your key',
    reading: 'reading…',
  },
} as const;
