import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { canonicalBytes, type Entry } from '#bff/audit/entry.ts';
import type { ConnectionName, SqliteReply, SqliteRequest } from './sqlite-messages.ts';

/** node:sqlite is synchronous: it lives here, so that a slow disk or a lock holds up this thread and not the one that serves people. */
const { file } = workerData as { file: string };
const busy = 5;
const askAgainMs = 10;
const mostStatements = 300;
const openWaitMs = 5_000;

const writer = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: true });
openJournal();
// Full: what is acknowledged is on the disk, not only on its way there (requirement 10.5).
writer.exec('pragma synchronous = full; pragma trusted_schema = off');
writer.function('chain_hash', { deterministic: true }, (entry, seq, previousHash) => {
  const bytes = canonicalBytes(JSON.parse(String(entry)) as Entry, Number(seq), String(previousHash));
  return createHash('sha256').update(bytes).digest('hex');
});
const reader = new DatabaseSync(file, { timeout: 0 });
reader.exec('pragma query_only = on');
const databases: Record<ConnectionName, DatabaseSync> = { writer, reader };
const statements: Record<ConnectionName, Map<string, StatementSync>> = { writer: new Map(), reader: new Map() };

parentPort?.on('message', (request: SqliteRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply, []));
});

async function answer({ id, connection, action, lockWaitMs }: SqliteRequest): Promise<SqliteReply> {
  const database = databases[connection];
  const giveUpAt = performance.now() + lockWaitMs;
  for (;;) {
    try {
      if (action.kind === 'run') return { id, ok: true, ...run(connection, action.sql, action.parameters) };
      // SQLite has rolled back by itself after some errors; then there is nothing left to roll back.
      if (action.kind === 'rollback' && database.isTransaction) database.exec('rollback');
      if (action.kind === 'close') for (const it of [reader, writer]) it.close();
      return { id, ok: true, rows: [], changes: 0 };
    } catch (error) {
      const code = codeOf(error);
      if (code === busy && performance.now() < giveUpAt) {
        await wait(askAgainMs); // not inside SQLite: reads go on meanwhile
        continue;
      }
      return { id, ok: false, code, message: error instanceof Error ? error.message : String(error) };
    }
  }
}

function run(connection: ConnectionName, sql: string, parameters: readonly unknown[]): { rows: unknown[]; changes: number } {
  const known = statements[connection];
  let statement = known.get(sql);
  if (!statement) {
    if (known.size >= mostStatements) known.clear();
    statement = databases[connection].prepare(sql);
    known.set(sql, statement);
  }
  const values = parameters as SQLInputValue[]; // Kysely passes on what the queries bind: text, numbers and null
  if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0 };
  return { rows: [], changes: Number(statement.run(...values).changes) };
}

/** Two that both hold a new file could wait for each other for ever: SQLite refuses this switch at once, whatever its time-out. */
function openJournal(): void {
  const giveUpAt = performance.now() + openWaitMs;
  for (;;) {
    try {
      return writer.exec('pragma journal_mode = wal');
    } catch (error) {
      if (codeOf(error) !== busy || performance.now() >= giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, askAgainMs); // nobody can ask this thread anything yet
    }
  }
}

/** Extended result codes keep the primary one in their low byte. */
function codeOf(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
