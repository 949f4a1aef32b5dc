import { uuid } from '#contract/fields.ts';
import { paths } from './paths.ts';

/** The tenant that a page's address is scoped to; what is no generator's id counts as absent. */
export function tenantOf(search: string): string | undefined {
  const tenant = new URLSearchParams(search).get('tenant');
  return uuid.safeParse(tenant).data;
}

/** The same address within a scope, so that going on does not widen what one looks at. An address that names its own scope keeps it. */
export function withTenant(href: string, tenant: string | undefined): string {
  if (tenant === undefined || !href.startsWith('/') || href.startsWith(paths.signIn) || href.startsWith(paths.setup)) return href;
  const [, path = '', query = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(href) ?? [];
  if (new URLSearchParams(query).has('tenant')) return href;
  return `${path}?${query === '' ? '' : `${query}&`}tenant=${tenant}${hash}`;
}

/** What a scope does to a page: narrows its lists, nothing as it shows one thing, or nothing as it is about everything. */
export type ScopeUse = 'applied' | 'object' | 'none';
export function scopeUse(pathname: string): ScopeUse {
  if (pathname === paths.fleet || pathname === paths.stacks || pathname === paths.home) return 'applied';
  return [paths.fleet, paths.stacks, paths.compare('', '').split('?')[0] ?? ''].some((path) => pathname.startsWith(path))
    ? 'object'
    : 'none';
}
