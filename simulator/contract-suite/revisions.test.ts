import { describe, expect, test } from 'vitest';
import { admin, aGenerator, anAgent, anObject, aStack, aTarget, made, refusal } from './broker.ts';

interface Row {
  id: string;
  sequence_id: number;
}
const checkedAt = '2026-03-02T09:14:40Z';
const rows = (body: unknown) => body as Row[];
const report = (agentId: string, objectId: string, status: string) =>
  made('PATCH', `/agents/${agentId}/health-status`, { deployment_objects: [{ id: objectId, status, checked_at: checkedAt }] });
const full = (agentId: string) => admin('GET', `/agents/${agentId}/target-state?mode=full`).then(({ body }) => rows(body));

describe('revisions of a stack', () => {
  test('a posted marker is the newest revision: agents are given it, empty as it is', async () => {
    const { agent, stack, objectId } = await aTarget();
    const marker = await made('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: '', is_deletion_marker: true });
    expect(await full(agent.id)).toEqual([marker]);
    expect(rows((await admin('GET', `/stacks/${stack.id}/deployment-objects`)).body).map(({ id }) => id)).toEqual([marker['id'], objectId]);
    expect((await made('GET', `/agents/${agent.id}/fleet-status`))['record']).toMatchObject({ pending_object_count: 1 });
  });
  test('a marker with a manifest is kept as it was posted', async () => {
    const { agent, stack } = await aTarget();
    const marker = await made('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: 'a: 1', is_deletion_marker: true });
    expect(marker).toMatchObject({ yaml_content: 'a: 1', is_deletion_marker: true });
    expect(await full(agent.id)).toEqual([marker]);
  });
  test('a deleted stack takes a number for its own marker, which nobody is given', async () => {
    const { agent, generator, stack } = await aTarget();
    const other = await aStack(generator.id);
    const submit = () => made('POST', `/stacks/${other.id}/deployment-objects`, { yaml_content: 'a: 1' });
    const before = (await submit())['sequence_id'] as number;
    await made('DELETE', `/stacks/${stack.id}`);
    expect((await submit())['sequence_id'] as number).toBeGreaterThanOrEqual(before + 2);
    expect(await full(agent.id)).toEqual([]);
    expect(await admin('GET', `/stacks/${stack.id}/deployment-objects`)).toMatchObject(refusal(404, 'stack_not_found'));
    expect(await admin('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: 'a: 1' })).toMatchObject(
      refusal(404, 'stack_not_found'),
    );
  });
  test('a generator submits to its own stacks only, an agent to none', async () => {
    const { agent, generator, stack } = await aTarget();
    const foreign = await aGenerator();
    const yaml = { yaml_content: 'a: 1' };
    expect(await generator.call('POST', `/stacks/${stack.id}/deployment-objects`, yaml)).toMatchObject({ status: 201 });
    for (const call of [foreign.call, agent.call]) {
      expect(await call('POST', `/stacks/${stack.id}/deployment-objects`, yaml)).toMatchObject(refusal(403, 'stack_not_owned'));
      expect(await call('GET', `/stacks/${stack.id}/deployment-objects`)).toMatchObject(refusal(403, 'stack_not_owned'));
      expect(await call('DELETE', `/stacks/${stack.id}`)).toMatchObject(refusal(403, 'stack_not_owned'));
    }
  });
  test('what is refused for its manifest is refused after the stack and its owner were looked at', async () => {
    const { stack } = await aTarget();
    const foreign = await aGenerator();
    expect(await foreign.call('POST', `/stacks/${stack.id}/deployment-objects`, { yaml_content: '' })).toMatchObject(
      refusal(403, 'stack_not_owned'),
    );
    expect(await admin('POST', `/stacks/abc/deployment-objects`, { yaml_content: '' })).toMatchObject({ status: 400 });
  });
});

describe('a stack as a whole', () => {
  test('the time of its making can be written, the one of its change cannot', async () => {
    const stack = await aStack((await aGenerator()).id);
    const row = await made('GET', `/stacks/${stack.id}`);
    const changed = await made('PUT', `/stacks/${stack.id}`, {
      ...row,
      created_at: '2020-01-02T03:04:05Z',
      updated_at: '2020-01-02T03:04:05Z',
    });
    expect(changed['created_at']).toBe('2020-01-02T03:04:05Z');
    expect(Date.parse(String(changed['updated_at']))).toBeGreaterThanOrEqual(Date.parse(String(row['updated_at'])));
    for (const missing of ['id', 'created_at', 'updated_at', 'name', 'generator_id']) {
      const body = Object.fromEntries(Object.entries(row).filter(([key]) => key !== missing));
      const refused = await admin('PUT', `/stacks/${stack.id}`, body);
      expect(refused.status).toBe(422);
      expect(refused.text).toContain(`missing field \`${missing}\``);
    }
  });
  test('its labels and annotations can be read by an admin after it is gone, and not be written', async () => {
    const stack = await aStack((await aGenerator()).id);
    await made('POST', `/stacks/${stack.id}/labels`, '"a/b"', { 'content-type': 'application/json' });
    await made('POST', `/stacks/${stack.id}/annotations`, { stack_id: stack.id, key: 'k', value: 'v' });
    await made('DELETE', `/stacks/${stack.id}`);
    expect((await admin('GET', `/stacks/${stack.id}/labels`)).body).toMatchObject([{ label: 'a/b' }]);
    expect((await admin('GET', `/stacks/${stack.id}/annotations`)).body).toMatchObject([{ key: 'k', value: 'v' }]);
    expect(await admin('DELETE', `/stacks/${stack.id}/labels/a%2Fb`)).toMatchObject(refusal(404, 'stack_not_found'));
  });
  test('one old failing revision keeps it failing; with the stack its health goes, with the object it stays', async () => {
    const { agent, stack, objectId } = await aTarget();
    const newest = await anObject(stack.id);
    await report(agent.id, objectId, 'failing');
    await report(agent.id, newest, 'healthy');
    const { body } = await admin('GET', `/stacks/${stack.id}/health`);
    expect(body).toMatchObject({ overall_status: 'failing' });
    expect(new Set((body as { deployment_objects: unknown[] }).deployment_objects)).toEqual(
      new Set([
        { id: objectId, status: 'failing', healthy_agents: 0, degraded_agents: 0, failing_agents: 1 },
        { id: newest, status: 'healthy', healthy_agents: 1, degraded_agents: 0, failing_agents: 0 },
      ]),
    );
    await made('DELETE', `/stacks/${stack.id}`);
    expect((await admin('GET', `/stacks/${stack.id}/health`)).body).toMatchObject({ overall_status: 'unknown', deployment_objects: [] });
    expect((await admin('GET', `/deployment-objects/${objectId}/health`)).body).toMatchObject({ overall_status: 'failing' });
    expect((await made('GET', `/agents/${agent.id}/fleet-status`))['record']).toMatchObject({ health_failing: 1 });
  });
  test('agents that know nothing are counted in none of its three numbers; the newest look comes first', async () => {
    const { agent, generator, stack, objectId } = await aTarget();
    const other = await anAgent([generator.id]);
    await report(agent.id, objectId, 'unknown');
    await made('PATCH', `/agents/${other.id}/health-status`, {
      deployment_objects: [{ id: objectId, status: 'degraded', checked_at: '2026-03-02T10:00:00Z' }],
    });
    expect((await admin('GET', `/stacks/${stack.id}/health`)).body).toMatchObject({
      overall_status: 'degraded',
      deployment_objects: [{ id: objectId, status: 'degraded', healthy_agents: 0, degraded_agents: 1, failing_agents: 0 }],
    });
    const { health_records: records } = await made('GET', `/deployment-objects/${objectId}/health`);
    expect((records as { agent_id: string }[]).map((record) => record.agent_id)).toEqual([other.id, agent.id]);
  });
  test('its agents’ answers go with an agent, their health stays', async () => {
    const { agent, objectId } = await aTarget();
    const event = { agent_id: agent.id, deployment_object_id: objectId, event_type: 'DEPLOY', status: 'SUCCESS' };
    const { id } = await made('POST', `/agents/${agent.id}/events`, event);
    await report(agent.id, objectId, 'healthy');
    await made('DELETE', `/agents/${agent.id}`);
    expect(await admin('GET', `/agent-events/${String(id)}`)).toMatchObject(refusal(404, 'agent_event_not_found'));
    expect((await made('GET', `/deployment-objects/${objectId}/health`))['overall_status']).toBe('healthy');
  });
});

describe('consent to the system generator', () => {
  test('every agent has it, so a stack of the system’s own matches any agent by label', async () => {
    const agent = await anAgent();
    const [registration] = rows((await admin('GET', `/agents/${agent.id}/registrations`)).body) as unknown as { generator_id: string }[];
    const stack = await aStack(registration?.generator_id ?? '');
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: stack.name });
    await made('POST', `/stacks/${stack.id}/labels`, JSON.stringify(stack.name), { 'content-type': 'application/json' });
    expect(rows((await admin('GET', `/agents/${agent.id}/stacks`)).body).map(({ id }) => id)).toEqual([stack.id]);
    await made('DELETE', `/generators/${registration?.generator_id ?? ''}/register`, { agent_id: agent.id });
    expect((await admin('GET', `/agents/${agent.id}/stacks`)).body).toEqual([]);
  });
});
