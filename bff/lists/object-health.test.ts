import { describe, expect, test } from 'vitest';
import { healthFreshMs, objectFilter, type HealthRecord } from '#contract/reach.ts';
import { healthRecord } from './health-record.ts';
import { objectValues, rollUpObjects } from './object-health.ts';

type Resource = HealthRecord['resources'][number];
const pod = (name: string, change: Partial<Resource> = {}): Resource => ({
  kind: 'Pod',
  namespace: 'shop',
  name,
  ready: true,
  message: null,
  ...change,
});
const record = (resources: Resource[], change: Partial<HealthRecord> = {}): HealthRecord => ({
  status: 'healthy',
  podsReady: null,
  podsTotal: null,
  conditions: [],
  resources,
  resourcesLeft: 0,
  checkedAt: '2026-03-02T09:15:11.000Z',
  ageMs: 20_000,
  ...change,
});
const namesOf = (...names: string[]) => rollUpObjects([record(names.map((name) => pod(name)))]).objects.map(({ name }) => name);

describe('pods', () => {
  test('of one owner are one object on all agents, whatever each agent’s are called', () => {
    const { objects, total } = rollUpObjects([
      record([pod('ledger-6d9f7c5b4-x2k8p'), pod('ledger-6d9f7c5b4-q9z2m')]),
      record([pod('ledger-7f8c9d6b5-zzx4t')]),
    ]);
    expect(objects).toEqual([
      { kind: 'Pod', namespace: 'shop', name: 'ledger-…', counts: { not_ready: 0, old: 0, ready: 2 }, message: null },
    ]);
    expect(total).toBe(1);
  });
  test.each([
    ['a daemon set’s', 'edge-proxy-x2k8p', 'edge-proxy-…'],
    ['a stateful set’s', 'ledger-db-0', 'ledger-db-0'],
    ['one that somebody named', 'ledger-front', 'ledger-front'],
    ['one of a replica set without a digit', 'ledger-bcdfghjkl-x2k8p', 'ledger-…'],
    ['one that somebody named at length', 'ledger-service-front', 'ledger-service-front'],
  ])('%s', (_whose, name, told) => {
    expect(namesOf(name)).toEqual([told]);
  });
  test('other kinds keep their names', () => {
    const deployment = pod('ledger-6d9f7c5b4-x2k8p', { kind: 'Deployment' });
    expect(rollUpObjects([record([deployment])]).objects).toMatchObject([{ kind: 'Deployment', name: deployment.name }]);
  });
});

describe('an object', () => {
  test('is not ready on an agent where any part of it is not, however old the record', () => {
    const resources = [pod('ledger-6d9f7c5b4-x2k8p'), pod('ledger-6d9f7c5b4-q9z2m', { ready: false, message: 'killed' })];
    for (const told of [resources, resources.toReversed()]) {
      const { objects } = rollUpObjects([record(told, { ageMs: 86_400_000 })]);
      expect(objects).toMatchObject([{ counts: { not_ready: 1, old: 0, ready: 0 }, message: 'killed' }]);
    }
  });
  test('is ready by a fresh record alone', () => {
    const counts = (ageMs: number) => rollUpObjects([record([pod('ledger')], { ageMs })]).objects[0]?.counts;
    expect(counts(healthFreshMs)).toEqual({ not_ready: 0, old: 0, ready: 1 });
    expect(counts(healthFreshMs + 1)).toEqual({ not_ready: 0, old: 1, ready: 0 });
  });
  test('stands before those that are not ready on fewer agents, then those that were ready', () => {
    const bad = { ready: false };
    const { objects } = rollUpObjects([
      record([pod('c', bad), pod('b', bad), pod('a')]),
      record([pod('c', bad), pod('z'), pod('d')]),
      record([pod('z')], { ageMs: healthFreshMs + 1 }),
    ]);
    expect(objects.map(({ name }) => name)).toEqual(['c', 'b', 'z', 'a', 'd']);
  });
  test('says what most agents say of it, without what differs between them', () => {
    const not = (message: string) => record([pod('ledger', { ready: false, message })]);
    const { objects } = rollUpObjects([not('image not found'), not('back-off 40s of web'), not('back-off 5m20s of web')]);
    expect(objects[0]?.message).toBe('back-off … of web');
  });
  test('is found among its agents by what each of them says', () => {
    const ledger = { kind: 'Pod', namespace: 'shop', name: 'ledger-…' };
    const one = record([pod('ledger-6d9f7c5b4-x2k8p', { ready: false }), pod('web')]);
    expect(objectValues(one)).toEqual([objectFilter('not_ready', ledger), objectFilter('ready', { ...ledger, name: 'web' })]);
    expect(objectValues(null)).toEqual([]);
  });
});

test('agents without a record, and records that name too much, are counted apart', () => {
  const summary = JSON.stringify({ resources: Array.from({ length: 60 }, (_, at) => ({ ...pod(`o-${at}`), ready: at !== 59 })) });
  const wire = { status: 'degraded', summary, checked_at: '2026-03-02T09:15:11.000Z' };
  const cut = { ...healthRecord(wire), ageMs: 0 };
  const { recorded, reached, cut: agents, objects } = rollUpObjects([null, record([]), cut]);
  expect({ recorded, reached, agents }).toEqual({ recorded: 2, reached: 3, agents: 1 });
  expect(objects[0]).toMatchObject({ name: 'o-59', counts: { not_ready: 1 } });
});

test('of more objects than anyone reads the worst hundred are told, and how many there are', () => {
  const records = Array.from({ length: 3 }, (_, at) =>
    record(Array.from({ length: 50 }, (__, n) => pod(`o-${at}-${n}`, { ready: !(at === 2 && n === 49) }))),
  );
  const { objects, total } = rollUpObjects(records);
  expect([objects.length, total, objects[0]?.name]).toEqual([100, 150, 'o-2-49']);
});

test('a name that ends in half a character can still stand in an address', () => {
  const half = `${'n'.repeat(252)}🚀`;
  const summary = JSON.stringify({ resources: [{ ...pod(half), kind: `${'k'.repeat(62)}🚀` }] });
  const health = { ...healthRecord({ status: 'healthy', summary, checked_at: '' }), ageMs: 0 };
  expect(objectValues(health).map(encodeURIComponent)).toHaveLength(1);
});
