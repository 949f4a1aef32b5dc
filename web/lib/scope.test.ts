import { expect, test } from 'vitest';
import { paths } from './paths.ts';
import { scopeUse, tenantOf, withTenant } from './scope.ts';

const tenant = '4c390b7e-9a41-4d5f-8e8b-1a017f3c1d52';

test('a scope is a generator’s id, anything else is no scope', () => {
  expect(tenantOf(`?q=edge&tenant=${tenant}`)).toBe(tenant);
  expect(tenantOf('?tenant=payments')).toBeUndefined();
  expect(tenantOf('')).toBeUndefined();
});

test('going on keeps the scope, beside what the address asks for', () => {
  expect(withTenant('/stacks', tenant)).toBe(`/stacks?tenant=${tenant}`);
  expect(withTenant(paths.cluster('eu-1'), tenant)).toBe(`/fleet?filter=cluster%3Aeu-1&tenant=${tenant}`);
  expect(withTenant('/fleet#main', tenant)).toBe(`/fleet?tenant=${tenant}#main`);
  expect(withTenant('/stacks', undefined)).toBe('/stacks');
});

test('an address with a scope of its own, a sign-in and another site are left alone', () => {
  expect(withTenant('/stacks?tenant=x', tenant)).toBe('/stacks?tenant=x');
  expect(withTenant(paths.signInThen('/fleet'), tenant)).toBe('/sign-in?next=%2Ffleet');
  expect(withTenant('https://example.org/', tenant)).toBe('https://example.org/');
});

test('lists are scoped, one thing is shown whole, the installation has no tenant', () => {
  expect(['/fleet', '/stacks'].map(scopeUse)).toEqual(['applied', 'applied']);
  expect(['/fleet/x', '/stacks/x/agents', '/compare'].map(scopeUse)).toEqual(['object', 'object', 'object']);
  expect(['/audit', '/health', '/status'].map(scopeUse)).toEqual(['none', 'none', 'none']);
});
