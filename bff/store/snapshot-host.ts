import { Worker } from 'node:worker_threads';
import type { HostCall, HostCalls, SnapshotHost } from '#bff/lists/snapshot-host.ts';
import type { Log } from '#contract/ports.ts';
import type { Question, Reply } from './snapshot-worker.ts';

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * Keeps the rows of all lists in a thread of their own, so that parsing and sorting a large fleet never holds up a request.
 * A thread that dies is replaced; its lists are gone then, and are read again when next asked for.
 */
export function threadSnapshotHost(log: Log, script = new URL('snapshot-worker.ts', import.meta.url)): SnapshotHost {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let worker: Worker | undefined;
  let isClosed = false;

  function start(): Worker {
    const started = new Worker(script, { name: 'snapshots' });
    started.unref();
    started.on('message', (reply: Reply) => {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('error' in reply) asked?.reject(new Error(`the snapshot thread failed: ${reply.error}`));
      else asked?.resolve(reply.answer);
    });
    started.on('error', (error) => log.error('the snapshot thread died', { error }));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      const lost = [...waiting.values()];
      waiting.clear();
      for (const { reject } of lost) reject(new Error('the snapshot thread died'));
    });
    return started;
  }

  return {
    ask<C extends HostCall>(call: C, ask: HostCalls[C]['ask']): Promise<HostCalls[C]['answer']> {
      if (isClosed) return Promise.reject(new Error('the snapshot thread is closed'));
      worker ??= start();
      const id = (lastId += 1);
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      const question: Question<C> = { id, call, ask };
      worker.postMessage(question, transferable(ask));
      return promise as Promise<HostCalls[C]['answer']>; // the thread runs the engine whose types these are
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
    },
  };
}

/** Bytes move instead of being copied, unless they are a slice of a buffer that others use too. */
function transferable(ask: object): ArrayBuffer[] {
  if (!('bytes' in ask) || !(ask.bytes instanceof Uint8Array)) return [];
  const { buffer, byteLength } = ask.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
