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

/** The near side of the one thread that holds the file. */
export function startSqlite(file: string): SqliteHost {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: { file }, name: 'store' });
  const waiting = new Map<number, PromiseWithResolvers<{ rows: unknown[]; changes: number }>>();
  let lastId = 0;
  let gone: Error | undefined;
  worker.on('message', (reply: SqliteReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if (reply.ok) call?.resolve({ rows: reply.rows, changes: reply.changes });
    else call?.reject(new SqliteFault(reply.message, reply.code));
  });
  const end = (reason: Error): void => {
    gone ??= reason;
    for (const call of waiting.values()) call.reject(gone);
    waiting.clear();
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
      await ask('writer', { kind: 'close' }, 0);
      await worker.terminate();
    },
  };
}
