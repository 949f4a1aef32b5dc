import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { post } from '#bff/http/testing/start-console.ts';
import { httpAnswer, rawBroker, runConsole, type RawBroker, type WholeConsole } from './testing/run-console.ts';

const agentId = '0d9e1c53-4f0e-4f3a-8f5d-1d2f3a4b5c6d';
let broker: RawBroker;
let served: WholeConsole;
let session: Record<string, string>;
/** One each: a console remembers failures, and would leave its broker alone after some of these. */
beforeEach(async () => {
  broker = await rawBroker();
  served = await runConsole(broker.url);
  session = await served.signIn();
});
afterEach(async () => {
  await served.close();
  broker.close();
});
const read = () => served.ask(`/api/agents/${agentId}/labels`, { headers: session });
const change = () =>
  served.ask(
    `/api/agents/${agentId}/labels`,
    post({ label: 'x' }, { headers: { ...session, 'if-match': '"x"', 'idempotency-key': crypto.randomUUID() } }),
  );
const html = '<html><head><meta name="brokkr-ui-token" content="brokkr_BRcanary_1234567890abcdefghijkmnopqrstuvwx"></head></html>';

test('headers of the broker do not travel on', async () => {
  broker.answer((socket) =>
    socket.write(httpAnswer(200, '[]', { 'set-cookie': 'a=b', 'x-leak': 'canary', 'access-control-allow-origin': '*', server: 'canary' })),
  );
  const { status, headers } = await served.ask('/api/stacks', { headers: session }); // made of two lists, both empty
  expect(status).toBe(200);
  expect(JSON.stringify(headers)).not.toContain('canary');
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('a client that goes away ends the call to the broker', async () => {
  const arrived = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  broker.answer((socket) => {
    socket.on('close', () => closed.resolve());
    arrived.resolve();
  });
  const { port } = new URL(served.url);
  const client = connect(Number(port), '127.0.0.1');
  client.write(`GET /api/agents/${agentId}/annotations HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${session['cookie']}\r\n\r\n`);
  await arrived.promise;
  client.destroy();
  await closed.promise; // long before the call would be given up
});

test('a broker that refuses the key ends the session on it, and the next request says so', async () => {
  const other = await served.signIn();
  broker.answer((socket) => socket.write(httpAnswer(401, '', { 'content-type': '' })));
  expect((await served.ask(`/api/agents/${agentId}/labels`, { headers: other })).problem().code).toBe('sign_in_required');
  broker.answer((socket) => socket.write(httpAnswer(200, '[]')));
  expect((await served.ask('/api/session', { headers: other })).json()).toMatchObject({ signedIn: false });
  session = await served.signIn(); // the broker takes it again: so do we
  expect((await served.ask('/api/session', { headers: session })).json()).toMatchObject({ signedIn: true });
});

// Last, as the console leaves a broker alone that has failed so often.
describe.each([
  ['a page of HTML', httpAnswer(200, html, { 'content-type': 'text/html' }), 502, 'broker_answer_invalid'],
  ['JSON of another shape', httpAnswer(200, '{"labels":1}'), 502, 'broker_answer_invalid'],
  ['JSON that is none', httpAnswer(200, '[{"id":'), 502, 'broker_answer_invalid'],
  ['a redirect', httpAnswer(302, '', { location: 'http://169.254.169.254/latest/meta-data' }), 502, 'broker_answer_invalid'],
  ['an answer that stops in the middle', `${httpAnswer(200, '[', { 'content-length': '100' })}\0END`, 502, 'broker_answer_invalid'],
  ['an answer larger than allowed', httpAnswer(200, '', { 'content-length': '99999999' }), 502, 'broker_answer_invalid'],
  ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 503, 'broker_unreachable'],
  ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\0END', 503, 'broker_unreachable'],
  ['nothing', '\0END', 503, 'broker_unreachable'],
])('%s', (_name, bytes, status, code) => {
  test('is a problem of its own, and none of it leaves', async () => {
    broker.answer((socket) => {
      const [text = '', end] = bytes.split('\0');
      if (end === undefined) socket.write(text);
      else socket.end(text);
    });
    const answer = await read();
    expect([answer.status, answer.problem().code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/brokkr_|169\.254|OpenSSH|127\.0\.0\.1/);
    expect(JSON.stringify(served.log)).not.toContain('BRcanary');
  });
});

test('a change is sent once at most, whatever comes back', async () => {
  broker.answer((socket) => socket.destroy());
  broker.requests.length = 0;
  await change();
  expect(broker.requests.filter((line) => line.startsWith('POST')).length).toBeLessThanOrEqual(1);
});
