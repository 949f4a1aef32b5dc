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
  /** As a probe sees it, on a connection of its own. */
  livenessMs: { p99: number; most: number };
}

/** Whether the console answers its probe, ten times a second while `work` goes on. */
async function withProbes<T>({ url }: BenchConsole, work: Promise<T>): Promise<{ result: T; tookMs: number[] }> {
  const tookMs: number[] = [];
  const state = { isOver: false };
  const ended = work.finally(() => (state.isOver = true));
  while (!state.isOver) {
    const startedAt = performance.now();
    await new Promise<void>((resolve, reject) => {
      get(`${url}/liveness`, { agent: false }, (answer) => answer.resume().once('end', resolve)).once('error', reject);
    });
    tookMs.push(performance.now() - startedAt);
    await setTimeout(100);
  }
  return { result: await ended, tookMs };
}

async function crowd(console: BenchConsole, clients: number, manner: 'obeys' | 'pushes'): Promise<Crowd> {
  const args = ['scripts/bench/crowd.ts', console.url, path, String(clients), String(seconds), manner];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HEADERS: JSON.stringify(console.headers) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { result, tookMs } = await withProbes(console, text(child.stdout));
  const { served, refused } = JSON.parse(result) as Pick<Crowd, 'served' | 'refused'>;
  return { served, refused, livenessMs: { p99: shares(tookMs).p99Ms, most: Math.max(...tookMs) } };
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
  const cell = (value: number | null) => (value === null ? '' : ms(value)); // where nobody was refused there is no time
  const rows = measured.map(([clients, { served, refused, livenessMs }]) => [
    clients,
    whole(served.perSecond),
    `${Math.round((100 * served.perSecond) / peak)} %`,
    ms(served.p50Ms),
    ms(served.p99Ms),
    whole(refused.perSecond),
    cell(refused.p50Ms),
    cell(refused.p99Ms),
    ms(livenessMs.p99),
    ms(livenessMs.most),
  ]);
  writeSection(
    'Measured: overload',
    `\`npm run bench:security\`: \`GET ${path}\` of 1,000 agents with the limits as they are by default (200 answered, 100 waiting), logs as by default. Clients ask again as soon as they were answered; whoever is refused either comes back when \`Retry-After\` says, as the page does, or at once. Goodput at ten times the load is to stay at 80 % of the peak, a refusal to take at most 10 ms, \`/liveness\` 100 ms; it is asked ten times a second on connections of its own. Clients, probe, broker and console share the machine. ${machine()}.

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
