import type { Log, LogLevel } from '#contract/ports.ts';
import { pino, type DestinationStream } from 'pino';

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
export interface LogOptions {
  /** Least level of a line; asked for each, as it may change while lines are written. */
  levelOf: (component: string) => LogLevel;
  /** Takes broker keys out of text. */
  mask: (text: string) => string;
  /** Standard error, so that standard output is left to what is said to people. */
  destination?: DestinationStream;
}

/** One JSON line per event: `timestamp`, `level`, `message`, `component`, and what the caller adds; secrets never. */
export function createLog({ levelOf, mask, destination = standardError() }: LogOptions): Log {
  const sink = pino(
    {
      level: 'debug', // decided below, per component
      base: null,
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const logOf = (bindings: Record<string, unknown>): Log => {
    const component = String(bindings['component']);
    const at = (wanted: LogLevel) => (message: string, fields?: Record<string, unknown>) => {
      if (rank[wanted] >= rank[levelOf(component)]) sink[wanted](withoutSecrets({ ...bindings, ...fields }, mask), mask(message));
    };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => logOf({ ...bindings, ...fields }),
    };
  };
  return logOf({ component: 'console' });
}

/** A closed terminal, or whoever read this and has gone, must not take the console along. */
function standardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: true }).on('error', () => undefined);
}

const secretName = /pak|password|secret|token|cookie|authorization|session_?keys?|passphrase/i;

/** A copy fit to be written: keys that name secrets lose their value, text loses what looks like a broker key. */
function withoutSecrets(value: Record<string, unknown>, mask: LogOptions['mask'], depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, secretName.test(key) ? '[redacted]' : plain(member, mask, depth)]),
  );
}
function plain(value: unknown, mask: LogOptions['mask'], depth: number): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 5) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => plain(item, mask, depth + 1));
  if (value instanceof Error)
    return withoutSecrets(
      { ...Object.fromEntries(Object.entries(value)), name: value.name, message: value.message, stack: value.stack, cause: value.cause },
      mask,
      depth + 1,
    );
  return withoutSecrets(value as Record<string, unknown>, mask, depth + 1);
}
