// The console as `bff/main.ts` starts it, with addresses that break it: for tests of how it ends. `UNGUARDED` lets it end as Node does.
import { run } from '../run.ts';
import type { Response } from 'express';

const waiting = Promise.withResolvers<Response>();
/** What goes wrong while somebody waits for an answer. */
const faults: Record<string, (held: Response) => void> = {
  '/throw'(held) {
    setImmediate(() => held.send('at last'));
    throw new Error('thrown on purpose');
  },
  '/reject'(held) {
    setImmediate(() => held.send('at last'));
    void Promise.reject(new Error('rejected on purpose'));
  },
  '/throw-and-hang'() {
    throw new Error('thrown on purpose');
  },
};
await run((request, response) => {
  if (request.path === '/wait') return waiting.resolve(response);
  const fault = faults[request.path];
  void waiting.promise.then((held) => {
    if (fault) response.once('finish', () => fault(held)); // outside of whatever would catch it
    return response.send('in a moment');
  });
});
if (process.env['UNGUARDED']) process.removeAllListeners('uncaughtException');
