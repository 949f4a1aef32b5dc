import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { route } from '#bff/pipeline/route.ts';
import { endpoint } from '#contract/endpoint.ts';
import * as z from 'zod/mini';
import { startConsole } from './testing/start-console.ts';

const count = process.env['TEST_LONG'] ? 50_000 : 1_000;
const whoAmI = endpoint('GET /api/who/:echo', {
  policy: 'read',
  audit: 'none',
  request: { params: z.object({ echo: z.string() }) },
  response: z.object({ person: z.string(), requestId: z.string(), echo: z.string() }),
});

test(
  `50 people on kept connections, ${count} interleaved requests, a fifth cut off: nobody reads a byte of anybody else`,
  { timeout: 300_000 },
  async () => {
    const tokens = Array.from({ length: 50 }, () => randomBytes(32).toString('base64url'));
    const personOf = (token: string) => ({ id: `account:${tokens.indexOf(token)}`, name: 'x', role: 'viewer' as const, verified: true });
    const notUsed = () => Promise.reject(new Error('not part of this test'));
    const served = await startConsole({
      routes: [
        route(whoAmI, async ({ params }, { caller, requestId }) => {
          await new Promise<void>((resolve) => setTimeout(resolve, params.echo.charCodeAt(0) % 7)); // so that answers overtake each other
          return { person: caller?.person.id ?? '', requestId, echo: params.echo };
        }),
      ],
      services: {
        sessions: {
          find: async (token) =>
            tokens.includes(token)
              ? { id: token, person: personOf(token), credential: { id: 'service', pak: '' }, endsAtMs: Number.MAX_SAFE_INTEGER }
              : undefined,
          open: notUsed,
          end: notUsed,
          endAllOf: notUsed,
          count: notUsed,
        },
      },
    });
    const foreign: unknown[] = [];
    let answered = 0;
    /** One person asks one thing after the other; every fifth time the connection is cut before the answer can be there. */
    const browse = async (token: string, person: number): Promise<void> => {
      let socket = connect(served.port, '127.0.0.1');
      for (let at = 0; at < count / 50; at += 1) {
        if (socket.destroyed) socket = connect(served.port, '127.0.0.1');
        const echo = randomBytes(6).toString('hex');
        const requestId = `rq_${randomBytes(8).toString('hex')}`;
        socket.write(
          `GET /api/who/${echo} HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nX-Request-Id: ${requestId}\r\nCookie: __Host-Http-console=${token}\r\n\r\n`,
        );
        if ((at + person) % 5 === 0) {
          socket.destroy();
          continue;
        }
        const [chunk] = (await once(socket, 'data')) as [Buffer];
        const text = chunk.toString();
        const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as unknown;
        const expected = { person: `account:${person}`, requestId, echo };
        if (JSON.stringify(body) !== JSON.stringify(expected) || !text.includes(`x-request-id: ${requestId}`))
          foreign.push({ body, expected });
        answered += 1;
      }
      socket.destroy();
    };
    await Promise.all(tokens.map(browse));
    expect(foreign).toEqual([]);
    expect(answered).toBe(count * 0.8);
    await served.close();
  },
);
