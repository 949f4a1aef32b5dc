import { createEngine } from './engine.ts';
import type { SnapshotHost } from './snapshot-host.ts';

/** A turn of the event loop. */
const rest = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The host of a world without threads. */
export function inlineSnapshotHost(): SnapshotHost {
  return { ask: createEngine(rest), close: async () => undefined };
}
