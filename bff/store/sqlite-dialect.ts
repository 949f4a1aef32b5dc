import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import type { SqliteHost } from './sqlite-host.ts';
import type { ConnectionName, SqliteRequest } from './sqlite-messages.ts';

/** Kysely on one connection of the store's thread; waits so long for a lock that somebody else holds. */
export function sqliteDialect(host: SqliteHost, name: ConnectionName, lockWaitMs: number): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await host.ask(name, { kind: 'run', sql, parameters }, lockWaitMs);
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new Error('the store does not stream: it pages');
    },
  };
  const tell = async (action: SqliteRequest['action']): Promise<void> => void (await host.ask(name, action, lockWaitMs));
  const tellSql = (sql: string) => tell({ kind: 'run', sql, parameters: [] });
  return {
    createDriver: () => ({
      init: async () => undefined,
      acquireConnection: async () => connection,
      // Immediate: whoever reads the last link of the chain is the one who writes the next.
      beginTransaction: () => tellSql('begin immediate'),
      commitTransaction: () => tellSql('commit'),
      rollbackTransaction: () => tell({ kind: 'rollback' }),
      releaseConnection: async () => undefined,
      destroy: async () => undefined,
    }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
