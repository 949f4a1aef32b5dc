// Clients that each ask again as soon as they were answered, in a process of their own: `crowd.ts <origin> <path> <clients> <seconds> <obeys|pushes>`.
import { setTimeout } from 'node:timers/promises';
import { Client } from 'undici';
import { shares } from './load.ts';

const [, , origin = '', path = '', clients = '', seconds = '', manner = ''] = process.argv;
const headers = JSON.parse(process.env['HEADERS'] ?? '{}') as Record<string, string>;
/** Until everybody has connected and was answered once nothing is counted. */
const countFrom = performance.now() + 3_000;
const until = countFrom + Number(seconds) * 1_000;
const served: number[] = [];
const refused: number[] = [];

async function ask(connection: Client): Promise<number> {
  const startedAt = performance.now();
  const { statusCode, headers: answered, body } = await connection.request({ method: 'GET', path, headers });
  const text = await body.text();
  const endedAt = performance.now();
  if (statusCode !== 200 && statusCode !== 503) throw new Error(`${path} answered ${statusCode}: ${text.slice(0, 200)}`);
  if (endedAt >= countFrom && endedAt < until) (statusCode === 200 ? served : refused).push(endedAt - startedAt);
  return statusCode === 200 ? 0 : Number(answered['retry-after']);
}
async function client(): Promise<void> {
  const connection = new Client(origin);
  while (performance.now() < until) {
    const retryAfterS = await ask(connection);
    // As the page does: not before it was told to, and not all in the same moment.
    if (retryAfterS > 0 && manner === 'obeys') await setTimeout(retryAfterS * 1_000 * (1 + Math.random()));
  }
  await connection.destroy();
}
await Promise.all(Array.from({ length: Number(clients) }, client));
const told = ({ length }: number[]) => length / Number(seconds);
console.log(
  JSON.stringify({ served: { perSecond: told(served), ...shares(served) }, refused: { perSecond: told(refused), ...shares(refused) } }),
);
