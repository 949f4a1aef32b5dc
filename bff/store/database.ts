import { Kysely, type Transaction } from 'kysely';
import type { Clock } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { migrate } from './migrate.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { startSqlite } from './sqlite-host.ts';
import type { Tables } from './tables.ts';

/** The file, with a time-out on everything: a stuck disk is a quick 503 and never a pile of waiting requests. */
export interface Database {
  /** @throws `store_unavailable` */
  read<T>(query: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /**
   * One transaction, durable when it answers. `late` is told of one that was committed after its caller had been refused.
   * @throws `store_unavailable`
   */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>, late?: (value: T) => void): Promise<T>;
  close(): Promise<void>;
}
/** A lock is waited for as long as the command line beside us needs to commit, and less long than a write may take. */
const limits = { writeMs: 1_000, readMs: 2_000, lockMs: 700, migrateLockMs: 30_000 };

/** @throws when the file cannot be opened or brought up to date */
export async function openDatabase(file: string, clock: Clock): Promise<Database> {
  const host = startSqlite(file);
  const writer = new Kysely<Tables>({ dialect: sqliteDialect(host, 'writer', limits.lockMs) });
  const reader = new Kysely<Tables>({ dialect: sqliteDialect(host, 'reader', limits.lockMs) });
  try {
    await migrate(new Kysely({ dialect: sqliteDialect(host, 'writer', limits.migrateLockMs) }), clock.now());
  } catch (error) {
    await host.close();
    throw error;
  }

  const inTime = async <T>(ms: number, work: Promise<T>, expired: () => void = () => undefined): Promise<T> => {
    const tooLate = Promise.withResolvers<never>();
    const cancel = clock.setTimer(() => {
      expired();
      tooLate.reject(new Error(`no answer within ${ms} ms`));
    }, ms);
    try {
      return await Promise.race([work, tooLate.promise]);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw new ProblemError('store_unavailable', 'The console’s own store does not answer', {}, { cause: error });
    } finally {
      cancel();
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  return {
    read: (query) => inTime(limits.readMs, query(reader)),
    write(work, late) {
      let isOver = false;
      const assertInTime = (): void => {
        if (isOver) throw new Error('given up before it was its turn');
      };
      const attempt = last.then(async () => {
        assertInTime();
        return writer.transaction().execute(async (trx) => {
          const value = await work(trx);
          assertInTime(); // rolls back: whoever asked has been refused already
          return value;
        });
      });
      last = attempt.catch(() => undefined);
      return inTime(limits.writeMs, attempt, () => {
        isOver = true;
        attempt.then(late).catch(() => undefined);
      });
    },
    close: () => host.close(),
  };
}
