import { afterEach, beforeEach, expect, test } from 'vitest';
import { post } from '#bff/http/testing/start-console.ts';
import { httpAnswer, rawBroker, runConsole, type RawBroker, type WholeConsole } from './testing/run-console.ts';

let broker: RawBroker;
let served: WholeConsole;
let status: number;
beforeEach(async () => {
  status = 200;
  broker = await rawBroker();
  broker.answer((socket) => socket.write(httpAnswer(status, status === 200 ? '[]' : '')));
  // Read once, a list stays as it is for the whole test, unless the world it belongs to goes.
  served = await runConsole(broker.url, { SNAPSHOT_MIN_MS: '600000' });
});
afterEach(async () => {
  await served.close();
  broker.close();
});
const fleetReads = () => broker.requests.filter((line) => line.startsWith('GET /api/v1/fleet ')).length;
const look = async (headers: Record<string, string>) => (await served.ask('/api/agents', { headers })).status;
const signOut = (headers: Record<string, string>) => served.ask('/api/sign-out', post({}, { headers }));

test('what was read with a key goes with the last session on it', async () => {
  const first = await served.signIn();
  expect(await look(first)).toBe(200);
  await signOut(first);
  expect(await look(await served.signIn())).toBe(200);
  expect(fleetReads()).toBe(2);
});
test('while another session rides the key, what was read is shared', async () => {
  const [first, second] = [await served.signIn(), await served.signIn()];
  await look(first);
  await signOut(first);
  expect(await look(second)).toBe(200);
  expect(fleetReads()).toBe(1);
});
test('what was read with a key that the broker no longer takes goes with it', async () => {
  const session = await served.signIn();
  await look(session);
  status = 401;
  await served.ask('/api/broker-audit', { headers: session });
  expect(await look(session)).toBe(401);
  status = 200;
  expect(await look(await served.signIn())).toBe(200);
  expect(fleetReads()).toBe(2);
});
