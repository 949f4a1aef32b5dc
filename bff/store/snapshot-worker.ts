import { parentPort } from 'node:worker_threads';
import { createEngine } from '#bff/lists/engine.ts';
import type { HostCall, HostCalls } from '#bff/lists/snapshot-host.ts';

/** One question to the thread that owns the rows, and what it answers; told apart by `id`. */
export interface Question<C extends HostCall = HostCall> {
  id: number;
  call: C;
  ask: HostCalls[C]['ask'];
}
export type Reply = { id: number; answer: unknown } | { id: number; error: string };

// Questions that arrived meanwhile are answered before the next piece of a load.
const engine = createEngine(() => new Promise<void>((resolve) => setImmediate(resolve)));
parentPort?.on('message', ({ id, call, ask }: Question) => {
  engine(call, ask).then(
    (answer) => tell({ id, answer }),
    (error: unknown) => tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
function tell(reply: Reply) {
  parentPort?.postMessage(reply, []);
}
