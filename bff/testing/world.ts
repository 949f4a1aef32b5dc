import { createHash } from 'node:crypto';
import type { Clock, Digest, Log, LogLevel, Random } from '#contract/ports.ts';

/** Time that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Runs the timers that come due on the way, in their order. */
  advance(ms: number): void;
}
export function manualClock(startMs = Date.UTC(2026, 10, 24, 12)): ManualClock {
  let now = startMs;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    setTimer(callback, ms) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => void (timers = timers.filter((it) => it !== timer));
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((it) => it !== next);
        now = next.at;
        next.callback();
      }
      now = end;
    },
  };
}

/** Bytes that differ from call to call and are the same in every run. */
export function countedRandom(seed = 'seed'): Random {
  let calls = 0;
  return {
    bytes(length) {
      calls += 1;
      const block = (index: number) => createHash('sha256').update(`${seed} ${calls} ${index}`).digest();
      const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) => block(index));
      return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
    },
  };
}
export const digest: Digest = { sha256: async (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest()) };

export interface LogLine {
  level: LogLevel;
  message: string;
  [field: string]: unknown;
}
export function listedLog(lines: LogLine[] = [], bound: Record<string, unknown> = {}): Log {
  const at = (level: LogLevel) => (message: string, fields?: Record<string, unknown>) =>
    void lines.push({ ...bound, ...fields, level, message });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => listedLog(lines, { ...bound, ...fields }),
  };
}
/** The `n`th UUID of a test. */
export const uuidOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
