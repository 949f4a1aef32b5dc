import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

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
  // Browsers open connections ahead of need. Node counts one that never asked as busy, and would wait for it.
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    unused.delete(socket);
    if (state !== 'serving') response.setHeader('connection', 'close'); // whoever keeps connections opens the next one elsewhere
    response.once('close', () => {
      if (state === 'closed') setImmediate(() => server.closeIdleConnections()); // Node leaves a connection open that becomes idle after close()
    });
  });
  return {
    hasBegun: () => state !== 'serving',
    async drain({ serveMs, drainMs }) {
      if (state === 'serving') state = 'leaving';
      if (serveMs > 0) await new Promise((resolve) => setTimeout(resolve, serveMs));
      state = 'closed';
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
      const late = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(late);
    },
  };
}
