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

const engine = createEngine();
parentPort?.on('message', ({ id, call, ask }: Question) => {
  parentPort?.postMessage(reply(id, () => engine(call, ask)), []);
});
function reply(id: number, answer: () => unknown): Reply {
  try {
    return { id, answer: answer() };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
