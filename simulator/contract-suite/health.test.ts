import { describe, expect, test } from 'vitest';
import { admin, anAgent, anObject, aTarget, made, refusal, unknownId } from './broker.ts';

const time = expect.stringMatching(/^\d{4}-/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const checkedAt = '2026-03-02T09:14:40.117201Z';
const nil = '00000000-0000-0000-0000-000000000000';

describe('health of deployment objects', () => {
  test('one record per agent and object, replaced by the next report', async () => {
    const { agent, stack, objectId } = await aTarget();
    const report = (change: Record<string, unknown>) =>
      agent.call('PATCH', `/agents/${agent.id}/health-status`, {
        deployment_objects: [{ id: objectId, status: 'failing', checked_at: checkedAt, ...change }],
      });
    expect(await report({})).toMatchObject({ status: 200, text: '' });
    const summary = {
      pods_ready: 1,
      pods_total: 2,
      conditions: ['CrashLoopBackOff'],
      resources: [{ kind: 'Pod', name: 'a', namespace: 'b', ready: false, message: null }],
    };
    expect(await report({ status: 'degraded', summary })).toMatchObject({ status: 200, text: '' });
    const { body } = await admin('GET', `/deployment-objects/${objectId}/health`);
    expect(body).toEqual({
      deployment_object_id: objectId,
      health_records: [
        {
          id,
          agent_id: agent.id,
          deployment_object_id: objectId,
          status: 'degraded',
          summary: expect.any(String) as string,
          checked_at: checkedAt,
          created_at: time,
          updated_at: time,
        },
      ],
      overall_status: 'degraded',
    });
    const [record] = (body as { health_records: { summary: string }[] }).health_records;
    expect(JSON.parse(record?.summary ?? '')).toEqual({
      ...summary,
      resources: [{ kind: 'Pod', name: 'a', namespace: 'b', ready: false }],
    });
    expect((await admin('GET', `/stacks/${stack.id}/health`)).body).toEqual({
      stack_id: stack.id,
      overall_status: 'degraded',
      deployment_objects: [{ id: objectId, status: 'degraded', healthy_agents: 0, degraded_agents: 1, failing_agents: 0 }],
    });
    expect((await made('GET', `/agents/${agent.id}/fleet-status`))['record']).toMatchObject({ health_failing: 0, health_degraded: 1 });
  });
  test('a batch is all or nothing', async () => {
    const { agent, stack, objectId } = await aTarget();
    const good = { id: objectId, status: 'healthy', checked_at: checkedAt };
    const patch = (rows: unknown[], agentId = agent.id) => admin('PATCH', `/agents/${agentId}/health-status`, { deployment_objects: rows });
    const newest = await anObject(stack.id);
    expect(await patch([good, { ...good, id: newest, status: 'fine' }])).toMatchObject(refusal(422, 'invalid_health_record'));
    expect(await patch([good, { ...good, id: nil }])).toMatchObject(refusal(422, 'invalid_health_record'));
    expect(await patch([good, { ...good, id: unknownId }])).toMatchObject(
      refusal(422, 'foreign_key_violation', 'deployment_health_deployment_object_id_fkey'),
    );
    expect(await patch([good, good])).toMatchObject(refusal(500, 'internal_error'));
    expect(await patch([good], unknownId)).toMatchObject(refusal(422, 'foreign_key_violation', 'deployment_health_agent_id_fkey'));
    expect(await patch([{ ...good, id: nil, status: 'fine' }], nil)).toMatchObject({ status: 422, body: { message: 'Invalid agent ID' } });
    expect(await patch([], nil)).toMatchObject({ status: 200 });
    expect(await patch([{ ...good, summary: 'x' }])).toMatchObject({ status: 422 });
    expect(await patch([])).toMatchObject({ status: 200, text: '' });
    expect((await admin('GET', `/deployment-objects/${objectId}/health`)).body).toMatchObject({
      health_records: [],
      overall_status: 'unknown',
    });
  });
  test('the worst decides, and a single healthy agent outweighs all that do not know', async () => {
    const { agent, generator, objectId } = await aTarget();
    const [second, third] = [await anAgent([generator.id]), await anAgent([generator.id])];
    const report = (agentId: string, status: string) =>
      made('PATCH', `/agents/${agentId}/health-status`, { deployment_objects: [{ id: objectId, status, checked_at: checkedAt }] });
    const overall = async () => (await made('GET', `/deployment-objects/${objectId}/health`))['overall_status'];
    await report(agent.id, 'unknown');
    expect(await overall()).toBe('unknown');
    await report(second.id, 'healthy');
    expect(await overall()).toBe('healthy');
    await report(third.id, 'failing');
    expect(await overall()).toBe('failing');
  });
  test('what is not known is unknown; only admins ask', async () => {
    const { agent, generator, stack, objectId } = await aTarget();
    expect((await admin('GET', `/stacks/${unknownId}/health`)).body).toEqual({
      stack_id: unknownId,
      overall_status: 'unknown',
      deployment_objects: [],
    });
    for (const call of [generator.call, agent.call]) {
      expect(await call('GET', `/stacks/${stack.id}/health`)).toMatchObject(refusal(403, 'admin_required'));
      expect(await call('GET', `/deployment-objects/${objectId}/health`)).toMatchObject(refusal(403, 'admin_required'));
    }
    expect(await generator.call('PATCH', `/agents/${agent.id}/health-status`, { deployment_objects: [] })).toMatchObject(
      refusal(403, 'agent_pak_mismatch'),
    );
  });
});
