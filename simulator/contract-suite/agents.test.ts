import { describe, expect, test } from 'vitest';
import { aGenerator, anAgent, aStack, anObject, admin, as, made, refusal, unique, unknownId } from './broker.ts';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const id = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const pak = expect.stringMatching(/^brokkr_BR\w{6}_[1-9A-HJ-NP-Za-km-z]{31,33}$/);
interface Agent {
  id: string;
  updated_at: string;
}

describe('making agents', () => {
  test('an agent starts inactive, never heard of, registered with the system generator and those named', async () => {
    const generator = await aGenerator();
    const [name, cluster] = [unique(' agent '), unique('cluster')];
    const answer = await admin('POST', '/agents', { name, cluster_name: cluster, generator_ids: [generator.id], unknown: 1 });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      agent: {
        id,
        created_at: time,
        updated_at: time,
        deleted_at: null,
        name,
        cluster_name: cluster,
        last_heartbeat: null,
        status: 'INACTIVE',
        k8s_reachable: null,
        k8s_api_latency_ms: null,
        k8s_reported_at: null,
      },
      initial_pak: pak,
    });
    const { agent } = answer.body as { agent: Agent };
    const rows = (await admin('GET', `/agents/${agent.id}/registrations`)).body as { generator_id: string; agent_id: string }[];
    expect(rows).toEqual([
      { id, agent_id: agent.id, generator_id: id, registered_at: time },
      { id, agent_id: agent.id, generator_id: generator.id, registered_at: time },
    ]);
    expect((await admin('GET', `/generators/${rows[0]?.generator_id ?? ''}`)).body).toMatchObject({ name: '__system__', is_system: true });
  });
  test.each([
    [{ name: ' ', cluster_name: 'x' }, 400, 'invalid_agent'],
    [{ name: 'x', cluster_name: '\t' }, 400, 'invalid_agent'],
    [{ name: 'x', cluster_name: 'y', generator_ids: [unknownId] }, 400, 'invalid_generator_id'],
    [{ name: 'x'.repeat(256), cluster_name: 'y' }, 500, 'internal_error'],
    [{ name: 'x', cluster_name: 'y'.repeat(256) }, 500, 'internal_error'],
  ])('%#: refused', async (body, status, code) => {
    expect(await admin('POST', '/agents', body)).toMatchObject(refusal(status, code));
  });
  test('name and cluster together are unique among those not deleted', async () => {
    const agent = await anAgent();
    const twin = { name: agent.name, cluster_name: agent.cluster };
    expect(await admin('POST', '/agents', twin)).toMatchObject(refusal(409, 'unique_violation', 'unique_agent_cluster'));
    expect((await admin('POST', '/agents', { ...twin, cluster_name: unique('other') })).status).toBe(201);
    await made('DELETE', `/agents/${agent.id}`);
    expect((await admin('POST', '/agents', twin)).status).toBe(201);
  });
  test('a generator named twice is a conflict that leaves the agent behind', async () => {
    const generator = await aGenerator();
    const [name, cluster] = [unique('agent'), unique('cluster')];
    const answer = await admin('POST', '/agents', { name, cluster_name: cluster, generator_ids: [generator.id, generator.id] });
    expect(answer).toMatchObject(refusal(409, 'unique_violation', 'agent_generator_registrations_agent_id_generator_id_key'));
    expect(await admin('GET', `/agents/?name=${name}&cluster_name=${cluster}`)).toMatchObject({ status: 200, body: { name } });
  });
});

describe('reading agents', () => {
  test('by id, by name and cluster, in the list', async () => {
    const agent = await anAgent();
    const { body } = await admin('GET', `/agents/${agent.id}`);
    expect(body).toMatchObject({ id: agent.id, name: agent.name });
    expect((await admin('GET', `/agents/?name=${agent.name}&cluster_name=${agent.cluster}`)).body).toEqual(body);
    expect((await admin('GET', '/agents')).body).toContainEqual(body);
  });
  test.each([
    ['/agents/?name=a', 400, 'name_and_cluster_required'],
    ['/agents/?cluster_name=a', 400, 'name_and_cluster_required'],
    ['/agents/?name=&cluster_name=', 404, 'agent_not_found'],
    [`/agents/${unknownId}`, 404, 'agent_not_found'],
    [`/agents/${unknownId}/registrations`, 404, 'agent_not_found'],
    [`/agents/${unknownId}/fleet-status`, 404, 'agent_not_found'],
  ])('%s', async (path, status, code) => {
    expect(await admin('GET', path)).toMatchObject(refusal(status, code));
  });
  test.each(['stacks', 'target-state', 'events', 'labels', 'annotations', 'targets'])('an unknown agent has no %s', async (what) => {
    expect(await admin('GET', `/agents/${unknownId}/${what}`)).toMatchObject({ status: 200, body: [] });
  });
});

describe('changing agents', () => {
  test('only the strings name, cluster_name and status are merged', async () => {
    const agent = await anAgent();
    const name = unique('renamed');
    const answer = await admin('PUT', `/agents/${agent.id}`, {
      name,
      status: 'ACTIVE',
      cluster_name: 7,
      last_heartbeat: '2026-01-01T00:00:00Z',
    });
    expect(answer).toMatchObject({ status: 200, body: { name, status: 'ACTIVE', cluster_name: agent.cluster, last_heartbeat: null } });
    expect(await admin('PUT', `/agents/${agent.id}`, { status: 'whatever', name: ' ' })).toMatchObject({
      status: 200,
      body: { status: 'whatever', name: ' ' },
    });
  });
  test.each(['{}', '[1]', '1', 'null'])('%s changes nothing but updated_at', async (body) => {
    const agent = await anAgent();
    const before = (await admin('GET', `/agents/${agent.id}`)).body as Agent;
    const answer = await admin('PUT', `/agents/${agent.id}`, body, { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 200, body: { ...before, updated_at: time } });
    expect((answer.body as Agent).updated_at).not.toBe(before.updated_at);
  });
  test('what does not fit, what is taken, what is not there', async () => {
    const [agent, other] = [await anAgent(), await anAgent()];
    expect(await admin('PUT', `/agents/${agent.id}`, { status: 'x'.repeat(51) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await admin('PUT', `/agents/${agent.id}`, { name: 'a\u0000' })).toMatchObject(refusal(500, 'internal_error'));
    const taken = { name: other.name, cluster_name: other.cluster };
    expect(await admin('PUT', `/agents/${agent.id}`, taken)).toMatchObject(refusal(409, 'unique_violation', 'unique_agent_cluster'));
    expect(await admin('PUT', `/agents/${unknownId}`, {})).toMatchObject(refusal(404, 'agent_not_found'));
  });
  test('an agent may change itself, no other may', async () => {
    const [agent, other] = [await anAgent(), await anAgent()];
    expect(await agent.call('PUT', `/agents/${agent.id}`, { status: 'ACTIVE' })).toMatchObject({ status: 200, body: { status: 'ACTIVE' } });
    expect(await other.call('PUT', `/agents/${agent.id}`, {})).toMatchObject(refusal(403, 'agent_pak_mismatch'));
  });
});

describe('keys of agents', () => {
  test('a rotation is 200, and the key before it is dead at once', async () => {
    const agent = await anAgent();
    const answer = await admin('POST', `/agents/${agent.id}/rotate-pak`);
    expect(answer).toMatchObject({ status: 200, body: { agent: { id: agent.id }, pak } });
    expect(await agent.call('GET', `/agents/${agent.id}`)).toMatchObject({ status: 401, text: '' });
    const renewed = as((answer.body as { pak: string }).pak);
    expect(await renewed('GET', `/agents/${agent.id}`)).toMatchObject({ status: 200 });
    expect(await renewed('POST', `/agents/${agent.id}/rotate-pak`)).toMatchObject({ status: 200 });
    expect(await admin('POST', `/agents/${unknownId}/rotate-pak`)).toMatchObject(refusal(404, 'agent_not_found'));
  });
});

describe('deleting agents', () => {
  test('it is 204 for any id, and what hung on the agent stays', async () => {
    const generator = await aGenerator();
    const agent = await anAgent([generator.id]);
    const stack = await aStack(generator.id);
    const objectId = await anObject(stack.id);
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: 'x' });
    await made('POST', `/agents/${agent.id}/events`, {
      agent_id: agent.id,
      deployment_object_id: objectId,
      event_type: 'DEPLOY',
      status: 'SUCCESS',
    });
    for (let times = 0; times < 2; times += 1)
      expect(await admin('DELETE', `/agents/${agent.id}`)).toMatchObject({ status: 204, text: '' });
    expect(await admin('DELETE', `/agents/${unknownId}`)).toMatchObject({ status: 204 });
    expect(await admin('GET', `/agents/${agent.id}`)).toMatchObject(refusal(404, 'agent_not_found'));
    expect((await admin('GET', '/agents')).body).not.toContainEqual(expect.objectContaining({ id: agent.id }));
    expect((await admin('GET', `/agents/${agent.id}/labels`)).body).toMatchObject([{ label: 'x' }]);
    expect((await admin('GET', `/agents/${agent.id}/events`)).body).toEqual([]);
    expect((await admin('GET', `/generators/${generator.id}/registered-agents`)).body).toMatchObject([{ agent_id: agent.id }]);
    expect(await agent.call('GET', `/agents/${agent.id}`)).toMatchObject({ status: 401 });
  });
});

describe('white space in names', () => {
  test('it is Unicode’s: a next-line character is blank, a byte order mark is not', async () => {
    const post = (name: string) => admin('POST', '/agents', { name, cluster_name: unique('cluster') });
    for (const blank of ['\u0085', '\u00a0\u2003\t']) expect(await post(blank)).toMatchObject(refusal(400, 'invalid_agent'));
    for (const seen of ['\ufeff', '\u200b']) expect(await post(seen)).toMatchObject({ status: 201 });
  });
});

describe('heartbeats', () => {
  const beat = async (body: unknown, headers: Record<string, string> = {}) => {
    const agent = await anAgent();
    await agent.call('POST', `/agents/${agent.id}/heartbeat`, { k8s_reachable: true, k8s_api_latency_ms: 11 });
    expect(await agent.call('POST', `/agents/${agent.id}/heartbeat`, body, headers)).toMatchObject({ status: 204, text: '' });
    return (await admin('GET', `/agents/${agent.id}`)).body;
  };
  test.each([
    undefined,
    '{',
    { k8s_reachable: 'x' },
    { k8s_api_latency_ms: 4 },
    { k8s_reachable: false, k8s_api_latency_ms: 99_999_999_999 },
    [false],
    '{"k8s_reachable":false}',
  ])('body %#: counts, and says nothing of Kubernetes', async (body) => {
    expect(await beat(body)).toMatchObject({
      last_heartbeat: time,
      k8s_reachable: true,
      k8s_api_latency_ms: 11,
      k8s_reported_at: time,
      status: 'INACTIVE',
    });
  });
  test('its body is read as JSON by its media type, up to 2 MiB and whatever follows it', async () => {
    const json = { 'content-type': 'application/json' };
    const known = { k8s_reachable: true, k8s_api_latency_ms: 11 };
    expect(await beat('{"k8s_reachable":false}', { 'content-type': 'text/plain' })).toMatchObject(known);
    expect(await beat(`{"k8s_reachable":false}${' '.repeat(2_097_130)}`, json)).toMatchObject(known);
    expect(await beat('{"k8s_reachable":false} x', json)).toMatchObject({ k8s_reachable: false });
    expect(await beat([false, -2_147_483_648])).toMatchObject({ k8s_reachable: false, k8s_api_latency_ms: -2_147_483_648 });
  });
  test('one that speaks of Kubernetes overwrites the latency too', async () => {
    expect(await beat({ k8s_reachable: false })).toMatchObject({ k8s_reachable: false, k8s_api_latency_ms: null, k8s_reported_at: time });
  });
  test('it is the agent’s own to send', async () => {
    const [agent, other] = [await anAgent(), await anAgent()];
    for (const call of [admin, other.call])
      expect(await call('POST', `/agents/${agent.id}/heartbeat`)).toMatchObject(refusal(403, 'agent_pak_mismatch'));
  });
});
