import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#contract/session.ts';
import { testPeople, type SessionCookie } from '#e2e/people.ts';
import type { ScenarioName } from '#simulator/scenarios.ts';
import { root } from '../build-page.ts';
import type { LoopDelay } from './loop-delay.ts';

const adminPak = 'brokkr_BRbench0_2kQ8vHn4sYpWc7RtJm5xZbEa3GdLfUu';

export interface Started {
  url: string;
  stop(): Promise<void>;
}
/** Runs a script of ours as its own process and waits for the address it prints. */
async function startProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stderr: 'inherit' | 'ignore' = 'inherit',
): Promise<Started & { child: ChildProcess }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', stderr, 'ipc'],
  });
  const exited = once(child, 'exit');
  let printed = '';
  const { promise: address, resolve } = Promise.withResolvers<string>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += printed.length < 100_000 ? text : '';
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
    if (found !== undefined) resolve(found);
  });
  const url = await Promise.race([address, exited.then(() => Promise.reject(new Error(`${args.join(' ')} ended early:\n${printed}`)))]);
  return {
    url,
    child,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export async function startSimulator({ agents = 0, scenario = 'empty' }: { agents?: number; scenario?: ScenarioName }): Promise<Started> {
  const args = ['--scenario', scenario, '--agents', String(agents), '--port', '0', '--admin-pak', adminPak];
  return startProcess(['simulator/port/main.ts', ...args], {});
}
/** How many requests a simulator has answered since it started, by operation: its own metrics, which do not count their readers. */
export async function answeredBy({ url }: Started): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts: Record<string, number> = {};
  for (const [, endpoint, method, count] of text.matchAll(
    /^brokkr_http_requests_total\{endpoint="([^"]*)",method="([^"]*)".*\} (\d+)$/gm,
  )) {
    const operation = `${method} ${endpoint}`;
    counts[operation] = (counts[operation] ?? 0) + Number(count);
  }
  return counts;
}
export const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, count) => all + count, 0);
export async function startHop(kind: 'bare' | 'middleware', upstream: string): Promise<Started> {
  return startProcess(['scripts/bench/hop-server.ts', kind, upstream], { BROKER_PAK: adminPak });
}
export interface BenchConsole extends Started {
  /** Headers of what the page sends. */
  headers: Record<string, string>;
  session: SessionCookie;
  /** Its database, for what no request can do. */
  file: string;
  /** How long the serving thread was held up since the last call. */
  loopDelay(): Promise<LoopDelay>;
}
interface ConsoleOptions {
  role?: Role;
  /** With the reach walk paused. */
  rests?: boolean;
  /** More of its environment. */
  env?: NodeJS.ProcessEnv;
  /** Logs every request as it does by default; nobody reads it. */
  logs?: boolean;
}
export async function startConsole(
  brokerUrl: string,
  { role = 'viewer', rests = false, env = {}, logs = false }: ConsoleOptions = {},
): Promise<BenchConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'console-bench-'));
  const environment = {
    PORT: '0',
    BROKER_URL: brokerUrl,
    BROKER_PAK: adminPak,
    DATABASE_URL: `sqlite:${join(folder, 'console.db')}`,
    LOG_LEVEL: logs ? 'info' : 'warn',
    ...env,
  };
  const entry = rests ? 'scripts/bench/resting-console.ts' : 'bff/main.ts';
  const bff = await startProcess(['--import', './scripts/bench/loop-delay.ts', entry], environment, logs ? 'ignore' : 'inherit');
  const people = testPeople({ ...environment, PATH: process.env['PATH'] }, bff.url);
  await people.sessionOf('admin'); // with an admin there is no first-run setup in the way
  const session = await people.sessionOf(role);
  return {
    url: bff.url,
    session,
    file: join(folder, 'console.db'),
    headers: { cookie: `${session.name}=${session.value}`, 'x-console': 'action', origin: bff.url, accept: 'application/json' },
    async loopDelay() {
      const answer = once(bff.child, 'message') as Promise<[LoopDelay]>;
      bff.child.send('loop-delay');
      return (await answer)[0];
    },
    async stop() {
      await bff.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
/** What the page is answered. @throws at any answer but 200 */
export async function readAs<Answer>({ url, headers }: BenchConsole, path: string): Promise<Answer> {
  const response = await fetch(url + path, { headers });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
/** Runs `measure` with a broker and a console of its own, which end with it. */
export async function withConsole<Result>(
  simulated: Parameters<typeof startSimulator>[0],
  options: ConsoleOptions,
  measure: (console: BenchConsole, simulator: Started) => Promise<Result>,
): Promise<Result> {
  const simulator = await startSimulator(simulated);
  try {
    const console = await startConsole(simulator.url, options);
    try {
      return await measure(console, simulator);
    } finally {
      await console.stop();
    }
  } finally {
    await simulator.stop();
  }
}
