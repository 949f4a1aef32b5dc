import { type FrameQueue, frameQueue } from './frame-queue.ts';
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
  const open = new Set<FrameQueue>();
  return {
    publish(frame) {
      for (const queue of open) queue.push(frame);
    },
    subscribe() {
      const queue = frameQueue({ limit: bufferFrames, loses: 'oldest', onClose: () => open.delete(queue) });
      open.add(queue);
      return { frames: queue.frames, close: () => queue.close() };
    },
    get subscribers() {
      return open.size;
    },
    end() {
      for (const queue of open) queue.close();
    },
  };
}
