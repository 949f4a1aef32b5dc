import { expect, test, vi } from 'vitest';
import { SendFailure } from '#contract/ports.ts';
import type { SendAnswer } from '#contract/ports.ts';
import { aBroker, adminPak, scope } from './testing/a-broker.ts';
import { aWireAgent as agent, agentId, at, problemOf } from './testing/answers.ts';
import { fakeUpstream, jsonAnswer, textAnswer } from './testing/send.ts';

test('a call carries the key, the request id and nothing of the client', async () => {
  const { send, asked } = fakeUpstream(() => jsonAnswer(agent));
  await aBroker(send).agents.update(agentId, { status: 'ACTIVE' }, scope);
  expect(asked[0]).toMatchObject({
    method: 'PUT',
    path: `/api/v1/agents/${agentId}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${adminPak}`,
      'content-type': 'application/json',
      'x-request-id': scope.requestId,
    },
  });
  expect(new TextDecoder().decode(asked[0]?.body)).toBe('{"status":"ACTIVE"}');
});
test('unknown members of an answer are dropped', async () => {
  const { send } = fakeUpstream(() => jsonAnswer({ ...agent, pak_hash: 'abc' }));
  expect(await aBroker(send).agents.read(agentId, scope)).not.toHaveProperty('pak_hash');
});

const hostile: Record<string, SendAnswer> = {
  html: textAnswer('<!doctype html><meta name="brokkr-ui-token">', 200, 'text/html'),
  text: textAnswer('fine'),
  'no content type': { ...jsonAnswer(agent), headers: {} },
  'a redirect': { status: 302, headers: { location: 'http://elsewhere/' }, bytes: new Uint8Array() },
  'another status': jsonAnswer(agent, 202),
  'a missing member': jsonAnswer({ ...agent, status: undefined }),
  'a wrong type': jsonAnswer({ ...agent, name: 7 }),
  'an id that is none': jsonAnswer({ ...agent, id: '../x' }),
  truncated: { ...jsonAnswer(agent), bytes: jsonAnswer(agent).bytes.subarray(0, 100) },
  'no UTF-8': { ...jsonAnswer(agent), bytes: new Uint8Array([0x22, 0xff, 0x22]) },
  'a key where none is issued': jsonAnswer({ ...agent, created_at: adminPak }),
  'a proxy’s 404 page': textAnswer('<html>', 404, 'text/html'),
  'the 404 text of a path the broker does not have': textAnswer('not found', 404),
};
test.each(Object.entries(hostile))('%s is no answer: 502 and no outcome for a read', async (_name, answer) => {
  const { send } = fakeUpstream(() => answer);
  const problem = await problemOf(aBroker(send).agents.read(agentId, scope));
  expect(problem).toMatchObject({ code: 'broker_answer_invalid', status: 502 });
  expect(problem.outcome).toBeUndefined();
});
test.each(Object.entries(hostile))('%s after a change: 502, and nobody knows whether it happened', async (_name, answer) => {
  const { send } = fakeUpstream(() => answer);
  expect(await problemOf(aBroker(send).agents.update(agentId, { status: 'ACTIVE' }, scope))).toMatchObject({
    code: 'broker_answer_invalid',
    outcome: 'unknown',
  });
});
test('the same answer without the flaw is taken', async () => {
  const { send } = fakeUpstream(() => jsonAnswer(agent));
  expect(await aBroker(send).agents.read(agentId, scope)).toMatchObject({ name: 'edge-runner' });
});

test('a key in free text is masked and told as an alarm', async () => {
  const onMasked = vi.fn<(found: number, operation: string) => void>();
  const { send } = fakeUpstream(() => jsonAnswer({ ...agent, name: `x ${adminPak}` }));
  expect(await aBroker(send, { onMasked }).agents.read(agentId, scope)).toMatchObject({ name: 'x [masked key]' });
  expect(onMasked).toHaveBeenCalledWith(1, 'readAgent');
});
test('the operation that issues a key hands it on', async () => {
  const { send } = fakeUpstream(() => jsonAnswer({ agent, initial_pak: adminPak }, 201));
  expect(await aBroker(send).agents.create({ name: 'a', clusterName: 'b', generatorIds: [] }, scope)).toMatchObject({ pak: adminPak });
});
test('generators are named once each to the broker, which would lose the key over a second one', async () => {
  const { send, asked } = fakeUpstream(() => jsonAnswer({ agent, initial_pak: adminPak }, 201));
  await aBroker(send).agents.create({ name: 'a', clusterName: 'b', generatorIds: [agentId, agentId] }, scope);
  expect(JSON.parse(new TextDecoder().decode(asked[0]?.body))).toMatchObject({ generator_ids: [agentId] });
});

test('a 401 on the service key is the console’s trouble and signs nobody out', async () => {
  const { send } = fakeUpstream(() => ({ status: 401, headers: {}, bytes: new Uint8Array() }));
  expect(await problemOf(aBroker(send).agents.read(agentId, scope))).toMatchObject({ code: 'service_credential_refused', status: 503 });
});
test('a 401 on a pasted key ends the session and tells whose key it was', async () => {
  const onRefused = vi.fn<(credential: { id: string }) => void>();
  const { send } = fakeUpstream(() => ({ status: 401, headers: {}, bytes: new Uint8Array() }));
  expect(await problemOf(aBroker(send, { onRefused }, 'admin:abc').agents.read(agentId, scope))).toMatchObject({
    code: 'sign_in_required',
  });
  expect(onRefused.mock.calls[0]?.[0]).toMatchObject({ id: 'admin:abc' });
});

test.each([
  [new SendFailure('connect', false), 'broker_unreachable', 'broker_unreachable'],
  [new SendFailure('timeout', false), 'broker_unreachable', 'broker_unreachable'],
  [new SendFailure('timeout', true), 'broker_timeout', 'outcome_unknown'],
  [new SendFailure('reset', true), 'broker_unreachable', 'outcome_unknown'],
  [new SendFailure('too_large', true), 'broker_answer_invalid', 'broker_answer_invalid'],
] as const)('%s is %s for a read and %s for a change', async (failure, read, change) => {
  const { send } = fakeUpstream(() => Promise.reject(failure));
  const broker = aBroker(send);
  expect((await problemOf(broker.agents.read(agentId, scope))).code).toBe(read);
  const problem = await problemOf(broker.agents.delete(agentId, scope));
  expect(problem.code).toBe(change);
  expect(problem.outcome).toBe(failure.sent ? 'unknown' : undefined);
});

const revision = {
  id: agentId,
  sequence_id: 7,
  stack_id: agentId,
  submitted_at: at,
  is_deletion_marker: false,
  yaml_checksum: 'a'.repeat(64),
  yaml_content: 'ключ: ä\n',
};
test('a submitted text travels as it is, and of the answer only its size is kept', async () => {
  const { send, asked } = fakeUpstream(() => jsonAnswer(revision, 201));
  const broker = aBroker(send);
  expect(await broker.deploymentObjects.submit(agentId, 'ключ: ä\n', scope)).toMatchObject({ sequence_id: 7, bytes: 13 });
  expect(await broker.deploymentObjects.submit(agentId, 'ключ: ä\n', scope)).not.toHaveProperty('yaml_content');
  await broker.deploymentObjects.submitMarker(agentId, scope);
  expect(asked[0]).toMatchObject({ path: `/api/v1/stacks/${agentId}/deployment-objects`, headers: { 'content-type': 'application/yaml' } });
  expect(new TextDecoder().decode(asked[0]?.body)).toBe('ключ: ä\n');
  expect(asked[2]).toMatchObject({ path: `/api/v1/stacks/${agentId}/deployment-objects?deletion_marker=true`, body: new Uint8Array() });
});
test('a text is masked where it is shown and whole where it goes back to the broker', async () => {
  const yaml = `pak: ${adminPak}\n`;
  const { send } = fakeUpstream(({ headers }) =>
    headers['accept'] === 'application/yaml' ? textAnswer(yaml, 200, 'application/yaml') : jsonAnswer({ ...revision, yaml_content: yaml }),
  );
  expect((await aBroker(send).deploymentObjects.read(agentId, scope)).yaml_content).toBe('pak: [masked key]\n');
  expect(await aBroker(send).deploymentObjects.text(agentId, scope)).toBe(yaml);
});
test('an edited stack goes back whole, as the broker told it but for what was changed', async () => {
  const stack = {
    id: agentId,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    name: 'ledger',
    description: 'EU',
    generator_id: '2b9e4c11-6d0a-4f7d-8c55-91f0a3e7c202',
  };
  const { send, asked } = fakeUpstream(() => jsonAnswer({ ...stack, is_system: true }));
  const broker = aBroker(send);
  await broker.stacks.update(await broker.stacks.read(agentId, scope), { name: 'ledger-eu' }, scope);
  expect(JSON.parse(new TextDecoder().decode(asked[1]?.body))).toEqual({
    id: agentId,
    created_at: at,
    updated_at: at,
    name: 'ledger-eu',
    description: 'EU',
    generator_id: stack.generator_id,
  });
});
test('the broker’s time is told by its answers and goes on from there', async () => {
  const clock = { nowMs: Date.UTC(2026, 2, 2, 9, 15, 0) };
  const dates = ['Mon, 02 Mar 2026 09:16:00 GMT', 'Mon, 02 Mar 2026 09:15:59 GMT', 'nonsense', 'Mon, 02 Mar 2026 09:10:00 GMT'];
  const { send } = fakeUpstream(() => ({
    ...jsonAnswer(agent),
    headers: { 'content-type': 'application/json', date: dates.shift() ?? '' },
  }));
  const broker = aBroker(send, { clock: { now: () => clock.nowMs, setTimer: () => () => undefined } });
  const ahead = async () => {
    await broker.agents.read(agentId, scope);
    return broker.now() - clock.nowMs;
  };
  expect([await ahead(), await ahead(), await ahead(), await ahead()]).toEqual([60_000, 60_000, 60_000, -300_000]);
  clock.nowMs += 1_000;
  expect(broker.now()).toBe(Date.UTC(2026, 2, 2, 9, 10, 1));
});

const failingOnce = () => {
  let calls = 0;
  return fakeUpstream(() => ((calls += 1) === 1 ? jsonAnswer({ code: 'internal_error', message: 'x' }, 500) : jsonAnswer(agent)));
};
test('a read that fails in passing is asked once more, 50 to 250 ms later', async () => {
  const { send, asked } = failingOnce();
  const setTimer = vi.fn<(callback: () => void, ms: number) => () => void>((callback) => (queueMicrotask(callback), () => undefined));
  await aBroker(send, { clock: { now: () => 0, setTimer } }).agents.read(agentId, scope);
  expect(asked).toHaveLength(2);
  expect(setTimer.mock.calls[0]?.[1]).toBe(250);
});
test('without budget it is not', async () => {
  const { send, asked } = failingOnce();
  expect(
    await problemOf(aBroker(send, { budget: { earn: () => undefined, spend: () => false } }).agents.read(agentId, scope)),
  ).toMatchObject({ status: 502 });
  expect(asked).toHaveLength(1);
});
test('a change is never sent twice, and a 500 leaves its outcome open', async () => {
  const { send, asked } = failingOnce();
  expect(await problemOf(aBroker(send).agents.update(agentId, {}, scope))).toMatchObject({
    code: 'broker_answer_invalid',
    outcome: 'unknown',
    upstream: { status: 500, code: 'internal_error' },
  });
  expect(asked).toHaveLength(1);
});
test('a read that timed out is not repeated', async () => {
  const { send, asked } = fakeUpstream(() => Promise.reject(new SendFailure('timeout', true)));
  await problemOf(aBroker(send).agents.read(agentId, scope));
  expect(asked).toHaveLength(1);
});
test('a broker that fails every call is asked for at most 1.1 × the work', async () => {
  const { send, asked } = fakeUpstream(() => Promise.reject(new SendFailure('reset', true)));
  const broker = aBroker(send);
  for (let call = 0; call < 200; call += 1) await problemOf(broker.agents.read(agentId, scope));
  expect(asked.length).toBeLessThanOrEqual(220);
});

test('the caller’s signal reaches a read and not a change that has begun', async () => {
  const { signal } = new AbortController();
  const { send, asked } = fakeUpstream(({ method }) =>
    method === 'GET' ? jsonAnswer(agent) : { status: 204, headers: {}, bytes: new Uint8Array() },
  );
  const broker = aBroker(send);
  await broker.agents.read(agentId, { ...scope, signal });
  await broker.agents.delete(agentId, { ...scope, signal });
  expect(asked.map((request) => request.signal)).toEqual([signal, undefined]);
});
