import { AuditOutcome, AuditType } from '#contract/audit.ts';
import { pageSizes } from '#contract/list.ts';
import type { Ignored } from './list-state.ts';

/** What the ledger is asked for, spelled as in the API. */
export interface AuditAsk {
  limit: string;
  before?: string;
  type?: AuditType[];
  outcome?: AuditOutcome[];
  person?: string;
  q?: string;
  from?: string;
  to?: string;
}
export interface BrokerAuditAsk {
  limit: string;
  offset: string;
  action?: string;
}

const wholeNumber = (text: string | null): string | undefined => (text !== null && /^\d{1,15}$/.test(text) ? text : undefined);
const moment = (text: string | null): string | undefined =>
  text !== null && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : undefined;
const short = (text: string | null, length: number): string | undefined =>
  text === null || text === '' ? undefined : text.slice(0, length);
const limitOf = (search: URLSearchParams): string => String(pageSizes.find((size) => String(size) === search.get('limit')) ?? 50);

/** Undefined members left out, so that equal asks are equal cache keys. */
const known = <T extends object>(parts: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;

/** The ledger a URL describes; what the page would never write counts as absent. */
export function auditAsk(search: URLSearchParams): AuditAsk {
  const types = search.getAll('type').flatMap((type) => AuditType.safeParse(type).data ?? []);
  const outcomes = search.getAll('outcome').flatMap((outcome) => AuditOutcome.safeParse(outcome).data ?? []);
  return known<AuditAsk>({
    limit: limitOf(search),
    before: wholeNumber(search.get('before')),
    type: types.length > 0 ? types : undefined,
    outcome: outcomes.length > 0 ? outcomes : undefined,
    person: short(search.get('person'), 300),
    q: short(search.get('q'), 200),
    from: moment(search.get('from')),
    to: moment(search.get('to')),
  });
}
export function brokerAuditAsk(search: URLSearchParams): BrokerAuditAsk {
  return known<BrokerAuditAsk>({
    limit: limitOf(search),
    offset: wholeNumber(search.get('offset')) ?? '0',
    action: short(search.get('q'), 60),
  });
}
/** What of a URL the ledger cannot use; it has one order and filters of its own names. */
export function auditIgnored(search: URLSearchParams): Ignored[] {
  const may: Record<string, (value: string) => boolean> = {
    type: (value) => AuditType.safeParse(value).success,
    outcome: (value) => AuditOutcome.safeParse(value).success,
    from: (value) => moment(value) !== undefined,
    to: (value) => moment(value) !== undefined,
    before: (value) => wholeNumber(value) !== undefined,
    open: (value) => wholeNumber(value) !== undefined,
    limit: (value) => pageSizes.some((size) => String(size) === value),
    sort: () => false,
    filter: () => false,
    offset: () => false,
  };
  return Object.entries(may).flatMap(([name, fits]) => search.getAll(name).flatMap((value) => (fits(value) ? [] : [{ name, value }])));
}
/** Something is left out by a filter. */
export const isNarrowed = ({ limit: _limit, before: _before, ...filters }: AuditAsk): boolean => Object.keys(filters).length > 0;

/** `2026-03-02 07:30` read as UTC, or any full RFC 3339 time; undefined when it is neither. */
export function readUtc(text: string): string | undefined {
  const plain = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(text.trim());
  const full = plain ? `${plain[1]}T${plain[2] ?? '00:00'}Z` : text.trim();
  if (!plain && !/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(full)) return undefined;
  const at = Date.parse(full);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
/** How such a time is shown in its field: to the second, without the zone the label names. */
export const writeUtc = (iso: string): string => iso.slice(0, 19).replace('T', ' ').replace(/:00$/, '');
