import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPeople } from '#e2e/people.ts';
import { root } from '../build-page.ts';
import type { LoopDelay } from './loop-delay.ts';

const adminPak = 'brokkr_BRbench0_2kQ8vHn4sYpWc7RtJm5xZbEa3GdLfUu';

export interface Started {
  url: string;
  stop(): Promise<void>;
}
/** Runs a script of ours as its own process and waits for the address it prints. */
async function startProcess(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Started & { child: ChildProcess }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
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

export async function startSimulator(agents: number): Promise<Started> {
  return startProcess(['simulator/port/main.ts', '--agents', String(agents), '--port', '0', '--admin-pak', adminPak], {});
}
export async function startHop(kind: 'bare' | 'middleware', upstream: string): Promise<Started> {
  return startProcess(['scripts/bench/hop-server.ts', kind, upstream], { BROKER_PAK: adminPak });
}
export interface BenchConsole extends Started {
  /** Headers of a viewer's page. */
  headers: Record<string, string>;
  /** How long the serving thread was held up since the last call. */
  loopDelay(): Promise<LoopDelay>;
}
export async function startConsole(brokerUrl: string): Promise<BenchConsole> {
  const folder = mkdtempSync(join(tmpdir(), 'console-bench-'));
  const env = {
    PORT: '0',
    BROKER_URL: brokerUrl,
    BROKER_PAK: adminPak,
    DATABASE_URL: `sqlite:${join(folder, 'console.db')}`,
    LOG_LEVEL: 'warn',
  };
  const bff = await startProcess(['--import', './scripts/bench/loop-delay.ts', 'bff/main.ts'], env);
  const cookie = await testPeople({ ...env, PATH: process.env['PATH'] }, bff.url).sessionOf('viewer');
  return {
    url: bff.url,
    headers: { cookie: `${cookie.name}=${cookie.value}`, 'x-console': 'action', accept: 'application/json' },
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
