import { Worker } from 'node:worker_threads';
import type { ConnectionName, SqliteReply, SqliteRequest } from './sqlite-messages.ts';

/** What SQLite refused, by its primary result code. */
class SqliteFault extends Error {
  readonly code: number | null;
  constructor(message: string, code: number | null) {
    super(message);
    this.name = 'SqliteFault';
    this.code = code;
  }
}
export interface SqliteHost {
  ask(connection: ConnectionName, action: SqliteRequest['action'], lockWaitMs: number): Promise<{ rows: unknown[]; changes: number }>;
  close(): Promise<void>;
}

interface Options {
  /** Told when the thread dies after it has worked. */
  died?: (reason: Error) => void;
  script?: URL;
}
/**
 * The near side of the one thread that holds the file. A thread that dies is not replaced: nobody could tell amid which
 * transactions. Its end is an error that nobody caught, as nothing works without it.
 */
export function startSqlite(
  file: string,
  { died = rethrow, script = new URL('./sqlite-worker.ts', import.meta.url) }: Options = {},
): SqliteHost {
  const worker = new Worker(script, { workerData: { file }, name: 'store' });
  const waiting = new Map<number, PromiseWithResolvers<{ rows: unknown[]; changes: number }>>();
  let lastId = 0;
  let hasWorked = false;
  let isClosing = false;
  let gone: Error | undefined;
  worker.on('message', (reply: SqliteReply) => {
    hasWorked = true;
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if (reply.ok) call?.resolve({ rows: reply.rows, changes: reply.changes });
    else call?.reject(new SqliteFault(reply.message, reply.code));
  });
  const end = (reason: Error): void => {
    if (gone) return;
    gone = reason;
    for (const call of waiting.values()) call.reject(gone);
    waiting.clear();
    if (hasWorked && !isClosing) died(gone);
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the store’s thread has ended')));
  worker.unref();

  const ask: SqliteHost['ask'] = (connection, action, lockWaitMs) => {
    if (gone) return Promise.reject(gone);
    const call = Promise.withResolvers<{ rows: unknown[]; changes: number }>();
    lastId += 1;
    waiting.set(lastId, call);
    worker.ref(); // a call under way keeps the process alive, an idle store does not
    worker.postMessage({ id: lastId, connection, action, lockWaitMs } satisfies SqliteRequest, []);
    return call.promise;
  };
  return {
    ask,
    async close() {
      if (gone) return;
      isClosing = true;
      await ask('writer', { kind: 'close' }, 0);
      await worker.terminate();
    },
  };
}

function rethrow(error: Error): never {
  throw error;
}
