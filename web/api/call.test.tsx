import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAgent, listAgents, setAgentStatus } from '#contract/agents.ts';
import { ProblemError } from '#contract/problem.ts';
import { previewSubmission } from '#contract/revisions.ts';
import { readSession } from '#contract/session.ts';
import { expiryStore, sessionRenewed } from '#web/stores/expiry.ts';
import { linkStore } from '#web/stores/link.ts';
import { anAgent, aPage } from '#web/testing/builders.ts';
import { stubConsole } from '#web/testing/stub-console.ts';
import { newAttempt } from './attempt.ts';
import { call } from './call.ts';

const params = { agentId: '00000000-0000-4000-8000-000000000001' };
const change = { params, headers: { 'if-match': '"tag"' }, body: { status: 'ACTIVE' as const } };
beforeEach(() => {
  sessionRenewed();
  linkStore.setState({ down: undefined, downSince: 0, dataFrom: 0 });
});
afterEach(() => vi.unstubAllGlobals());
const failureOf = (calling: Promise<unknown>) =>
  calling.then(
    () => undefined,
    (error: unknown) => (error instanceof ProblemError ? error.code : error),
  );
const keysOf = (stub: ReturnType<typeof stubConsole>) => stub.callsOf(setAgentStatus).map(({ headers }) => headers.get('idempotency-key'));

test('every request says that it is the console, and names itself', async () => {
  const stub = stubConsole().answers(listAgents, aPage([anAgent()]));
  await call(listAgents, { query: { filter: ['status:ACTIVE', 'cluster:!eu-1'], q: 'edge' } });
  const [asked] = stub.callsOf(listAgents);
  expect(asked?.headers.get('x-console')).toMatch(/^(action|poll)$/);
  expect(asked?.headers.get('x-request-id')).toMatch(/^rq_[0-9a-f]{16}$/);
  expect(asked?.query.getAll('filter')).toEqual(['status:ACTIVE', 'cluster:!eu-1']);
  expect(asked?.headers.has('idempotency-key')).toBe(false);
});

test('only what a person touched extends the session: a page left alone polls', async () => {
  const stub = stubConsole().answers(listAgents, aPage([]));
  const said = () => stub.callsOf(listAgents).at(-1)?.headers.get('x-console');
  dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  await call(listAgents, { query: {} });
  expect(said()).toBe('action');
  await call(listAgents, { query: {} });
  expect(said()).toBe('poll');
  dispatchEvent(new PointerEvent('pointerdown'));
  await call(listAgents, { query: {} });
  expect(said()).toBe('action');
});

test('a double click names one change; after an answer the next press is a new one', async () => {
  const stub = stubConsole().answers(setAgentStatus, anAgent());
  const attempt = newAttempt();
  await Promise.all([call(setAgentStatus, { ...change, attempt }), call(setAgentStatus, { ...change, attempt })]);
  await call(setAgentStatus, { ...change, attempt });
  const [first, second, third] = keysOf(stub);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('while it is not known how a change ended, repeating it stays the same change, with other values too', async () => {
  const stub = stubConsole().answers(setAgentStatus, new ProblemError('outcome_unknown', 'time'));
  const attempt = newAttempt();
  await failureOf(call(setAgentStatus, { ...change, attempt }));
  stub.answers(setAgentStatus, new ProblemError('conflict', 'no'));
  await failureOf(call(setAgentStatus, { ...change, body: { status: 'INACTIVE' }, attempt }));
  await failureOf(call(setAgentStatus, { ...change, attempt }));
  const [first, second, third] = keysOf(stub);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('an answer to a change that cannot be read is an unknown outcome, to a reading a bad answer', async () => {
  stubConsole().answers(createAgent, { half: true }).answers(listAgents, { rows: 'none' });
  expect(await failureOf(call(createAgent, { body: { name: 'a', clusterName: 'b', generatorIds: [] } }))).toBe('outcome_unknown');
  expect(await failureOf(call(listAgents, { query: {} }))).toBe('broker_answer_invalid');
});

test('no answer, or one from something else, is a console out of reach; the next answer mends the link', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await failureOf(call(readSession, {}))).toBe('console_unreachable');
  expect(linkStore.getState().down).toBe('console');
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
  expect(await failureOf(call(readSession, {}))).toBe('console_unreachable');
  vi.unstubAllGlobals();
  stubConsole().answers(listAgents, aPage([]));
  await call(listAgents, { query: {} });
  expect(linkStore.getState().down).toBeUndefined();
});

test('an answer that breaks off is a console out of reach, not a bad answer of the broker', async () => {
  const half = () =>
    new ReadableStream({
      start: (body) => body.enqueue(new TextEncoder().encode('{"rows":[')),
      pull: (body) => body.error(new TypeError('network error')),
    });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(half(), { status: 200 })));
  expect(await failureOf(call(listAgents, { query: {} }))).toBe('console_unreachable');
  expect(linkStore.getState().down).toBe('console');
});

test('a console lost while the broker was out of reach is lost since then, not since the broker was', async () => {
  linkStore.setState({ down: 'broker', downSince: 1000 });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await failureOf(call(readSession, {}));
  const { down, downSince } = linkStore.getState();
  expect(down).toBe('console');
  expect(downSince).toBeGreaterThan(1000);
  await failureOf(call(readSession, {}));
  expect(linkStore.getState().downSince).toBe(downSince);
});

test('a preview names no change, and one that cannot be read leaves none in doubt', async () => {
  const stub = stubConsole().answers(previewSubmission, { half: true });
  expect(await failureOf(call(previewSubmission, { params: { stackId: params.agentId }, body: { yaml: 'a: 1' } }))).toBe(
    'broker_answer_invalid',
  );
  expect(stub.callsOf(previewSubmission)[0]?.headers.has('idempotency-key')).toBe(false);
});

test('rows that are the last known ones tell since when the broker is out of reach', async () => {
  const asOf = '2026-03-02T09:14:58.000Z';
  stubConsole().answers(listAgents, { ...aPage([]), asOf, ageMs: 33_000, stale: { sinceMs: 20_000, code: 'broker_unreachable' } });
  await call(listAgents, { query: {} });
  expect(linkStore.getState()).toMatchObject({ down: 'broker', downSince: Date.parse(asOf) + 13_000 });
});

test('a session that has ended is told to the page; a wrong password is not', async () => {
  stubConsole().answers(listAgents, new ProblemError('sign_in_failed', 'no'));
  await failureOf(call(listAgents, { query: {} }));
  expect(expiryStore.getState().expired).toBe(false);
  stubConsole().answers(listAgents, new ProblemError('sign_in_required', 'who'));
  await failureOf(call(listAgents, { query: {} }));
  expect(expiryStore.getState().expired).toBe(true);
});

test('an abort is not a failure of the link', async () => {
  stubConsole().answers(listAgents, aPage([]));
  const error = await failureOf(call(listAgents, { query: {} }, AbortSignal.abort()));
  expect((error as Error).name).toBe('AbortError');
  expect(linkStore.getState().down).toBeUndefined();
});
