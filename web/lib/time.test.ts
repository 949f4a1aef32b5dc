import { afterEach, expect, test, vi } from 'vitest';
import { ageParts, clockTime, exactTime, formatAge, inZoneOfNow, learnServerTime, momentOf, serverNow, zoneOf } from './time.ts';

afterEach(() => {
  learnServerTime(new Date().toISOString(), Date.now(), Date.now());
  vi.useRealTimers();
});

test('an age is told in the unit one thinks in; seconds last two minutes, because heartbeats live there', () => {
  const ages = [-5, 0, 999, 4_000, 119_999, 120_000, 7_199_999, 7_200_000, 172_799_999, 172_800_000];
  expect(ages.map(formatAge)).toEqual(['0 s', '0 s', '0 s', '4 s', '119 s', '2 min', '119 min', '2 h', '47 h', '2 d']);
  expect(ageParts(3_000)).toEqual({ value: '3', unit: 's' });
});

test("the server's clock counts, less half of the round trip, however wrong the local one is", () => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00.000Z') });
  learnServerTime('2026-03-02T12:00:00.050Z', Date.now() - 100, Date.now());
  expect(new Date(serverNow()).toISOString()).toBe('2026-03-02T12:00:00.100Z');
  learnServerTime('nonsense', 0, 0);
  expect(new Date(serverNow()).toISOString()).toBe('2026-03-02T12:00:00.100Z');
});

test('an answer left the server at the time of its data plus its age', () => {
  expect(momentOf({ asOf: '2026-03-02T09:00:00.000Z', ageMs: 1_500 })).toBe(Date.parse('2026-03-02T09:00:01.500Z'));
});

test('an exact time is whole and names its zone; what is no time is left as it came', () => {
  expect(exactTime('2026-03-02T09:11:02.884Z')).toMatch(/^2026-03-0[123] \d\d:\d\d:02\.884 UTC/);
  expect(exactTime('yesterday')).toBe('yesterday');
  const at = (minutes: number) => zoneOf({ getTimezoneOffset: () => minutes } as Date);
  expect([0, -60, 210, -330].map(at)).toEqual(['UTC', 'UTC+1', 'UTC-3:30', 'UTC+5:30']);
});

test('a time of last summer stands in the zone that the head of its column names in winter; its exact time keeps its own', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  vi.useFakeTimers({ now: Date.parse('2026-01-15T12:00:00.000Z') });
  const summer = '2025-07-02T07:30:00.000Z';
  expect(zoneOf()).toBe('UTC+1');
  expect(clockTime(inZoneOfNow(summer))).toBe('08:30:00');
  expect(exactTime(summer)).toBe('2025-07-02 09:30:00.000 UTC+2');
  expect(clockTime(inZoneOfNow('2026-01-02T07:30:00.000Z'))).toBe('08:30:00');
  vi.unstubAllEnvs();
});
