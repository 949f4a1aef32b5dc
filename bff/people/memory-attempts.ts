import type { AttemptRows } from './limiter.ts';

const sweepEveryMs = 60_000;

/** Counters that live as long as the process. What is over is swept out; the limit for everybody bounds what is alive. */
export function memoryAttempts(): AttemptRows {
  const rows = new Map<string, { count: number; endsAtMs: number }>();
  let sweptAtMs = 0;
  return {
    async take(counters, nowMs) {
      if (nowMs - sweptAtMs >= sweepEveryMs) {
        sweptAtMs = nowMs;
        for (const [key, { endsAtMs }] of rows) if (endsAtMs <= nowMs) rows.delete(key);
      }
      for (const { key } of counters) if ((rows.get(key)?.endsAtMs ?? 0) <= nowMs) rows.delete(key);
      const full = counters.flatMap(({ key, limit }) => {
        const row = rows.get(key);
        return row && row.count >= limit ? [row.endsAtMs] : [];
      });
      if (full.length > 0) return { fullUntilMs: Math.max(...full) };
      for (const { key, windowMs } of counters) {
        const row = rows.get(key) ?? { count: 0, endsAtMs: nowMs + windowMs };
        rows.set(key, { ...row, count: row.count + 1 });
      }
      return { fullUntilMs: null };
    },
    async giveBack(keys) {
      for (const key of keys) {
        const row = rows.get(key);
        if (row && row.count > 0) rows.set(key, { ...row, count: row.count - 1 });
      }
    },
    async clear(key) {
      rows.delete(key);
    },
  };
}
