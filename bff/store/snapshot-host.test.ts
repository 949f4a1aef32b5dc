import { afterAll, afterEach, expect, test } from 'vitest';
import { quietLog } from '#bff/broker/testing/a-broker.ts';
import { inlineSnapshotHost } from '#bff/lists/inline-snapshot-host.ts';
import { aRecord, bytesOf, idOf } from '#bff/lists/testing/records.ts';
import { threadSnapshotHost } from './snapshot-host.ts';

const host = threadSnapshotHost(quietLog);
afterEach(() => host.ask('drop', { owner: 'service' }));
afterAll(() => host.close());
const load = (owner: string, bytes: Uint8Array, tick = 1) => ({ owner, list: 'agents' as const, bytes, tick, arrivedMs: 0 });
const query = { offset: 0, limit: 2, sort: { column: 'name', isDescending: true }, text: 'agent', filters: [] };
const page = (owner: string) => ({ owner, list: 'agents' as const, query, nowMs: 1_000 });

test('the thread answers what the same code answers in place', async () => {
  const answers = await Promise.all(
    [host, inlineSnapshotHost()].map(async (it) => {
      const loaded = await it.ask('load', load('service', bytesOf([aRecord(1), aRecord(2), aRecord(3)])));
      return [
        loaded,
        await it.ask('page', page('service')),
        await it.ask('rows', { owner: 'service', list: 'agents', ids: [idOf(2), idOf(9)], nowMs: 0 }),
      ];
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[1]).toMatchObject({ total: 3, rows: [{ name: 'agent-3' }, { name: 'agent-2' }] });
});
test('the bytes of a whole answer move to the thread; a slice of a shared buffer does not take its neighbours along', async () => {
  const whole = bytesOf([aRecord(1)]);
  await host.ask('load', load('service', whole));
  expect(whole.byteLength).toBe(0);
  const shared = new Uint8Array(4_096);
  const record = bytesOf([aRecord(1)]);
  shared.set(record, 100);
  expect(await host.ask('load', load('service', shared.subarray(100, 100 + record.length), 2))).toMatchObject({ ok: true, rows: 1 });
  expect(shared.byteLength).toBe(4_096);
});
test('what one credential reads no other sees', async () => {
  await host.ask('load', load('admin:one', bytesOf([aRecord(1)])));
  expect(await host.ask('page', page('admin:two'))).toBeNull();
});
test.each([
  ['no JSON', new TextEncoder().encode('[{"agent_id":')],
  ['another shape', bytesOf({ agents: [] })],
  ['one row that does not fit', bytesOf([aRecord(1), { ...aRecord(2), heartbeat_age_seconds: 'soon' }])],
])('%s leaves the list as it was', async (_name, bytes) => {
  await host.ask('load', load('service', bytesOf([aRecord(1)])));
  expect(await host.ask('load', load('service', bytes, 2))).toMatchObject({ ok: false });
  expect(await host.ask('page', page('service'))).toMatchObject({ total: 1 });
});
test('keys in names are masked and counted', async () => {
  const record = aRecord(1, { name: 'agent brokkr_BRtester_8CqmRvXx4Hn2bTfYw7KdPs9LgZaEjU3tQ' });
  expect(await host.ask('load', load('service', bytesOf([record])))).toMatchObject({ ok: true, masked: 1 });
  expect(await host.ask('page', page('service'))).toMatchObject({ rows: [{ name: 'agent [masked key]' }] });
});
test('a question that the code cannot answer fails alone', async () => {
  await host.ask('load', load('service', bytesOf([aRecord(1)])));
  await expect(
    host.ask('page', { ...page('service'), query: { ...query, sort: { column: 'none', isDescending: false } } }),
  ).rejects.toThrow('no column none');
  expect(await host.ask('page', page('service'))).toMatchObject({ total: 1 });
});
test('a thread that dies fails what it was asked, and the next question gets a new one', async () => {
  const script = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, call }) => (call === 'drop' ? process.exit(1) : parentPort.postMessage({ id, answer: null })));
  `;
  const mortal = threadSnapshotHost(quietLog, new URL(`data:text/javascript,${encodeURIComponent(script)}`));
  await expect(mortal.ask('drop', { owner: 'service' })).rejects.toThrow('died');
  expect(await mortal.ask('page', page('service'))).toBeNull();
  await mortal.close();
});
test('a closed thread answers nobody', async () => {
  const closed = threadSnapshotHost(quietLog);
  await closed.close();
  await expect(closed.ask('page', page('service'))).rejects.toThrow('closed');
});
