import { expect, test } from 'vitest';
import { withoutPaks } from '#bff/broker/pak.ts';
import type { LogLevel } from '#contract/ports.ts';
import { createLog, type LogOptions } from './log.ts';

function recording(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    levelOf: () => 'info',
    mask: withoutPaks,
    destination: { write: (line) => void lines.push(line) },
    ...options,
  });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
const pak = 'brokkr_BRabcdef_notARea1KeyAtA11ABCDEFGHabcdefgh';

test('a line has its time, level, message and component, and what the caller adds', () => {
  const { log, parsed } = recording();
  log.child({ component: 'broker', request_id: 'rq_1' }).warn('slow', { ms: 12 });
  const [line] = parsed();
  expect(line).toMatchObject({ level: 'warn', message: 'slow', component: 'broker', request_id: 'rq_1', ms: 12 });
  expect(line?.['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('each component has its own level', () => {
  const { log, parsed } = recording({ levelOf: (component) => ({ broker: 'debug', audit: 'error' } as const)[component] ?? 'warn' });
  for (const component of ['broker', 'audit', 'http']) {
    const child = log.child({ component });
    child.debug('d');
    child.warn('w');
  }
  expect(parsed().map(({ component, message }) => [component, message])).toEqual([
    ['broker', 'd'],
    ['broker', 'w'],
    ['http', 'w'],
  ]);
});

test('a level that changes counts from the next line on, also for whoever holds a log already', () => {
  let level: LogLevel = 'warn';
  const { log, parsed } = recording({ levelOf: () => level });
  const child = log.child({ component: 'broker' });
  child.info('before');
  level = 'info';
  child.info('after');
  expect(parsed().map(({ message }) => message)).toEqual(['after']);
});

test('no secret is ever written, wherever it hides', () => {
  const { log, lines } = recording();
  const error = new Error(`refused ${pak}`, { cause: new Error(`Bearer ${pak}`) });
  log.error(`with ${pak}`, {
    pak,
    headers: { Authorization: pak, cookie: 'x=canary' },
    password: 'canary',
    session_key: 'canary',
    nested: { list: [`key=${pak};`], setupToken: 'canary' },
    error,
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('notARea1Key');
  expect(lines[0]).not.toContain('canary');
  expect(lines[0]).toContain('refused [masked key]');
});

test('an error keeps its stack and its cause', () => {
  const { log, parsed } = recording();
  log.error('failed', { error: new TypeError('outer', { cause: new Error('inner') }) });
  expect(parsed()[0]?.['error']).toMatchObject({
    name: 'TypeError',
    message: 'outer',
    stack: expect.stringContaining('log.test.ts') as string,
    cause: { message: 'inner' },
  });
});
