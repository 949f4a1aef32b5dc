import { formatFilter } from '#contract/list.ts';

/** Every address of the page, built here and nowhere else. Paths carry UUIDs; names are for titles. */
const id = encodeURIComponent;

export const agentTabs = ['overview', 'labels', 'annotations', 'targets', 'registrations', 'events', 'history'] as const;
export type AgentTab = (typeof agentTabs)[number];

export const paths = {
  home: '/',
  signIn: '/sign-in',
  setup: '/setup',
  fleet: '/fleet',
  audit: '/audit',
  /** The first tab is the bare address. */
  agent: (agentId: string, tab: AgentTab = 'overview') => (tab === 'overview' ? `/fleet/${id(agentId)}` : `/fleet/${id(agentId)}/${tab}`),
  /** What the agent refused to apply. */
  agentRefusals: (agentId: string) => `/fleet/${id(agentId)}/events?filter=status:FAILURE`,
  /** The fleet of one cluster. */
  cluster: (name: string) => `/fleet?filter=${encodeURIComponent(formatFilter({ field: 'cluster', values: [name], negated: false }))}`,
  brokerAudit: '/audit?source=broker',
  /** One opened row of the audit: a drawer over the list. */
  auditRow: (seq: number) => `/audit?open=${seq}`,
  /** Audit of one object, request or id. */
  auditSearch: (text: string) => `/audit?q=${encodeURIComponent(text)}`,
  /** What an error means and what to do: a page beside this one, not part of it. */
  errorGuide: (code: string) => (import.meta.env.MODE === 'demo' ? `docs/errors.html#${code}` : `/docs/errors#${code}`),
  signInThen: (next: string) => (next === '/' || next === '' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`),
};

/** Where a sign-in may lead: a path of this page, never another origin or scheme. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith(paths.signIn) ? next : paths.home;
}
