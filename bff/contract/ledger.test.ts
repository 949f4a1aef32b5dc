import { expect, test } from 'vitest';
import { AuditOutcome, auditTypes } from './audit.ts';
import { AuditQuery } from './ledger.ts';

test('every type may be asked for at once, as one parameter or as many', () => {
  expect(AuditQuery.parse({ type: auditTypes.join(',') }).type).toEqual(auditTypes);
  expect(AuditQuery.parse({ type: [...auditTypes] }).type).toEqual(auditTypes);
});
test.each([
  ['more than there are', { outcome: [...AuditOutcome.options, 'success'] }],
  ['what is no outcome', { outcome: 'success,done' }],
  ['a page of none', { limit: '0' }],
  ['a page of too many', { limit: '201' }],
])('%s is refused', (_what, query) => {
  expect(AuditQuery.safeParse(query).success).toBe(false);
});
