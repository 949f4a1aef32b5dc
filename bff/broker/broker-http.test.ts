import { expect, test, vi } from 'vitest';
import { SendFailure } from '#contract/ports.ts';
import type { SendAnswer } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { aBroker, adminPak, brokerOptions, scope } from './testing/a-broker.ts';
import { fakeUpstream, jsonAnswer, textAnswer } from './testing/send.ts';
import { introspect } from './introspect.ts';

const agentId = '7f3c1d52-0b7e-4c39-9a41-2d5f6e8b1a01';
const at = '2026-03-02T09:15:27.481236Z';
const agent = {
  id: agentId,
  created_at: at,
  updated_at: at,
  deleted_at: null,
  name: 'edge-runner',
  cluster_name: 'fra-prod-2',
  last_heartbeat: at,
  status: 'ACTIVE',
  k8s_reachable: true,
  k8s_api_latency_ms: 11,
  k8s_reported_at: at,
};
const problemOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof ProblemError)) throw new Error(`no problem but ${String(error)}`);
  return error.problem;
};

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
test.each([
  ['a framework’s refusal of the body', textAnswer('Failed to deserialize', 422)],
  ['the empty 403 of a read-only key', { status: 403, headers: {}, bytes: new Uint8Array() }],
])('%s is a refusal: nothing has changed', async (_name, answer) => {
  const { send } = fakeUpstream(() => answer);
  const problem = await problemOf(aBroker(send).agents.update(agentId, {}, scope));
  expect(problem.code).toBe('broker_refused');
  expect(problem.outcome).toBeUndefined();
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

test.each([
  [
    { admin: true, agent: null, generator: null, readonly: true },
    { kind: 'admin', readonly: true },
  ],
  [
    { admin: false, agent: null, generator: agentId, readonly: false },
    { kind: 'generator', id: agentId },
  ],
  [
    { admin: false, agent: agentId, generator: null, readonly: false },
    { kind: 'agent', id: agentId },
  ],
])('introspection of %o', async (identity, kind) => {
  const { send, asked } = fakeUpstream(() => jsonAnswer(identity));
  expect(await introspect(adminPak, brokerOptions(send), scope)).toEqual(kind);
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/v1/auth/pak', body: undefined });
});
test('a key that the broker refuses is no key, and says so without ending anybody’s session', async () => {
  const onRefused = vi.fn<() => void>();
  const { send } = fakeUpstream(() => ({ status: 401, headers: {}, bytes: new Uint8Array() }));
  expect(await introspect(adminPak, brokerOptions(send, { onRefused }), scope)).toBeUndefined();
  expect(onRefused).not.toHaveBeenCalled();
});
test.each(['a\r\nx-evil: 1', 'clé', ''])('%j cannot be a header and is not sent', async (pak) => {
  const { send, asked } = fakeUpstream(() => jsonAnswer({}));
  expect(await introspect(pak, brokerOptions(send), scope)).toBeUndefined();
  expect(asked).toHaveLength(0);
});
