import { describe, expect, test } from 'vitest';
import type { SendAnswer } from '#contract/ports.ts';
import { createBroker } from './broker.ts';
import { aBroker, adminPak, brokerOptions, scope } from './testing/a-broker.ts';
import { agentId, problemOf } from './testing/answers.ts';
import { fakeUpstream, jsonAnswer, textAnswer } from './testing/send.ts';

test.each([
  [404, { code: 'agent_not_found', message: 'secret prose' }, { code: 'not_found', upstream: { status: 404, code: 'agent_not_found' } }],
  [
    409,
    { code: 'unique_violation', message: 'x', details: { constraint: 'unique_agent_cluster' } },
    {
      code: 'conflict',
      upstream: { status: 409, code: 'unique_violation', constraint: 'unique_agent_cluster' },
      errors: [{ path: 'name', code: 'taken' }],
    },
  ],
  [403, { code: 'agent_not_registered', message: 'x' }, { code: 'conflict', errors: [{ path: 'stackId', code: 'not_registered' }] }],
  [422, { code: 'foreign_key_violation', message: 'x', details: { constraint: 'fk_agent' } }, { code: 'not_found' }],
  [400, { code: 'invalid_agent', message: 'x' }, { code: 'broker_refused', status: 422, upstream: { status: 400, code: 'invalid_agent' } }],
])('%i %o is told by the console’s own code, never in the broker’s words', async (status, body, expected) => {
  const { send } = fakeUpstream(() => jsonAnswer(body, status));
  const problem = await problemOf(aBroker(send).agents.update(agentId, {}, scope));
  expect(problem).toMatchObject(expected);
  expect(problem.outcome).toBeUndefined();
  expect(JSON.stringify(problem)).not.toContain('secret prose');
});
describe('a refusal that an operator must read', () => {
  const refusal = (message: string, details?: unknown) =>
    jsonAnswer({ code: 'invalid_deployment_object', message, ...(details !== undefined && { details }) }, 400);
  const refusedWith = async (answer: SendAnswer) => {
    const { send } = fakeUpstream(() => answer);
    return problemOf(aBroker(send).deploymentObjects.submit(agentId, 'a: b: c', scope));
  };
  test('is passed in the broker’s own words, keys in it masked', async () => {
    expect(await refusedWith(refusal(`invalid YAML at line 1: ${adminPak}`, { line: 1, near: adminPak }))).toMatchObject({
      code: 'broker_refused',
      upstream: {
        status: 400,
        code: 'invalid_deployment_object',
        message: 'invalid YAML at line 1: [masked key]',
        details: { line: 1, near: '[masked key]' },
      },
      errors: [{ path: 'yaml', code: 'refused' }],
    });
  });
  test('is at most 2 KiB with all it says, cut between characters', async () => {
    const { upstream } = await refusedWith(refusal('ä'.repeat(1_000) + '€'.repeat(100), { line: 'x'.repeat(30) }));
    expect(upstream?.message).toBe('ä'.repeat(1_000) + '€'.repeat(16));
    expect(upstream).not.toHaveProperty('details');
  });
  test('of another code stays unsaid', async () => {
    const { send } = fakeUpstream(() =>
      jsonAnswer({ code: 'stack_not_found', message: 'secret prose', details: { x: 'secret prose' } }, 404),
    );
    expect(JSON.stringify(await problemOf(aBroker(send).stacks.read(agentId, scope)))).not.toContain('secret prose');
  });
});
test.each([
  ['admin_required', 'key_cannot_read'],
  ['agent_pak_mismatch', 'key_cannot_read'],
  ['stack_not_owned', 'not_found'],
  ['generator_not_associated', 'not_found'],
])('%s is what a generator’s key is told, as %s', async (code, told) => {
  const { send } = fakeUpstream(() => jsonAnswer({ code, message: 'x' }, 403));
  expect((await problemOf(aBroker(send).agents.read(agentId, scope))).code).toBe(told);
});
test('a generator cannot tell what is another’s from what is not there', async () => {
  const answers = [jsonAnswer({ code: 'stack_not_owned', message: 'x' }, 403), jsonAnswer({ code: 'stack_not_found', message: 'y' }, 404)];
  const { send } = fakeUpstream(() => answers.shift() ?? jsonAnswer({}));
  const broker = createBroker({ id: 'generator:x', pak: adminPak, tenant: agentId }, brokerOptions(send));
  const [foreign, absent] = [await problemOf(broker.agents.read(agentId, scope)), await problemOf(broker.agents.read(agentId, scope))];
  expect(foreign).toEqual(absent);
});
test.each([
  ['a framework’s refusal of the body', textAnswer('Failed to deserialize', 422)],
  ['the empty 403 of a read-only key', { status: 403, headers: {}, bytes: new Uint8Array() }],
])('%s is a refusal: nothing has changed', async (_name, answer) => {
  const { send } = fakeUpstream(() => answer);
  const problem = await problemOf(aBroker(send).agents.update(agentId, {}, scope));
  expect(problem.code).toBe('broker_refused');
  expect(problem.outcome).toBeUndefined();
});
