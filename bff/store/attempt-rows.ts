import type { AttemptRows } from '#bff/people/limiter.ts';
import type { Database } from './database.ts';

export function sqliteAttempts(database: Database): AttemptRows {
  return {
    take: (counters, nowMs) =>
      database.write(async (trx) => {
        await trx.deleteFrom('attempts').where('ends_at_ms', '<=', nowMs).execute();
        const rows = await trx
          .selectFrom('attempts')
          .selectAll()
          .where(
            'key',
            'in',
            counters.map(({ key }) => key),
          )
          .execute();
        const full = rows.filter((row) => counters.some(({ key, limit }) => key === row.key && row.count >= limit));
        if (full.length > 0) return { fullUntilMs: Math.max(...full.map((row) => row.ends_at_ms)) };
        for (const { key, windowMs } of counters) {
          await trx
            .insertInto('attempts')
            .values({ key, count: 1, ends_at_ms: nowMs + windowMs })
            .onConflict((at) => at.column('key').doUpdateSet((it) => ({ count: it('attempts.count', '+', 1) })))
            .execute();
        }
        return { fullUntilMs: null };
      }),
    giveBack: (keys) =>
      database.write(async (trx) => {
        await trx
          .updateTable('attempts')
          .set((it) => ({ count: it('count', '-', 1) }))
          .where('key', 'in', keys)
          .where('count', '>', 0)
          .execute();
      }),
    clear: (key) => database.write(async (trx) => void (await trx.deleteFrom('attempts').where('key', '=', key).execute())),
  };
}
