import { expect, test } from 'vitest';
import { inlineSnapshotHost } from './inline-snapshot-host.ts';
import { bytesOf, idOf } from './testing/records.ts';

const at = '2026-03-02T09:15:27.481236Z';
/** What the broker tells of one revision: the records of all its agents in one object. */
const healthOf = (agents: number) => ({
  deployment_object_id: idOf(900),
  health_records: Array.from({ length: agents }, (_, n) => ({
    id: idOf(10_000 + n),
    agent_id: idOf(n),
    deployment_object_id: idOf(900),
    status: 'failing',
    summary: '{"pods_ready":1,"resources":[{"kind":"Pod"},{"kind":"Pod"}]}',
    checked_at: at,
    created_at: at,
    updated_at: at,
  })),
  overall_status: 'failing',
});
const load = (answer: unknown) =>
  inlineSnapshotHost().ask('load', { owner: 'service', list: `health/${idOf(900)}`, bytes: bytesOf(answer), tick: 1, arrivedMs: 0 });

test.each([0, 3, 5_000])('the health records of %i agents are taken from one answer', async (agents) => {
  expect(await load(healthOf(agents))).toMatchObject({ ok: true, rows: agents });
});
test('an answer about health that is none is not used', async () => {
  expect(await load([])).toMatchObject({ ok: false });
  expect(await load({ ...healthOf(0), health_records: [{ status: 'healthy' }] })).toMatchObject({ ok: false });
});
