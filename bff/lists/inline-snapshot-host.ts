import { createEngine } from './engine.ts';
import type { SnapshotHost } from './snapshot-host.ts';

/** The host of a world without threads. */
export function inlineSnapshotHost(): SnapshotHost {
  const engine = createEngine();
  return { ask: async (call, ask) => engine(call, ask), close: async () => undefined };
}
