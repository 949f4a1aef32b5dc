import { describe, expect, test } from 'vitest';
import { admin, aGenerator, anAgent, aStack, aTarget, made, refusal, unknownId } from './broker.ts';

const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const time = expect.stringMatching(/^\d{4}-/);

describe('registrations', () => {
  test('an admin names the agent, an agent is itself whatever it names', async () => {
    const [generator, agent, other] = [await aGenerator(), await anAgent(), await anAgent()];
    const path = `/generators/${generator.id}/register`;
    const row = { id, agent_id: agent.id, generator_id: generator.id, registered_at: time };
    expect(await admin('POST', path, { agent_id: agent.id })).toMatchObject({ status: 201, body: row });
    expect(await admin('POST', path, { agent_id: agent.id })).toMatchObject(refusal(409, 'already_registered'));
    expect(await other.call('POST', path, { agent_id: agent.id })).toMatchObject({ status: 201, body: { agent_id: other.id } });
    expect((await generator.call('GET', `/generators/${generator.id}/registered-agents`)).body).toMatchObject([
      { agent_id: agent.id },
      { agent_id: other.id },
    ]);
    expect(await other.call('DELETE', path, {})).toMatchObject({ status: 204, text: '' });
    expect(await other.call('DELETE', path, {})).toMatchObject({ status: 204 });
    expect((await admin('GET', `/generators/${generator.id}/registered-agents`)).body).toHaveLength(1);
  });
  test.each(['POST', 'DELETE'])('%s refuses in this order', async (method) => {
    const [generator, agent] = [await aGenerator(), await anAgent()];
    const unknown = `/generators/${unknownId}/register`;
    expect(await admin(method, unknown)).toMatchObject({ status: 415 });
    expect(await generator.call(method, unknown, { agent_id: agent.id })).toMatchObject(refusal(403, 'forbidden'));
    expect(await admin(method, unknown, {})).toMatchObject(refusal(400, 'missing_agent_id'));
    expect(await admin(method, unknown, { agent_id: null })).toMatchObject(refusal(400, 'missing_agent_id'));
    expect(await admin(method, unknown, { agent_id: agent.id })).toMatchObject(refusal(404, 'generator_not_found'));
  });
  test('an agent that never was cannot register, but can be deregistered', async () => {
    const path = `/generators/${(await aGenerator()).id}/register`;
    expect(await admin('POST', path, { agent_id: unknownId })).toMatchObject(
      refusal(422, 'foreign_key_violation', 'agent_generator_registrations_agent_id_fkey'),
    );
    expect(await admin('DELETE', path, { agent_id: unknownId })).toMatchObject({ status: 204 });
  });
  test('deregistering takes the explicit targets on that generator’s stacks with it', async () => {
    const { agent, generator } = await aTarget();
    const kept = await aGenerator();
    const stack = await aStack(kept.id);
    await made('POST', `/generators/${kept.id}/register`, { agent_id: agent.id });
    await made('POST', `/agents/${agent.id}/targets`, { agent_id: agent.id, stack_id: stack.id });
    expect(await admin('DELETE', `/generators/${generator.id}/register`, { agent_id: agent.id })).toMatchObject({ status: 204 });
    expect((await admin('GET', `/agents/${agent.id}/targets`)).body).toMatchObject([{ stack_id: stack.id }]);
  });
  test('who may read whom is registered', async () => {
    const [generator, other, agent] = [await aGenerator(), await aGenerator(), await anAgent()];
    const path = `/generators/${generator.id}/registered-agents`;
    expect(await other.call('GET', path)).toMatchObject(refusal(403, 'not_authorized'));
    expect(await agent.call('GET', path)).toMatchObject(refusal(403, 'not_authorized'));
    expect(await admin('GET', `/generators/${unknownId}/registered-agents`)).toMatchObject(refusal(404, 'generator_not_found'));
    expect(await other.call('GET', `/generators/${unknownId}/registered-agents`)).toMatchObject(refusal(403, 'not_authorized'));
  });
});

describe('targets', () => {
  test('a target stands once, and goes once', async () => {
    const { agent, stack, generator } = await aTarget();
    const row = { agent_id: agent.id, stack_id: stack.id };
    expect((await agent.call('GET', `/agents/${agent.id}/targets`)).body).toEqual([{ id, ...row }]);
    expect(await admin('POST', `/agents/${agent.id}/targets`, row)).toMatchObject(refusal(409, 'unique_violation', 'unique_agent_stack'));
    expect(await generator.call('DELETE', `/agents/${agent.id}/targets/${stack.id}`)).toMatchObject({ status: 204, text: '' });
    expect(await admin('DELETE', `/agents/${agent.id}/targets/${stack.id}`)).toMatchObject(refusal(404, 'agent_target_not_found'));
    expect(await generator.call('POST', `/agents/${agent.id}/targets`, row)).toMatchObject({ status: 201, body: { id, ...row } });
  });
  test('refusals, in their order', async () => {
    const { agent, stack } = await aTarget();
    const [stranger, foreign] = [await anAgent(), await aGenerator()];
    const post = (call: typeof admin, agentId: string, stackId: string, named = agentId) =>
      call('POST', `/agents/${agentId}/targets`, { agent_id: named, stack_id: stackId });
    expect(await post(foreign.call, stranger.id, unknownId)).toMatchObject(refusal(404, 'stack_not_found'));
    expect(await post(foreign.call, stranger.id, stack.id)).toMatchObject(refusal(403, 'target_generator_mismatch'));
    expect(await post(agent.call, agent.id, stack.id)).toMatchObject(refusal(403, 'target_create_denied'));
    expect(await post(admin, stranger.id, stack.id, agent.id)).toMatchObject(refusal(403, 'agent_not_registered'));
    expect(await post(admin, unknownId, stack.id)).toMatchObject(refusal(403, 'agent_not_registered'));
    expect(await post(admin, agent.id, stack.id, stranger.id)).toMatchObject(refusal(400, 'agent_id_mismatch'));
    const remove = (call: typeof admin, agentId: string, stackId: string) => call('DELETE', `/agents/${agentId}/targets/${stackId}`);
    expect(await remove(foreign.call, stranger.id, unknownId)).toMatchObject(refusal(404, 'stack_not_found'));
    expect(await remove(foreign.call, stranger.id, stack.id)).toMatchObject(refusal(403, 'target_generator_mismatch'));
    expect(await remove(agent.call, agent.id, stack.id)).toMatchObject(refusal(403, 'target_create_denied'));
    expect(await remove(admin, stranger.id, stack.id)).toMatchObject(refusal(403, 'agent_not_registered'));
  });
});

describe('which stacks an agent serves', () => {
  const stacksOf = async (agentId: string) =>
    ((await admin('GET', `/agents/${agentId}/stacks`)).body as { id: string }[]).map((row) => row.id);
  test('explicit ones, and those sharing a label or an annotation with a generator it consented to, by id', async () => {
    const { agent, generator, stack } = await aTarget();
    const [labelled, annotated, foreign] = [await aStack(generator.id), await aStack(generator.id), await aStack((await aGenerator()).id)];
    await made('POST', `/agents/${agent.id}/labels`, { agent_id: agent.id, label: 'shared' });
    await made('POST', `/agents/${agent.id}/annotations`, { agent_id: agent.id, key: 'tier', value: 'gold' });
    for (const { id: stackId } of [labelled, foreign])
      await made('POST', `/stacks/${stackId}/labels`, '"shared"', { 'content-type': 'application/json' });
    await made('POST', `/stacks/${annotated.id}/annotations`, { stack_id: annotated.id, key: 'tier', value: 'gold' });
    expect(await stacksOf(agent.id)).toEqual([stack.id, labelled.id, annotated.id].toSorted());
    await made('DELETE', `/generators/${generator.id}/register`, { agent_id: agent.id });
    expect(await stacksOf(agent.id)).toEqual([]);
  });
  test('another value under the same key is no match, and a deleted stack is none', async () => {
    const { agent, generator, stack } = await aTarget();
    const other = await aStack(generator.id);
    await made('POST', `/agents/${agent.id}/annotations`, { agent_id: agent.id, key: 'tier', value: 'gold' });
    await made('POST', `/stacks/${other.id}/annotations`, { stack_id: other.id, key: 'tier', value: 'silver' });
    expect(await stacksOf(agent.id)).toEqual([stack.id]);
    await made('DELETE', `/stacks/${stack.id}`);
    expect(await stacksOf(agent.id)).toEqual([]);
    expect((await admin('GET', `/agents/${agent.id}/targets`)).body).toHaveLength(1);
  });
});
