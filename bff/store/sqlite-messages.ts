/** The writer changes, the reader only reads: neither waits for the other. */
export type ConnectionName = 'writer' | 'reader';
export interface SqliteRequest {
  id: number;
  connection: ConnectionName;
  /** `rollback` and `close` are told apart from statements because they must work in any state. */
  action: { kind: 'run'; sql: string; parameters: readonly unknown[] } | { kind: 'rollback' } | { kind: 'close' };
  /** How long to go on asking for a lock that somebody else holds. */
  lockWaitMs: number;
}
export type SqliteReply = { id: number } & (
  | { ok: true; rows: unknown[]; changes: number }
  | { ok: false; message: string; /** SQLite's primary result code; null for what is not SQLite's. */ code: number | null }
);
