import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { route } from '#bff/pipeline/route.ts';
import { endpoint } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import { startConsole } from './testing/start-console.ts';

const readThing = endpoint('GET /api/things', { policy: 'read', audit: 'none', request: {}, response: z.object({}) });
const notUsed = () => Promise.reject(new Error('not part of this test'));

test('whoever has gone before their session was found is not read for', async () => {
  const asked = Promise.withResolvers<void>();
  const found = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<AbortSignal>();
  const served = await startConsole({
    routes: [
      route(readThing, (_request, { signal }) => {
        answered.resolve(signal);
        return {};
      }),
    ],
    services: {
      sessions: {
        find: async () => {
          asked.resolve();
          await found.promise;
          const person = { id: 'account:a', name: 'a', role: 'viewer' as const, verified: true };
          return { id: 's', person, credential: { id: 'service', pak: '' }, endsAtMs: Number.MAX_SAFE_INTEGER };
        },
        open: notUsed,
        end: notUsed,
        endAllOf: notUsed,
        count: notUsed,
      },
    },
  });
  const socket = connect(served.port, '127.0.0.1');
  socket.write(`GET /api/things HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nCookie: __Host-Http-console=${'t'.repeat(43)}\r\n\r\n`);
  await asked.promise;
  socket.destroy();
  await once(socket, 'close');
  await expect.poll(() => served.log, { interval: 5 }).toContainEqual(expect.objectContaining({ message: 'request', status: 'aborted' }));
  found.resolve();
  expect((await answered.promise).aborted).toBe(true);
  await served.close();
});

test.each([
  ['a broker that was not waited for', 'debug', new ProblemError('broker_unreachable', 'The broker cannot be reached')],
  ['a fault of ours', 'error', new TypeError('x is undefined')],
] as const)('once nobody listens any more %s is logged by its weight: %s', async (_what, level, failure) => {
  const asked = Promise.withResolvers<AbortSignal>();
  const served = await startConsole({
    routes: [
      route(readThing, async (_request, { signal }) => {
        asked.resolve(signal);
        await once(signal, 'abort');
        throw failure;
      }),
    ],
  });
  const socket = connect(served.port, '127.0.0.1');
  socket.write(
    `GET /api/things HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nCookie: __Host-Http-console=${'viewer'.padEnd(43, '0')}\r\n\r\n`,
  );
  await asked.promise;
  socket.destroy();
  await expect.poll(() => served.log.filter(({ code }) => code !== undefined), { interval: 5 }).toMatchObject([{ level }]);
  await served.close();
});
