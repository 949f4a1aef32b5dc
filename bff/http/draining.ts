import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface Draining {
  /** From the first moment on readiness says no, so that nobody sends more people here. */
  hasBegun: () => boolean;
  /**
   * Serves on for `serveMs` (who balances the load needs that long to notice), takes no new connection after that, and
   * gives what is under way `drainMs` to end. Resolves when every connection is closed.
   */
  drain: (times: { serveMs: number; drainMs: number }) => Promise<void>;
}

/** Lets a server end without cutting anybody off. */
export function drainable(server: Server): Draining {
  let state: 'serving' | 'leaving' | 'closed' = 'serving';
  server.prependListener('request', (_request, response) => {
    if (state !== 'serving') response.setHeader('connection', 'close'); // whoever keeps connections opens the next one elsewhere
    response.once('close', () => {
      if (state === 'closed') setImmediate(() => server.closeIdleConnections()); // Node leaves a connection open that becomes idle after close()
    });
  });
  return {
    hasBegun: () => state !== 'serving',
    async drain({ serveMs, drainMs }) {
      if (state === 'serving') state = 'leaving';
      if (serveMs > 0) await delay(serveMs);
      state = 'closed';
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(late);
    },
  };
}
