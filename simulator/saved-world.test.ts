import { expect, test } from 'vitest';
import { createSimulator } from './simulator.ts';
import { manualClock } from './testing/manual-clock.ts';

const adminPak = 'brokkr_BRsaved0_4Kx9TnPq7VbWd2ZyRm5HcJfLg8Ea3uSt';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function ask(
  simulator: ReturnType<typeof createSimulator>,
  line: string,
  { pak = adminPak, body }: { pak?: string; body?: unknown } = {},
) {
  const [method = '', path = ''] = line.split(' ');
  const headers = { authorization: `Bearer ${pak}`, 'content-type': 'application/json' };
  const answer = await simulator.send({
    method,
    path: `/api/v1${path}`,
    headers,
    body: body === undefined ? undefined : encoder.encode(JSON.stringify(body)),
  });
  return { status: answer.status, json: JSON.parse(decoder.decode(answer.bytes) || 'null') as unknown };
}
const saved = (simulator: ReturnType<typeof createSimulator>) =>
  JSON.parse(JSON.stringify(simulator.save())) as ReturnType<typeof simulator.save>;

test('a saved world goes on: objects, keys and the broker’s audit are there', async () => {
  const clock = manualClock();
  const first = createSimulator({ seed: 1, clock, adminPak });
  const created = await ask(first, 'POST /agents', { body: { name: 'kept', cluster_name: 'lab-9' } });
  const { agent, initial_pak: pak } = created.json as { agent: { id: string }; initial_pak: string };
  await ask(first, `POST /agents/${agent.id}/labels`, { body: { agent_id: agent.id, label: 'colour:blue' } });
  clock.advance(5_000);
  const events = await ask(first, 'GET /agent-events');

  const second = createSimulator({ seed: 1, clock, adminPak, saved: saved(first) });
  expect(second.agents.find('kept').id).toBe(agent.id);
  expect((await ask(second, `GET /agents/${agent.id}/labels`)).json).toMatchObject([{ label: 'colour:blue' }]);
  expect((await ask(second, `GET /agents/${agent.id}`, { pak })).status).toBe(200);
  expect((await ask(second, 'GET /agent-events')).json).toEqual(events.json);
  expect(JSON.stringify((await ask(second, 'GET /admin/audit-logs?limit=200')).json)).toContain(agent.id);
});

test('after hours of sleep the living are heard and the silent are more silent', () => {
  const clock = manualClock();
  const first = createSimulator({ seed: 1, clock, adminPak });
  const world = saved(first);
  first.stop();
  clock.advance(6 * 3_600_000);
  const second = createSimulator({ seed: 1, clock, adminPak, saved: world });
  const ageMs = (key: string) => clock.now() - Date.parse(second.agents.find(key).last_heartbeat ?? '');
  expect(ageMs('edge-runner@fra-prod-1')).toBeLessThan(15_000);
  expect(ageMs('edge-runner@lon-edge-1')).toBeGreaterThan(6 * 3_600_000);
});

test('what is made after a load repeats no id and no sequence of before', async () => {
  const clock = manualClock();
  const first = createSimulator({ seed: 1, clock, adminPak });
  const before = saved(first);
  clock.advance(1_000);
  const second = createSimulator({ seed: 1, clock, adminPak, saved: before });
  const stack = (before.tables.stacks as readonly { id: string; name: string }[]).find(({ name }) => name === 'ledger');
  const made = await ask(second, `POST /stacks/${stack?.id ?? ''}/deployment-objects`, {
    body: { yaml_content: 'kind: ConfigMap\n', is_deletion_marker: false },
  });
  const { id, sequence_id: sequence } = made.json as { id: string; sequence_id: number };
  const old = before.tables.objects as readonly { id: string; sequence_id?: number }[];
  expect(old.map((object) => object.id)).not.toContain(id);
  expect(sequence).toBeGreaterThan(Math.max(...old.map((object) => object.sequence_id ?? 0)));
});
