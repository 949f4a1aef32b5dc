import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { root } from '../build-page.ts';
import { shares, type LoadResult } from './load.ts';
import { withConsole, type BenchConsole } from './processes.ts';
import { machine, ms, table, whole, writeSection } from './report.ts';

const path = '/api/agents?limit=50&sort=name';
const seconds = 10;
interface Crowd {
  served: LoadResult;
  refused: LoadResult;
  /** As somebody sees it who comes new. */
  newcomers: { refusedMs: Times; livenessMs: Times };
}
interface Times {
  p50: number;
  p99: number;
  most: number;
}
const timesOf = (tookMs: readonly number[]): Times => {
  const { p50Ms, p99Ms } = shares(tookMs);
  return { p50: p50Ms, p99: p99Ms, most: Math.max(...tookMs) };
};

/** One request on a connection of its own. */
async function comeNew(url: string, headers: Record<string, string> = {}): Promise<{ status: number; tookMs: number }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers }, (answer) =>
      answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, tookMs: performance.now() - startedAt })),
    ).once('error', reject);
  });
}
/** Ten times a second while `work` goes on somebody new asks for the same as the crowd, and a probe whether the console lives. */
async function withNewcomers<T>(console: BenchConsole, work: Promise<T>): Promise<{ result: T; newcomers: Crowd['newcomers'] }> {
  const [refused, alive] = [[] as number[], [] as number[]];
  const state = { isOver: false };
  const ended = work.finally(() => (state.isOver = true));
  const every = async (ask: () => Promise<void>) => {
    while (!state.isOver) {
      await ask();
      await setTimeout(100);
    }
  };
  await Promise.all([
    every(async () => void alive.push((await comeNew(`${console.url}/liveness`)).tookMs)),
    every(async () => {
      const { status, tookMs } = await comeNew(console.url + path, console.headers);
      if (status === 503) refused.push(tookMs);
    }),
  ]);
  return { result: await ended, newcomers: { refusedMs: timesOf(refused), livenessMs: timesOf(alive) } };
}

async function crowd(console: BenchConsole, clients: number, manner: 'obeys' | 'pushes'): Promise<Crowd> {
  const args = ['scripts/bench/crowd.ts', console.url, path, String(clients), String(seconds), manner];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HEADERS: JSON.stringify(console.headers) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { result, newcomers } = await withNewcomers(console, text(child.stdout));
  const { served, refused } = JSON.parse(result) as Pick<Crowd, 'served' | 'refused'>;
  return { served, refused, newcomers };
}

export async function measureOverload(): Promise<void> {
  const measured = await withConsole({ agents: 1_000 }, { rests: true, logs: true }, async (console) => {
    const results: [string, Crowd][] = [];
    for (const clients of [16, 64, 200]) results.push([`${clients}`, await crowd(console, clients, 'obeys')]);
    results.push(['2,000, who come back when told to', await crowd(console, 2_000, 'obeys')]);
    results.push(['2,000, who come back at once', await crowd(console, 2_000, 'pushes')]);
    return results;
  });
  const peak = Math.max(...measured.slice(0, 3).map(([, { served }]) => served.perSecond));
  const cell = (value: number) => (Number.isFinite(value) ? ms(value) : ''); // where nobody was refused there is no time
  const rows = measured.map(([clients, { served, refused, newcomers }]) => [
    clients,
    whole(served.perSecond),
    `${Math.round((100 * served.perSecond) / peak)} %`,
    ms(served.p50Ms),
    ms(served.p99Ms),
    whole(refused.perSecond),
    cell(newcomers.refusedMs.p50),
    cell(newcomers.refusedMs.p99),
    ms(newcomers.livenessMs.p99),
    ms(newcomers.livenessMs.most),
  ]);
  writeSection(
    'Measured: overload',
    `\`npm run bench:security\`: \`GET ${path}\` of 1,000 agents with the limits as they are by default (200 answered, 100 waiting), logs as by default. Clients ask again as soon as they were answered; whoever is refused either comes back when \`Retry-After\` says, as the page does, or at once. Goodput at ten times the load is to stay at 80 % of the peak, a refusal to take at most 10 ms, \`/liveness\` 100 ms: both are timed on new connections, ten a second, from before the crowd connects (whoever pushes on over the same connection waits longer, as it is not read). Clients, newcomers, broker and console share the machine. ${machine()}.

${table(
  [
    'Clients',
    'Answered a second',
    'Of the peak',
    'p50, ms',
    'p99, ms',
    'Refused a second',
    'p50, ms',
    'p99, ms',
    'Liveness p99, ms',
    'Slowest, ms',
  ],
  rows,
)}`,
    'security',
  );
}
