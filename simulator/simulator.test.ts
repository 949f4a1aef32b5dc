import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anAgent, anEvent, aStack } from './builders.ts';
import { chance } from './chance.ts';
import { ConnectionLost } from './faults.ts';
import { lastBeat } from './rhythms.ts';
import { scenarioNames } from './scenarios.ts';
import { sha256 } from './sha256.ts';
import { heap, Table } from './table.ts';
import { manualClock } from './testing/manual-clock.ts';
import { adminPak, stage } from './testing/stage.ts';
import { parseRfc3339, rfc3339 } from './time.ts';

describe('one seed, one world', () => {
  const paths = ['/fleet', '/agents', '/stacks', '/generators', '/agent-events', '/admin/audit-logs', '/admin/ws/connections'];
  test('two of the same seed and clock stay alike while they live', async () => {
    const [one, other] = [stage({ scenario: 'default' }), stage({ scenario: 'default' })];
    for (const ms of [0, 45_000, 900_000]) {
      one.clock.advance(ms);
      other.clock.advance(ms);
      for (const path of paths) expect((await one.get(path)).text).toBe((await other.get(path)).text);
    }
  });
  test('another run at another time has the same agents under the same ids', async () => {
    const [one, later] = [stage({ scenario: 'default' }), stage({ scenario: 'default', clock: manualClock(1_900_000_000_000) })];
    const ids = async ({ get }: typeof one) => (await get('/agents')).rows().map(({ id, name }) => `${String(name)} ${String(id)}`);
    expect(await ids(one)).toEqual(await ids(later));
  });
  test('what is made at run time repeats no id of an earlier run', async () => {
    const made = async (start: number) => {
      const { simulator } = stage({ clock: manualClock(start) });
      return simulator.seed({ agents: [anAgent({ name: 'a' })] }).agents[0]?.id;
    };
    expect(await made(1_800_000_000_000)).not.toBe(await made(1_800_000_000_001));
  });
  test('another seed is another world', async () => {
    const [one, other] = [stage({ scenario: 'default' }), stage({ scenario: 'default', seed: 2 })];
    expect((await one.get('/agents')).text).not.toBe((await other.get('/agents')).text);
  });
});

describe('scenarios', () => {
  test('default shows each kind of trouble, and goes on showing it', async () => {
    const { clock, get } = stage({ scenario: 'default' });
    for (const hours of [0, 3]) {
      clock.advance(hours * 3_600_000);
      const fleet = (await get('/fleet')).rows();
      const age = (row: Record<string, unknown>) => Number(row['heartbeat_age_seconds']);
      expect(new Set(fleet.map((row) => row['cluster_name'])).size).toBe(6);
      expect(fleet.length).toBeGreaterThanOrEqual(36);
      expect(fleet.filter((row) => age(row) > 600).length, 'silent').toBeGreaterThanOrEqual(2);
      expect(fleet.filter((row) => row['last_heartbeat'] === null && row['status'] === 'INACTIVE').length, 'never activated').toBe(2);
      expect(fleet.filter((row) => row['k8s_reachable'] === false).length, 'unreachable').toBe(1);
      expect(fleet.filter((row) => Number(row['health_failing']) > 0).length, 'failing').toBeGreaterThanOrEqual(1);
      expect(fleet.filter((row) => Number(row['health_degraded']) > 0).length, 'degraded').toBeGreaterThanOrEqual(1);
      expect(
        fleet.filter((row) => Number(row['pending_object_count']) > 0 && row['status'] === 'ACTIVE' && age(row) < 30).length,
        'pending',
      ).toBeGreaterThanOrEqual(1);
      const events = (await get('/agent-events')).rows();
      const newest = new Map(events.map((event) => [event['agent_id'], event['status']]));
      expect([...newest.values()].filter((status) => status === 'FAILURE').length, 'apply failed').toBeGreaterThanOrEqual(2);
      expect(fleet.filter((row) => age(row) < 30).length, 'alive').toBeGreaterThanOrEqual(30);
    }
    expect((await get('/admin/audit-logs')).text).toContain('agent.created');
  });
  test('an agent of the default world is stale rather than silent most of the time', async () => {
    const { clock, simulator } = stage({ scenario: 'default' });
    const ages = Array.from({ length: 100 }, () => {
      clock.advance(13_000);
      return (clock.now() - Date.parse(simulator.agents.find('cart-runner@lon-edge-1').last_heartbeat ?? '')) / 1000;
    });
    expect(Math.max(...ages)).toBeLessThan(600);
    expect(ages.filter((age) => age > 90).length).toBeGreaterThan(50);
  });
  test('cluster-down has one cluster silent as a whole', async () => {
    const rows = (await stage({ scenario: 'cluster-down' }).get('/fleet')).rows().filter((row) => row['cluster_name'] === 'ams-prod-1');
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows)
      expect(row).toMatchObject({ ws_connected: false, heartbeat_age_seconds: expect.toSatisfy((age: number) => age >= 720) as number });
  });
  test('denied refuses changes with an empty 403, and reads', async () => {
    const { simulator, get } = stage({ scenario: 'denied' });
    expect((await get('/fleet')).status).toBe(200);
    const refused = await simulator.send({ method: 'POST', path: '/api/v1/generators', headers: { authorization: adminPak } });
    expect(refused).toMatchObject({ status: 403, bytes: new Uint8Array() });
  });
  test('slow answers after 0.4 to 2.5 s', async () => {
    const { clock, get } = stage({ scenario: 'slow' });
    let isAnswered = false;
    const answer = get('/paks').then(({ status }) => {
      isAnswered = true;
      return status;
    });
    clock.advance(399);
    await Promise.resolve();
    expect(isAnswered).toBe(false);
    clock.advance(2_101);
    expect(await answer).toBe(200);
  });
  test('flaky fails now and then, in several ways', async () => {
    const { clock, get } = stage({ scenario: 'flaky' });
    const outcomes = new Map<unknown, number>();
    for (let index = 0; index < 300; index += 1) {
      const answer = get('/paks').then(
        ({ status }) => status,
        (error: unknown) => (error instanceof ConnectionLost ? 'lost' : 'other'),
      );
      clock.advance(4_000);
      const outcome = await answer;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(new Set(outcomes.keys())).toEqual(new Set([200, 500, 502, 'lost']));
    expect(outcomes.get(200)).toBeGreaterThan(230);
  });
  test.each(scenarioNames)('%s can be started over', async (name) => {
    const { simulator } = stage();
    expect(simulator.reset(name)).toBe(simulator);
    expect(simulator.agents.all().length > 0).toBe(name !== 'empty');
    simulator.faults.clear();
  });
  test('started over, the same agents have other ids: nothing known of the world before fits this one', () => {
    const { simulator } = stage({ scenario: 'mid-rollout' });
    const [before, after] = [simulator.agents.all(), simulator.reset().agents.all()];
    expect(after.map(({ name, status }) => [name, status])).toEqual(before.map(({ name, status }) => [name, status]));
    const known = new Set(before.map(({ id }) => id));
    expect(after.filter(({ id }) => known.has(id))).toEqual([]);
  });
});

describe('a large fleet', () => {
  /** Milliseconds of this thread's own work: what else the machine does must not fail a test. */
  const worked = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  test('100,000 agents start within three seconds, and the fleet is told within two', async () => {
    const idle = worked();
    const { get } = stage({ scenario: 'default', agents: 100_000 });
    const started = worked();
    expect(started - idle).toBeLessThan(3_000);
    const answer = await get('/fleet');
    expect(worked() - started).toBeLessThan(2_000);
    const rows = answer.rows();
    expect(rows).toHaveLength(100_000);
    const fresh = rows.filter((row) => Number(row['heartbeat_age_seconds'] ?? 1e9) < 30).length;
    expect(fresh).toBeGreaterThan(95_000);
    expect(fresh).toBeLessThan(99_500);
  });
  test('those that are not alive heartbeat by arithmetic', async () => {
    const { clock, get } = stage({ agents: 200 });
    const times = async () => new Map((await get('/fleet')).rows().map((row) => [row['agent_id'], row['last_heartbeat']]));
    const before = await times();
    clock.advance(10_000);
    const moved = [...(await times())].filter(([id, time]) => before.get(id) !== time);
    expect(moved.length).toBeGreaterThan(170);
    expect(clock.timers).toBeLessThan(5);
  });
  test('a rhythm beats on its period, in its bursts, and until its end', () => {
    const steady = { from: 100, period: 10, isReachable: true, latencyMs: 1 };
    expect([99, 100, 109, 110, 1234].map((now) => lastBeat(steady, now))).toEqual([null, 100, 100, 110, 1230]);
    expect(lastBeat({ ...steady, until: 205 }, 9999)).toBe(200);
    const bursts = { ...steady, burst: { every: 100, lasts: 30 } };
    expect([100, 125, 130, 199, 200, 215].map((now) => lastBeat(bursts, now))).toEqual([100, 120, 130, 130, 200, 210]);
  });
});

describe('what tests hold in their hands', () => {
  test('requests are counted by operation', async () => {
    const { simulator, get } = stage();
    const { agents } = simulator.seed({ agents: [anAgent({ name: 'a' })] });
    await get(`/agents/${agents[0]?.id ?? ''}/labels`);
    await get('/agents');
    await get('/nope');
    expect(simulator.count.all()).toEqual({ 'GET /api/v1/agents/{id}/labels': 1, 'GET /api/v1/agents': 1, 'GET /api/v1/nope': 1 });
    expect(simulator.count.of('GET /api/v1/agents')).toBe(1);
    simulator.count.reset();
    expect(simulator.count.total()).toBe(0);
  });
  test('a fault strikes its operation as often as told', async () => {
    const { simulator, get } = stage();
    simulator.faults.set({ match: 'GET /api/v1/agents', times: 1, outcome: { status: 500 } });
    expect((await get('/paks')).status).toBe(200);
    expect((await get('/agents')).status).toBe(500);
    expect((await get('/agents')).status).toBe(200);
  });
  test('a hanging answer ends with its signal', async () => {
    const { simulator } = stage();
    simulator.faults.set({ outcome: 'hang' });
    const leaving = new AbortController();
    const answer = simulator.send({ method: 'GET', path: '/api/v1/agents', headers: {}, signal: leaving.signal });
    leaving.abort(new Error('left'));
    await expect(answer).rejects.toThrow('left');
  });
  test('a lost answer leaves the change behind, a lost request does not', async () => {
    const { simulator, get } = stage();
    const create = (name: string) =>
      simulator.send({
        method: 'POST',
        path: '/api/v1/generators',
        headers: { authorization: adminPak, 'content-type': 'application/json' },
        body: new TextEncoder().encode(JSON.stringify({ name })),
      });
    simulator.faults.set({ outcome: 'reset_after' });
    await expect(create('after')).rejects.toThrow(ConnectionLost);
    simulator.faults.set({ outcome: 'reset' });
    await expect(create('before')).rejects.toThrow(ConnectionLost);
    simulator.faults.clear();
    expect((await get('/paks')).rows().map((row) => row['name'])).toEqual(['admin-generator', 'after']);
  });
  test('a truncated answer promises more than it brings', async () => {
    const { simulator } = stage();
    simulator.faults.set({ outcome: 'truncate' });
    const answer = await simulator.send({ method: 'GET', path: '/api/v1/paks', headers: { authorization: adminPak } });
    expect(answer.bytes.length).toBeLessThan(Number(answer.headers['content-length']));
  });
  test('seeds name each other, and what is not there is said', () => {
    const { simulator } = stage();
    simulator.seed({
      stacks: [aStack({ name: 'ledger' })],
      agents: [anAgent({ name: 'a', targets: ['ledger'] })],
      events: [anEvent({ agent: 'a', stack: 'ledger' })],
    });
    expect(() => simulator.seed({ events: [anEvent({ agent: 'nobody', stack: 'ledger' })] })).toThrow('no agent "nobody"');
    expect(() => simulator.agents.find('nobody')).toThrow('no agent "nobody"');
  });
});

describe('small parts', () => {
  test.each(['', 'abc', 'é', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'x'.repeat(1000)])('SHA-256 of %j', (text) => {
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });
  test.each([0, 951_782_400_000, 1_709_164_800_000, 4_102_444_799_999, -62_135_596_800_000])(
    'times are told as Date tells them: %d',
    (ms) => {
      const text = new Date(ms).toISOString();
      expect(parseRfc3339(text)).toBe(ms * 1000);
      expect(Date.parse(rfc3339(ms * 1000))).toBe(ms);
    },
  );
  test('a fraction has no, three or six digits', () => {
    expect([0, 500_000, 500_001].map((micros) => rfc3339(micros))).toEqual([
      '1970-01-01T00:00:00Z',
      '1970-01-01T00:00:00.500Z',
      '1970-01-01T00:00:00.500001Z',
    ]);
  });
  test('ids are version 4 and do not repeat', () => {
    const source = chance('a');
    const ids = Array.from({ length: 10_000 }, () => source.uuid());
    expect(new Set(ids).size).toBe(10_000);
    for (const id of ids.slice(0, 100)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  test('an unsorted list comes by name at first, and by place once the table was analysed', () => {
    const table = new Table<{ id: string; name: string; deleted_at: null }>({});
    for (const name of ['c', 'a', 'b']) table.add({ id: name, name, deleted_at: null });
    const order = () =>
      heap(table)
        .map((row) => row.name)
        .join('');
    expect(order()).toBe('abc');
    const row = table.get('c');
    for (let times = 0; times < 60; times += 1) if (row) table.update(row, {});
    expect(order()).toBe('abc');
    const other = table.get('a');
    if (other) table.update(other, {});
    expect(order()).toBe('bca');
  });
});
