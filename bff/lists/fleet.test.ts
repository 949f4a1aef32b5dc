import { expect, test } from 'vitest';
import type { WireAgentEvent, WireFleetRecord } from '#bff/broker/wire.ts';
import { createFleet } from './fleet.ts';
import { createRhythms } from './rhythm.ts';
import { aRecord, anEvent, idOf } from './testing/records.ts';

const never = async () => undefined;
function fleet() {
  const it = createFleet(createRhythms());
  return {
    ...it,
    replace: (records: WireFleetRecord[], tick: number, arrivedMs: number) => it.replace(records, tick, arrivedMs, never),
    join: (events: WireAgentEvent[]) => it.join(events, never),
  };
}
const names = (it: ReturnType<typeof fleet>) =>
  it
    .table()
    .page({ offset: 0, limit: 200, sort: { column: 'name', isDescending: false }, text: null, filters: [] }, 0)
    .rows.map(({ name }) => name);
const put = (it: ReturnType<typeof fleet>, record: WireFleetRecord, tick: number, nowMs = 0) =>
  it.put({ status: { record, recent_events: [] }, tick, arrivedMs: nowMs, nowMs });

test('a whole read that began before a change does not take the change back', async () => {
  const it = fleet();
  await it.replace([aRecord(1)], 1, 0);
  put(it, aRecord(1, { name: 'renamed' }), 3); // its read began at 3
  await it.replace([aRecord(1)], 2, 0); // began at 2, arrives after
  expect(names(it)).toEqual(['renamed']);
});
test('a whole read that began after it is believed', async () => {
  const it = fleet();
  await it.replace([aRecord(1)], 1, 0);
  put(it, aRecord(1, { name: 'renamed' }), 3);
  await it.replace([aRecord(1, { name: 'renamed elsewhere' })], 4, 0);
  expect(names(it)).toEqual(['renamed elsewhere']);
});
test('what the index learns while a whole read is taken over is not forgotten by it', async () => {
  const it = createFleet(createRhythms());
  const learn = async () => void it.know({ agents: [{ id: idOf(1), number: 7, labels: ['edge'] }], gone: [], anew: false });
  await it.replace([aRecord(1)], 1, 0, never);
  let breaths = 0;
  await it.replace([aRecord(1)], 2, 0, async () => {
    breaths += 1;
    if (breaths > 1) await learn(); // the rows are made by then
  });
  expect(it.table().get(idOf(1))?.known?.number).toBe(7);
  const label = { field: 'label', values: ['edge'], negated: false };
  const query = { offset: 0, limit: 1, sort: { column: 'name', isDescending: false }, text: null, filters: [label] };
  expect(it.table().page(query, 0)).toMatchObject({ total: 1, facets: { label: [{ value: 'edge', count: 1 }] } });
});
test('a created agent stays in the list though an older read does not know it', async () => {
  const it = fleet();
  await it.replace([], 1, 0);
  put(it, aRecord(1), 3);
  await it.replace([], 2, 0);
  expect(names(it)).toEqual(['agent-1']);
  await it.replace([], 4, 0);
  expect(names(it)).toEqual([]);
});
test('a deleted agent does not come back with an older read', async () => {
  const it = fleet();
  await it.replace([aRecord(1), aRecord(2)], 1, 0);
  it.remove(idOf(1), 3);
  await it.replace([aRecord(1), aRecord(2)], 2, 0);
  expect(names(it)).toEqual(['agent-2']);
});
test('of two reads of one agent the one that began later wins, whichever arrives last', async () => {
  const it = fleet();
  await it.replace([aRecord(1)], 1, 0);
  put(it, aRecord(1, { name: 'newest' }), 5);
  const { row } = put(it, aRecord(1, { name: 'older' }), 4);
  expect(row.name).toBe('older'); // who asked sees what was read for them
  expect(names(it)).toEqual(['newest']);
});
test('a read of a deleted agent that was on its way does not bring it back', async () => {
  const it = fleet();
  await it.replace([aRecord(1)], 1, 0);
  it.remove(idOf(1), 5);
  put(it, aRecord(1), 4);
  expect(names(it)).toEqual([]);
});

test('an agent that the console last saw differently was changed outside', async () => {
  const it = fleet();
  await it.replace([aRecord(1), aRecord(2)], 1, 0);
  expect(await it.replace([aRecord(1, { status: 'INACTIVE' }), aRecord(2, { heartbeat_age_seconds: 40 })], 2, 0)).toEqual([
    {
      of: 'agent',
      id: idOf(1),
      name: 'agent-1',
      before: { name: 'agent-1', clusterName: 'fra-prod-2', status: 'ACTIVE' },
      after: { name: 'agent-1', clusterName: 'fra-prod-2', status: 'INACTIVE' },
    },
  ]);
});
test('an agent that is not there any more was deleted outside, unless the console took it out itself', async () => {
  const it = fleet();
  await it.replace([aRecord(1), aRecord(2), aRecord(3)], 1, 0);
  expect(it.remove(idOf(3), 2)).toMatchObject({ id: idOf(3), after: null }); // whoever removed it knows
  expect(await it.replace([aRecord(1)], 3, 0)).toMatchObject([{ of: 'agent', id: idOf(2), name: 'agent-2', after: null }]);
});
test('what was put in is no difference to the next whole read', async () => {
  const it = fleet();
  await it.replace([aRecord(1)], 1, 0);
  put(it, aRecord(1, { status: 'INACTIVE' }), 2);
  expect(await it.replace([aRecord(1, { status: 'INACTIVE' })], 3, 0)).toEqual([]);
});

const eventAt = '2026-03-02T09:12:03.118Z';
const withEvent = (n: number) => aRecord(n, { last_event_at: eventAt, seconds_since_last_event: 208 });
const shown = (it: ReturnType<typeof fleet>, nowMs = 0) => it.table().show(idOf(1), nowMs);

test('the newest event colours the row, in whatever order events come', async () => {
  const it = fleet();
  await it.replace([withEvent(1)], 1, 0);
  await it.join([
    anEvent(1, '2026-03-02T09:12:03Z', 'SUCCESS'),
    anEvent(1, eventAt, 'FAILURE'),
    anEvent(1, '2026-03-02T09:12:03.1Z', 'SUCCESS'),
  ]);
  expect(shown(it)).toMatchObject({ state: 'apply_failed', lastEventStatus: 'FAILURE' });
});
test('an event that the list of events does not hold yet has no status, and a failure stands until a newer word is known', async () => {
  const it = fleet();
  await it.replace([aRecord(1, { last_event_at: '2026-03-02T09:13:00Z', seconds_since_last_event: 1 })], 1, 0);
  await it.join([anEvent(1, eventAt, 'FAILURE')]);
  expect(shown(it)).toMatchObject({ state: 'apply_failed', lastEventStatus: null });
});
test('an agent with an event that was not read is not called active, before the first list of events and after it', async () => {
  const it = fleet();
  await it.replace([withEvent(1), aRecord(2)], 1, 0);
  expect(shown(it)).toMatchObject({ state: 'unknown', lastEventStatus: null });
  expect(it.table().show(idOf(2), 0)).toMatchObject({ state: 'active' }); // it never said anything
  await it.join([anEvent(1, eventAt, 'SUCCESS')]);
  expect(shown(it)).toMatchObject({ state: 'active', lastEventStatus: 'SUCCESS' });
  await it.replace([aRecord(1, { last_event_at: '2026-03-02T09:13:00Z', seconds_since_last_event: 1 })], 2, 0);
  expect(shown(it)).toMatchObject({ state: 'unknown', lastEventStatus: null });
  await it.join([anEvent(1, eventAt, 'SUCCESS'), anEvent(1, '2026-03-02T09:13:00Z', 'SUCCESS')]);
  expect(shown(it)).toMatchObject({ state: 'active', lastEventStatus: 'SUCCESS' });
});
test('an event that the broker has forgotten does not wait to be read', async () => {
  const it = fleet();
  await it.replace([withEvent(1)], 1, 0);
  await it.join([anEvent(2, '2026-03-02T09:13:00Z', 'SUCCESS')]); // younger, so the list holds all that is left of older ones
  expect(shown(it)).toMatchObject({ state: 'active', lastEventStatus: null });
});

test('ages grow from the broker’s own while its answer rests here', async () => {
  const it = fleet();
  await it.replace([withEvent(1)], 1, 10_000);
  await it.join([anEvent(1, eventAt, 'SUCCESS')]);
  expect(shown(it, 12_500)).toMatchObject({ heartbeatAgeMs: 6_500, lastEventAgeMs: 210_500, state: 'active', connection: 'polling' });
  expect(shown(it, 110_000)).toMatchObject({ heartbeatAgeMs: 104_000, state: 'stale', connection: 'none' });
  expect(shown(it, 700_000)).toMatchObject({ state: 'silent' });
});
test('an agent that was read later is not older for it in the order of ages', async () => {
  const it = fleet();
  await it.replace([aRecord(1, { heartbeat_age_seconds: 10 }), aRecord(2, { heartbeat_age_seconds: 12 })], 1, 0);
  put(it, aRecord(1, { heartbeat_age_seconds: 15 }), 2, 6_000); // heard 9 s before the whole read
  const { rows } = it
    .table()
    .page({ offset: 0, limit: 9, sort: { column: 'heartbeatAge', isDescending: false }, text: null, filters: [] }, 6_000);
  expect(rows.map(({ heartbeatAgeMs }) => heartbeatAgeMs)).toEqual([15_000, 18_000]);
});

test('what is put in while a whole read is taken up piece by piece is not lost', async () => {
  const it = createFleet(createRhythms());
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const loading = it.replace([aRecord(1), aRecord(2), aRecord(3)], 1, 0, async () => {
    begun.resolve();
    await goOn.promise;
  });
  await begun.promise;
  it.put({ status: { record: aRecord(1, { name: 'renamed' }), recent_events: [] }, tick: 2, arrivedMs: 0, nowMs: 0 });
  it.put({ status: { record: aRecord(4, { name: 'created' }), recent_events: [] }, tick: 3, arrivedMs: 0, nowMs: 0 });
  it.remove(idOf(2), 4);
  goOn.resolve();
  await loading;
  expect([...it.table().all()].map(({ record }) => record.name)).toEqual(['renamed', 'agent-3', 'created']);
});
test('the menu of newest events counts them from when they are read', async () => {
  const it = fleet();
  const menu = () =>
    it.table().page({ offset: 0, limit: 1, sort: { column: 'name', isDescending: false }, text: null, filters: [] }, 0).facets['lastEvent'];
  await it.replace([aRecord(1, { last_event_at: '2026-03-02T09:15:00Z' })], 1, 0);
  expect(menu()).toEqual([{ value: 'unknown', count: 1 }]);
  await it.join([anEvent(1, '2026-03-02T09:15:00Z', 'FAILURE')]);
  expect(menu()).toEqual([{ value: 'FAILURE', count: 1 }]);
});
