import { expect, test } from 'vitest';
import type { WireHealthRecord } from '#bff/broker/wire.ts';
import { createRhythms } from './rhythm.ts';
import { createShelf } from './shelf.ts';
import { aRecord, bytesOf, idOf } from './testing/records.ts';

const breathe = async () => undefined;
const at = '2026-03-02T09:15:27.481236Z';
const healthy = (agent: number): WireHealthRecord => ({
  agent_id: idOf(agent),
  status: 'healthy',
  summary: JSON.stringify({ pods_ready: 1, pods_total: 1, conditions: [], resources: [{ kind: 'Pod' }, { kind: '},{"Pod' }] }),
  checked_at: at,
  updated_at: at,
});
const load = (list: 'agents' | `health/${string}`, value: unknown) => ({ list, bytes: bytesOf(value), tick: 1, arrivedMs: 0 });

test('an answer with the health of a whole fleet is taken apart, however large it is', async () => {
  const agents = Array.from({ length: 5_000 }, (_, n) => n);
  const shelf = createShelf(createRhythms());
  await shelf.load(
    load(
      'agents',
      agents.map((n) => aRecord(n)),
    ),
    breathe,
  );
  const answer = { deployment_object_id: idOf(9), health_records: agents.map(healthy), overall_status: 'healthy' };
  const bytes = bytesOf(answer);
  expect(bytes.length).toBeGreaterThan(1024 * 1024);
  expect(await shelf.load({ ...load('health/r', answer), bytes }, breathe)).toEqual({ ok: true, rows: 5_000, masked: 0, differences: [] });
  const [judged] = shelf.judgeAgent({ owner: 'o', agentId: idOf(4_999), revisionIds: ['r'], nowMs: 0, brokerMs: Date.parse(at) }) ?? [];
  expect(judged?.health?.status).toBe('healthy');
});
test.each([{}, [], { health_records: 'none' }, { health_records: [{ status: 'healthy' }] }, 'no records [at all]'])(
  'what is no answer about health is refused: %j',
  async (value) => {
    expect(await createShelf(createRhythms()).load(load('health/r', value), breathe)).toMatchObject({ ok: false });
  },
);
