import { describe, expect, test } from 'vitest';
import { bundleOf } from './manifests.ts';
import { scenarioNames, type ScenarioName } from './scenarios.ts';
import { createSimulator } from './simulator.ts';
import { manualClock } from './testing/manual-clock.ts';

const adminPak = `brokkr_BRscene00_${'x'.repeat(32)}`;
const decoder = new TextDecoder();
interface Revision {
  id: string;
  sequence_id: number;
  yaml_content: string;
  yaml_checksum: string;
  is_deletion_marker: boolean;
  submitted_at: string;
}
interface Named {
  id: string;
  name: string;
}

function stage(scenario: ScenarioName) {
  const clock = manualClock();
  const simulator = createSimulator({ seed: 1, clock, scenario, adminPak });
  const ask = async <T>(path: string, method = 'GET', body?: string): Promise<T> => {
    const headers = { authorization: adminPak, 'content-type': 'application/yaml' };
    const answer = await simulator.send({
      method,
      path: `/api/v1${path}`,
      headers,
      body: body === undefined ? undefined : new TextEncoder().encode(body),
    });
    return JSON.parse(decoder.decode(answer.bytes) || 'null') as T;
  };
  const stacks = () => ask<Named[]>('/stacks');
  const revisions = (stackId: string) => ask<Revision[]>(`/stacks/${stackId}/deployment-objects`);
  const stackOf = async (name: string) => (await stacks()).find((stack) => stack.name === name)?.id ?? '';
  const answersTo = async (objectId: string) =>
    (await ask<{ agent_id: string; deployment_object_id: string; status: string; message: string | null }[]>('/agent-events')).filter(
      (event) => event.deployment_object_id === objectId,
    );
  const reached = async (stackId: string) => {
    const agents = await ask<(Named & { cluster_name: string })[]>('/agents');
    const serving = await Promise.all(
      agents.map(async (agent) => ((await ask<Named[]>(`/agents/${agent.id}/stacks`)).some(({ id }) => id === stackId) ? [agent] : [])),
    );
    return serving.flat();
  };
  return { clock, simulator, ask, stacks, revisions, stackOf, answersTo, reached };
}

describe('the ordinary world', () => {
  test('has stacks with three to eight revisions that people could have written, in the order of one sequence', async () => {
    const { stacks, revisions } = stage('default');
    const all = (await Promise.all((await stacks()).map(({ id }) => revisions(id)))).filter((rows) => rows.length > 0);
    for (const rows of all) {
      expect(rows.length).toBeGreaterThanOrEqual(3);
      expect(rows.length).toBeLessThanOrEqual(8);
      for (const { yaml_content: yaml, is_deletion_marker: isMarker } of rows) if (!isMarker) expect(bundleOf(yaml).fault, yaml).toBeNull();
    }
    const flat = all.flat().toSorted((a, b) => a.sequence_id - b.sequence_id);
    expect(flat.map((row) => row.submitted_at)).toEqual(flat.map((row) => row.submitted_at).toSorted());
    expect(flat.filter(({ yaml_content: yaml }) => yaml.includes('\n---\n')).length).toBeGreaterThan(20);
    expect(flat.filter(({ is_deletion_marker: isMarker }) => isMarker)).toHaveLength(1);
  });
  test('has one stack that reaches nobody, and agents that share a label without having consented', async () => {
    const { ask, simulator, stackOf, reached } = stage('default');
    expect(await reached(await stackOf('audit-archive'))).toEqual([]);
    const baseline = await stackOf('node-baseline');
    const { id } = simulator.agents.find('sidekick@fra-prod-2');
    expect(await ask<{ label: string }[]>(`/agents/${id}/labels`)).toContainEqual(expect.objectContaining({ label: 'env:prod' }));
    expect((await reached(baseline)).map((agent) => agent.id)).not.toContain(id);
  });
  test('has agents that answered seconds after each revision came, and one whose cluster does not admit the newest image', async () => {
    const { simulator, stackOf, revisions, answersTo } = stage('default');
    const [newest, older] = await revisions(await stackOf('shop-web'));
    const refusing = simulator.agents.find('shop-runner@ams-prod-1').id;
    expect((await answersTo(newest?.id ?? '')).filter(({ status }) => status !== 'SUCCESS')).toMatchObject([
      { agent_id: refusing, message: 'admission webhook denied the request: image registry not allowed' },
    ]);
    expect((await answersTo(older?.id ?? '')).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'SUCCESS'));
  });
});

describe('a rollout under way', () => {
  const clusters = { 'fra-prod-2': 9, 'edge-eu': 5, 'iad-prod-1': 7, 'fra-prod-1': 9, 'dub-prod-1': 8 };
  test('reaches 38 agents in five clusters; 28 applied the newest revision, three refused it, seven did not answer', async () => {
    const { clock, stackOf, revisions, answersTo, reached } = stage('mid-rollout');
    const ledger = await stackOf('ledger');
    const rows = await revisions(ledger);
    expect(rows.map((row) => row.sequence_id)).toEqual([4182, 4131, 4077, 3968, 3902, 3811, 3760, 3744]);
    expect(clock.now() - Date.parse(rows[0]?.submitted_at ?? '')).toBe(180_000);
    const agents = await reached(ledger);
    const byCluster = Object.fromEntries(
      Object.keys(clusters).map((name) => [name, agents.filter((agent) => agent.cluster_name === name).length]),
    );
    expect(byCluster).toEqual(clusters);
    const answers = await Promise.all(rows.map(async ({ id }) => (await answersTo(id)).map(({ status }) => status)));
    expect(answers.map((statuses) => statuses.length)).toEqual([31, 38, 38, 37, 36, 36, 22, 22]);
    expect(answers[0]?.filter((status) => status === 'FAILURE')).toHaveLength(3);
  });
  test('stays so for minutes: healthy are looked at, the stuck stay pending, the stale stay stale', async () => {
    const { clock, ask, stackOf, revisions } = stage('mid-rollout');
    clock.advance(240_000);
    const [newest] = await revisions(await stackOf('ledger'));
    const { health_records: records } = await ask<{ health_records: { status: string; checked_at: string }[] }>(
      `/deployment-objects/${newest?.id ?? ''}/health`,
    );
    const count = (status: string) => records.filter((record) => record.status === status).length;
    expect([count('healthy'), count('degraded'), count('failing')]).toEqual([25, 2, 1]);
    for (const { checked_at: at } of records) expect(clock.now() - Date.parse(at)).toBeLessThan(80_000);
    const fleet = await ask<{ pending_object_count: number; heartbeat_age_seconds: number }[]>('/fleet');
    expect(fleet.filter((row) => row.pending_object_count > 0)).toHaveLength(7);
    expect(fleet.filter((row) => row.heartbeat_age_seconds > 600)).toHaveLength(1);
    expect(fleet.filter((row) => row.heartbeat_age_seconds > 90 && row.heartbeat_age_seconds <= 600)).toHaveLength(2);
  });
  test('going back heals all but those that are stuck or away', async () => {
    const { clock, ask, stackOf, revisions, answersTo } = stage('mid-rollout');
    const ledger = await stackOf('ledger');
    const [, before] = await revisions(ledger);
    const { id } = await ask<Revision>(`/stacks/${ledger}/deployment-objects`, 'POST', before?.yaml_content);
    clock.advance(30_000);
    const answers = await answersTo(id);
    expect(answers.filter(({ status }) => status === 'SUCCESS')).toHaveLength(31);
    expect(await ask(`/deployment-objects/${id}/health`)).toMatchObject({ overall_status: 'healthy' });
  });
});

test.each(scenarioNames)('%s has no two agents of one name in one cluster, nor two stacks of one name', async (scenario) => {
  const { ask, stacks, simulator } = stage(scenario);
  simulator.faults.clear();
  const agents = (await ask<(Named & { cluster_name: string })[]>('/agents')).map((agent) => `${agent.name}@${agent.cluster_name}`);
  const names = (await stacks()).map(({ name }) => name);
  expect(new Set(agents).size).toBe(agents.length);
  expect(new Set(names).size).toBe(names.length);
});

test('a fleet of ten thousand starts in seconds, and most of it runs what it is served', { timeout: 60_000 }, async () => {
  const started = performance.now();
  const { ask, stackOf, revisions, answersTo } = stage('fleet-10k');
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await ask<unknown[]>('/fleet')).toHaveLength(10_000);
  const [newest] = await revisions(await stackOf('till-app'));
  const answers = await answersTo(newest?.id ?? '');
  expect(answers.length).toBeGreaterThan(1000);
  expect(answers.filter(({ status }) => status === 'SUCCESS').length / answers.length).toBeGreaterThan(0.98);
  expect((await answersTo((await revisions(await stackOf('self-checkout')))[0]?.id ?? '')).length).toBeGreaterThan(900);
});
