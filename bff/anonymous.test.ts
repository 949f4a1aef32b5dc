import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageHeaders, post } from '#bff/http/testing/start-console.ts';
import { routes } from '#bff/routes/index.ts';
import { adminPak, rawBroker, runConsole, type RawBroker, type WholeConsole } from './testing/run-console.ts';

/** Everything that answers without a session; what is added to the console is not on it unless somebody adds it here too. */
const anonymous = [
  'GET /api/session',
  'POST /api/sign-in/account',
  'POST /api/sign-in/pak',
  'POST /api/sign-in/explore',
  'POST /api/setup',
];

let broker: RawBroker;
let served: WholeConsole;
beforeAll(async () => {
  broker = await rawBroker();
  served = await runConsole(broker.url);
});
afterAll(async () => {
  await served.close();
  broker.close();
});

test('without a session nothing but the anonymous list answers anything else than 401', async () => {
  const open: string[] = [];
  for (const { endpoint } of routes) {
    const path = endpoint.path.replaceAll(/:\w+/g, '0d9e1c53-4f0e-4f3a-8f5d-1d2f3a4b5c6d');
    const answer = await served.ask(
      path,
      endpoint.method === 'GET' ? {} : { method: endpoint.method, headers: { ...pageHeaders }, body: '{}' },
    );
    if (answer.status !== 401) open.push(endpoint.id);
    else expect(answer.problem().code).toBe('sign_in_required');
  }
  expect(open.toSorted()).toEqual(anonymous.toSorted());
  expect(broker.requests).toEqual([]);
});

test('the status is read under both its names', async () => {
  const headers = await served.signIn();
  broker.answer((socket) => socket.destroy());
  for (const path of ['/api/status', '/api/v1/status']) {
    expect((await served.ask(path)).status).toBe(401);
    expect((await served.ask(path, { headers })).json()).toMatchObject({
      activeAgents: null,
      sessions: 1,
      warnings: [],
      configuration: { BROKER_PAK: 'set' },
    });
  }
});

test('a broker key opens nothing but the sign-in it is typed into, and is written down nowhere', async () => {
  const carriers: [string, Parameters<WholeConsole['ask']>[1]][] = [
    ['/api/agents', { headers: { authorization: `Bearer ${adminPak}` } }],
    ['/api/agents', { headers: { cookie: `__Host-Http-console=${adminPak}` } }],
    [`/api/agents?pak=${adminPak}`, {}],
    [`/api/sign-in/pak?pak=${adminPak}`, post({ name: 'x' })],
    [`/api/sign-in/pak/${adminPak}`, post({ pak: adminPak, name: 'x' })],
    ['/api/sign-in/pak', post({ pak: adminPak, name: '' })],
    ['/api/sign-in/pak', post({ name: 'x' }, { headers: { 'x-pak': adminPak, authorization: adminPak } })],
  ];
  for (const [path, ask] of carriers) {
    const answer = await served.ask(path, ask);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text + JSON.stringify(answer.headers)).not.toContain(adminPak);
  }
  expect(JSON.stringify(served.log)).not.toContain(adminPak);
});
