import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { bornForExpress } from './express-prototypes.ts';

async function answerOf(app: express.Express, options: Parameters<typeof createServer>[0]): Promise<unknown> {
  const server = createServer(options, app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const outgoing = ask({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    path: '/a/7?q=1',
    headers: { accept: 'text/html', cookie: 'x=1' },
    agent: false,
  }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const text = (await incoming.toArray()).map(String).join('');
  server.close();
  return {
    status: incoming.statusCode,
    type: incoming.headers['content-type'],
    moved: incoming.headers['x-moved'],
    body: JSON.parse(text) as unknown,
  };
}
function echoing(seen: { isBorn: boolean }[]): express.Express {
  const app = express();
  app.get('/a/:id', (request, response) => {
    seen.push({ isBorn: Object.getPrototypeOf(request) === app.request && Object.getPrototypeOf(response) === app.response });
    response
      .set('x-moved', '1')
      .status(203)
      .json({
        id: request.params.id,
        q: request.query['q'],
        accepts: request.accepts('html'),
        ip: request.ip,
        host: request.hostname,
        fresh: request.fresh,
      });
  });
  return app;
}

test('an application behaves the same on requests that are born for it', async () => {
  const seen: { isBorn: boolean }[] = [];
  const plain = echoing(seen);
  const born = echoing(seen);
  expect(await answerOf(born, bornForExpress(born))).toEqual(await answerOf(plain, {}));
});

test('nothing is re-parented any more', async () => {
  const app = echoing([]);
  const moved: object[] = [];
  const options = bornForExpress(app);
  const setPrototypeOf = Object.setPrototypeOf;
  Object.setPrototypeOf = ((object: object, prototype: object | null) => {
    if (
      object instanceof Object &&
      Object.getPrototypeOf(object) !== prototype &&
      (prototype === app.request || prototype === app.response)
    )
      moved.push(object);
    return setPrototypeOf(object, prototype) as object;
  }) as typeof Object.setPrototypeOf;
  try {
    await answerOf(app, options);
    expect(moved).toHaveLength(0);
    await answerOf(app, {});
    expect(moved).toHaveLength(2); // the twin: request and response of a plain server are
  } finally {
    Object.setPrototypeOf = setPrototypeOf;
  }
});
