import { type Filter, formatFilter } from '#contract/list.ts';

/** Every address of the page, built here and nowhere else. Paths carry UUIDs; names are for titles. */
const id = encodeURIComponent;

export const agentTabs = [
  'overview',
  'labels',
  'annotations',
  'targets',
  'reached-by',
  'registrations',
  'events',
  'health',
  'history',
] as const;
export type AgentTab = (typeof agentTabs)[number];
export const stackTabs = ['revisions', 'agents', 'health', 'labels', 'annotations', 'targets', 'history'] as const;
export type StackTab = (typeof stackTabs)[number];
const filtered = (path: string, ...filters: Filter[]) =>
  filters.length === 0 ? path : `${path}?${filters.map((filter) => `filter=${encodeURIComponent(formatFilter(filter))}`).join('&')}`;
const only = (field: string, value: string): Filter => ({ field, values: [value], negated: false });

export const paths = {
  home: '/',
  signIn: '/sign-in',
  setup: '/setup',
  fleet: '/fleet',
  /** All agents at once, by cluster. */
  fleetMap: '/fleet?view=map',
  /** The fleet in bands: `cluster`, or `label:` and a label's key. */
  fleetBy: (group: string) => `/fleet?group=${group.startsWith('label:') ? `label:${id(group.slice(6))}` : id(group)}`,
  /** The fleet under one filter, as the API spells it. */
  fleetOf: (filter: string) => `/fleet?filter=${id(filter)}`,
  stacks: '/stacks',
  health: '/health',
  status: '/status',
  audit: '/audit',
  /** The first tab is the bare address. */
  agent: (agentId: string, tab: AgentTab = 'overview') => (tab === 'overview' ? `/fleet/${id(agentId)}` : `/fleet/${id(agentId)}/${tab}`),
  /** What the agent refused to apply. */
  agentRefusals: (agentId: string) => `/fleet/${id(agentId)}/events?filter=status:FAILURE`,
  /** The fleet of one cluster. */
  cluster: (name: string) => filtered('/fleet', only('cluster', name)),
  /** The first tab is the bare address. */
  stack: (stackId: string, tab: StackTab = 'revisions') =>
    tab === 'revisions' ? `/stacks/${id(stackId)}` : `/stacks/${id(stackId)}/${tab}`,
  /** One opened revision of a stack: a drawer over its page, beside that part of the rail which begins at `offset`. */
  revision: (stackId: string, revisionId: string, offset = 0) =>
    `/stacks/${id(stackId)}?${offset === 0 ? '' : `offset=${offset}&`}open=${id(revisionId)}`,
  /** Agents that a stack reaches, of one state, of one cluster, or both. */
  reachedAgents: (stackId: string, { state, cluster }: { state?: string | undefined; cluster?: string | undefined } = {}) =>
    filtered(
      `/stacks/${id(stackId)}/agents`,
      ...(state === undefined ? [] : [only('state', state)]),
      ...(cluster === undefined ? [] : [only('cluster', cluster)]),
    ),
  /** Agents that say one of these things of an object, or none of them, in the health of a stack. */
  reachedObject: (stackId: string, values: string[], negated = false) =>
    filtered(`/stacks/${id(stackId)}/health`, { field: 'object', values, negated }),
  /** A new revision; `from` begins with the text of an earlier one, which is how one rolls back. */
  submit: (stackId: string, from?: string) => `/stacks/${id(stackId)}/submit${from === undefined ? '' : `?from=${id(from)}`}`,
  comparison: '/compare',
  compare: (from: string, to: string) => `/compare?from=${id(from)}&to=${id(to)}`,
  brokerAudit: '/audit?source=broker',
  /** One opened row of the audit: a drawer over the list. */
  auditRow: (seq: number) => `/audit?open=${seq}`,
  /** Audit of one object, request or id. */
  auditSearch: (text: string) => `/audit?q=${encodeURIComponent(text)}`,
  /** What an error means and what to do: a page beside this one, not part of it. */
  errorGuide: (code: string) => (import.meta.env.MODE === 'demo' ? `docs/errors.html#${code}` : `/docs/errors#${code}`),
  signInThen: (next: string) => (next === '/' || next === '' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`),
};

/** Where a sign-in may lead: a path of this page, never another origin or scheme. Judged as browsers read it, who leave out tabs and line breaks. */
export function safeNext(next: string | null): string {
  const here = 'http://page';
  const url = next?.startsWith('/') ? URL.parse(next, here) : null;
  if (url?.origin !== here || /^\/[/\\]/.test(url.pathname) || url.pathname.startsWith(paths.signIn)) return paths.home;
  return url.pathname + url.search + url.hash;
}
