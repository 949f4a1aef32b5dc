import { turn } from './breath.ts';
import { createEngine } from './engine.ts';
import type { SnapshotHost } from './snapshot-host.ts';

/** The host of a world without threads. */
export function inlineSnapshotHost(): SnapshotHost {
  return { ask: createEngine(turn), close: async () => undefined };
}
