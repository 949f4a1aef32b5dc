import type { AgentRow, AgentState } from '#contract/agents.ts';
import { counted } from '#web/lib/numbers.ts';
import { causeWords } from './agent-causes.ts';
import { agentChanges } from './agent-changes.ts';
import { agentSets } from './agent-sets.ts';
import { deliveryWords } from './delivery-checks.ts';

/** Words of one agent: its page and its forms; the states have their own in `states.ts`. */
export const agents = {
  /** What each state claims, for a tooltip: none says that a workload runs. */
  stateMeaning: {
    silent: 'no word for over 10 min',
    failing: 'it reports failing objects',
    apply_failed: 'its newest answer is a failure',
    stale: 'older than three of its own intervals',
    degraded: 'it reports degraded objects',
    unreachable: 'it cannot reach its Kubernetes API',
    pending: 'objects without an answer',
    never_reported: 'no agent process has used its key yet',
    unknown: 'nothing wrong is known, but not all that it reports was read',
    inactive: 'it reports, and takes up no work',
    active: 'it reports, and nothing it says is wrong',
  } satisfies Record<AgentState, string>,
  connections: { socket: 'socket', polling: 'polling', none: 'none' } satisfies Record<AgentRow['connection'], string>,
  connectionMeaning: {
    socket: 'its socket to the broker is open',
    polling: 'heard within its rhythm, without a socket',
    none: 'no socket, and not heard within its rhythm',
  } satisfies Record<AgentRow['connection'], string>,

  cause: causeWords,
  otherCauses: 'Also',
  tabs: {
    overview: 'Overview',
    labels: 'Labels',
    annotations: 'Annotations',
    targets: 'Targets',
    'reached-by': 'Reached by',
    registrations: 'Registrations',
    events: 'Events',
    health: 'Health',
    history: 'History',
  },
  tabsOf: (name: string) => `Parts of ${name}`,
  causes: (name: string) => `What is wrong with ${name}`,
  steps: { readAnswers: 'Read the answers', readEvents: 'Read the events' },
  id: 'agent id',
  read: 'read',
  notRead: 'The agent was not read',
  goneTitle: 'There is no agent with this id',
  deletedTitle: 'This agent was deleted',
  gone: 'The broker does not know this id. It was deleted, or it never was.',
  deletedBy: (who: string) => `${who} deleted it`,
  deletedReason: (reason: string) => `Reason: ${reason}`,
  toFleet: 'To the fleet',

  /** To a generator's key, which is shown no more of it. */
  record: {
    title: 'Your key shows the record of this agent, and nothing of what it reports.',
    text: 'Its labels, reach, events and health are shown to accounts and admin keys. With yours you can target your own stacks at it; what each of them needs stands on the page of the stack.',
    toStacks: 'To your stacks',
    targetNote: 'Of your own stacks. Which are targets already is not shown to your key.',
  },
  facts: {
    status: 'Status',
    heartbeat: 'Heartbeat, against its own rhythm',
    link: 'Link',
    kubernetes: 'Kubernetes API',
    pending: 'Objects pending',
    health: 'Health records',
    work: 'Work orders',
    labels: 'Labels',
    created: 'created',
    rhythm: (every: string, assumed: boolean) => (assumed ? `of ${every}, assumed` : `of ${every}`),
    reachable: 'reachable',
    unreachable: 'not reachable',
    wasReachable: 'was reachable',
    notKnown: 'not known',
    notRead: 'not read',
    messages: (received: string, sent: string) => `${received} in, ${sent} out`,
    socketsNotRead: 'list of sockets not read',
    failing: 'failing',
    degraded: 'degraded',
    claimed: 'claimed',
    waiting: 'waiting',
    noLabels: 'none',
    countsEverything: 'Counts replaced and deleted objects too: the broker never clears health records.',
  },

  recentEvents: 'Recent events',
  recentEventsNote: 'Newest first. An event is what the agent said once, not what runs now.',
  allEvents: 'All events',
  noEvents: 'No events yet',
  noEventsText: (name: string) =>
    `When ${name} applies or refuses an object, its answer appears here. The broker keeps events for 30 days.`,
  noEventMatches: 'No event matches',
  eventColumns: { at: 'When', status: 'Answer', type: 'Type', object: 'Deployment object', message: 'Message' },
  eventsTitle: (total: number) => counted(total, 'event'),
  noMessage: 'no message',
  findEvent: 'Message, object id',
  eventFilters: { status: 'answer', eventType: 'type' },
  eventsNotRead: (name: string) => `Events of ${name} were not read`,
  place: (index: number, of: number) => `${index} of ${of}`,
  eventDrawer: {
    title: 'Answer of the agent',
    status: 'As sent',
    id: 'Event id',
    copy: 'Copy the message',
    refusedMeaning: 'The broker counts it as an answer: the object is not offered again. Only a new revision of its stack is.',
  },

  why: {
    title: 'Why does nothing arrive?',
    note: 'Each gate between a stack and this cluster, in order.',
    check: deliveryWords,
    verdicts: { clear: 'clear', blocked: 'blocks', unknown: 'not known' },
    steps: { consent: 'Register…', reach: 'Add a target…', active: 'Activate', answers: 'Read the events', reports: 'Rotate key…' },
  },

  ...agentChanges,
  ...agentSets,
  history: {
    title: 'History',
    note: 'What people did to this agent through the console, newest first, at most 200.',
    columns: { at: 'When', who: 'Who', action: 'Action', outcome: 'Outcome', reason: 'Reason', request: 'Request' },
    notRead: 'The history was not read',
    empty: 'Nothing was changed through this console yet',
    emptyText: 'Changes made by other tools are not in this list.',
  },
  actions: (name: string) => `Actions on ${name}`,
} as const;
