import { expect, test } from 'vitest';
import { auditAsk, brokerAuditAsk, isNarrowed, readUtc, writeUtc } from './audit-state.ts';

const ask = (query: string) => auditAsk(new URLSearchParams(query));

test('filters of the URL become the question, in the words of the API', () => {
  expect(ask('type=agent.created&type=agent.deleted&outcome=denied&person=explore:admin&q=edge&before=42&limit=100')).toEqual({
    limit: '100',
    before: '42',
    type: ['agent.created', 'agent.deleted'],
    outcome: ['denied'],
    person: 'explore:admin',
    q: 'edge',
  });
});

test('what the page never writes counts as absent', () => {
  expect(ask('type=agent.exploded&outcome=maybe&before=-1&limit=7&from=soon&q=')).toEqual({ limit: '50' });
  expect(brokerAuditAsk(new URLSearchParams('offset=x'))).toEqual({ limit: '50', offset: '0' });
});

test('page and size are no filters, everything else is', () => {
  expect(isNarrowed(ask('before=42&limit=25'))).toBe(false);
  expect(isNarrowed(ask('from=2026-03-02T07:30:00Z'))).toBe(true);
});

test('a typed time is UTC unless it says otherwise', () => {
  expect(readUtc('2026-03-02 07:30')).toBe('2026-03-02T07:30:00.000Z');
  expect(readUtc('2026-03-02')).toBe('2026-03-02T00:00:00.000Z');
  expect(readUtc('2026-03-02T07:30:00+01:00')).toBe('2026-03-02T06:30:00.000Z');
  expect(readUtc('yesterday')).toBeUndefined();
  expect(readUtc('2026-13-40 07:30')).toBeUndefined();
});

test('a time read back is the time that was typed', () => {
  expect(writeUtc(readUtc('2026-03-02 07:30') ?? '')).toBe('2026-03-02 07:30');
  expect(writeUtc(readUtc('2026-03-02 07:30:05') ?? '')).toBe('2026-03-02 07:30:05');
});
