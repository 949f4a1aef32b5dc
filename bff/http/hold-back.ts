import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Sees every request that is turned away; false: its connection is cut off, and there is nobody to answer. */
export type HoldBack = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Who was turned away, comes back on the same connection before the time they were told, and is turned away again, is not read
 * for that time: pushing costs the one who pushes, not those who are answered. The first time costs nobody anything, as the
 * connections of a proxy carry many people.
 */
export function holdBack(forMs: number): HoldBack {
  const toldUntil = new WeakMap<Socket, number>();
  return ({ socket }, response) => {
    const now = performance.now();
    const isPushing = now < (toldUntil.get(socket) ?? 0);
    toldUntil.set(socket, now + forMs);
    if (!isPushing) return true;
    // Sent on without waiting for an answer, as no browser and no proxy does: one packet may hold thousands of such requests.
    if (response.socket === null) socket.destroy();
    if (socket.destroyed) return false;
    // Node makes the socket flow again while it ends an answer: only after that does a pause last.
    response.once('close', () => {
      socket.pause();
      setTimeout(() => socket.resume(), forMs).unref();
    });
    return true;
  };
}
