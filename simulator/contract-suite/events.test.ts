import { describe, expect, test } from 'vitest';
import { admin, aGenerator, anAgent, anObject, aTarget, made, refusal, unknownId } from './broker.ts';

const time = expect.stringMatching(/^\d{4}-/);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
interface Row {
  id: string;
}
const idsOf = (rows: unknown) => (rows as Row[]).map((row) => row.id);

describe('events of agents', () => {
  test('an agent reports, newest first', async () => {
    const { agent, objectId } = await aTarget();
    const event = { agent_id: agent.id, deployment_object_id: objectId, event_type: 'DEPLOY', status: 'SUCCESS' };
    const path = `/agents/${agent.id}/events`;
    const first = await agent.call('POST', path, event);
    expect(first).toMatchObject({ status: 201 });
    expect(first.body).toEqual({ id, created_at: time, updated_at: time, deleted_at: null, ...event, message: null });
    const second = (await admin('POST', path, { ...event, status: 'FAILURE', message: 'quota exceeded' })).body;
    expect((await admin('GET', path)).body).toEqual([second, first.body]);
    expect((await admin('GET', `/agent-events/${(second as Row).id}`)).body).toEqual(second);
    expect(idsOf((await admin('GET', '/agent-events')).body)).toContain((second as Row).id);
    expect(await admin('GET', `/agent-events/${unknownId}`)).toMatchObject(refusal(404, 'agent_event_not_found'));
  });
  test('refusals, in their order', async () => {
    const { agent, objectId } = await aTarget();
    const other = await anAgent();
    const event = { agent_id: agent.id, deployment_object_id: objectId, event_type: 'DEPLOY', status: 'SUCCESS' };
    const post = (change: Record<string, unknown>, agentId = agent.id) =>
      admin('POST', `/agents/${agentId}/events`, { ...event, ...change });
    expect(await other.call('POST', `/agents/${agent.id}/events`, event)).toMatchObject(refusal(403, 'agent_pak_mismatch'));
    expect(await post({ agent_id: other.id, deployment_object_id: unknownId })).toMatchObject(refusal(400, 'agent_id_mismatch'));
    expect(await post({ deployment_object_id: unknownId })).toMatchObject(refusal(422, 'foreign_key_violation', 'fk_deployment_object'));
    expect(await post({ agent_id: unknownId }, unknownId)).toMatchObject(refusal(422, 'foreign_key_violation', 'fk_agent'));
    expect(await post({ status: 'SUCCESSSUCC' })).toMatchObject(refusal(500, 'internal_error'));
    expect(await post({ event_type: 'x'.repeat(51) })).toMatchObject(refusal(500, 'internal_error'));
    expect(await post({ event_type: '', status: '' })).toMatchObject({ status: 201 });
  });
  test('the whole feed is an admin’s, narrowed by whom the agents are registered with', async () => {
    const { agent, generator, objectId } = await aTarget();
    await made('POST', `/agents/${agent.id}/events`, {
      agent_id: agent.id,
      deployment_object_id: objectId,
      event_type: 'DEPLOY',
      status: 'SUCCESS',
    });
    for (const call of [generator.call, agent.call])
      expect(await call('GET', '/agent-events')).toMatchObject(refusal(403, 'admin_required'));
    expect((await admin('GET', `/agent-events?pak_id=${generator.id}`)).body).toMatchObject([{ agent_id: agent.id }]);
    expect((await admin('GET', `/agent-events?pak_id=${(await aGenerator()).id}`)).body).toEqual([]);
    expect((await admin('GET', `/agent-events?pak_id=${unknownId}`)).body).toEqual([]);
  });
});

describe('target state', () => {
  const state = async (agentId: string, query = '') => idsOf((await admin('GET', `/agents/${agentId}/target-state${query}`)).body);
  const pending = async (agentId: string) =>
    ((await made('GET', `/agents/${agentId}/fleet-status`))['record'] as { pending_object_count: number }).pending_object_count;
  test.each(['SUCCESS', 'FAILURE', 'whatever'])('the newest object of a stack is wanted until the agent says %s', async (status) => {
    const { agent, stack, objectId } = await aTarget();
    const newest = await anObject(stack.id);
    expect(await state(agent.id)).toEqual([newest]);
    expect(await pending(agent.id)).toBe(1);
    await made('POST', `/agents/${agent.id}/events`, { agent_id: agent.id, deployment_object_id: newest, event_type: 'DEPLOY', status });
    expect(await state(agent.id)).toEqual([]);
    expect(await state(agent.id, '?mode=incremental')).toEqual([]);
    expect(await state(agent.id, '?mode=FULL')).toEqual([]);
    expect(await state(agent.id, '?mode=full')).toEqual([newest]);
    expect(await pending(agent.id)).toBe(0);
    expect(newest).not.toBe(objectId);
  });
  test('the newest object comes first, and what another agent said does not count', async () => {
    const { agent, generator, objectId } = await aTarget();
    const neighbour = await anAgent([generator.id]);
    const stack = (await made('POST', '/stacks', { name: `stack-${agent.id}`, generator_id: generator.id })) as unknown as Row;
    const second = await anObject(stack.id);
    for (const { id: agentId } of [agent, neighbour])
      await made('POST', `/agents/${agentId}/targets`, { agent_id: agentId, stack_id: stack.id });
    await made('POST', `/agents/${neighbour.id}/events`, {
      agent_id: neighbour.id,
      deployment_object_id: second,
      event_type: 'DEPLOY',
      status: 'SUCCESS',
    });
    expect(await state(agent.id)).toEqual([second, objectId]);
    expect(await pending(neighbour.id)).toBe(0);
  });
});
