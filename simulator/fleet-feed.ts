import type { Feed } from './ports.ts';

const bufferFrames = 1024;

export interface FleetFeed {
  /** Sends a frame to whoever listens. */
  publish(frame: string): void;
  subscribe(): Feed;
  readonly subscribers: number;
  /** Ends every feed, as a stopping broker does. */
  end(): void;
}

/** One queue per subscriber; a slow one loses its oldest frames and is not told (CONTRACT 6.3). */
export function fleetFeed(): FleetFeed {
  const open = new Set<{ push(frame: string): void; close(): void }>();
  function subscribe(): Feed {
    const queue: string[] = [];
    let wake: (() => void) | undefined;
    let isClosed = false;
    const subscriber = {
      push(frame: string) {
        queue.push(frame);
        if (queue.length > bufferFrames) queue.shift();
        wake?.();
      },
      close() {
        isClosed = true;
        open.delete(subscriber);
        wake?.();
      },
    };
    open.add(subscriber);
    async function* frames() {
      try {
        for (;;) {
          const frame = queue.shift();
          if (frame !== undefined) yield frame;
          else if (isClosed) return;
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        subscriber.close();
      }
    }
    return { frames: frames(), close: () => subscriber.close() };
  }
  return {
    publish(frame) {
      for (const subscriber of open) subscriber.push(frame);
    },
    subscribe,
    get subscribers() {
      return open.size;
    },
    end() {
      for (const subscriber of open) subscriber.close();
    },
  };
}
