import { monitorEventLoopDelay } from 'node:perf_hooks';
import { load, type LoadResult, trickle } from './load.ts';
import { startConsole, startHop, startSimulator, type BenchConsole } from './processes.ts';
import { machine, writeSection } from './report.ts';

const ms = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
const times = (value: number) => `${value.toFixed(2)} ×`;
const pageQueries = [
  '/api/agents?limit=50&sort=-heartbeatAge',
  '/api/agents?limit=50&sort=name&filter=status:ACTIVE&offset=200',
  '/api/agents?limit=50&sort=-pendingObjects&filter=status:!INACTIVE',
];

async function untilFilled({ url, headers }: BenchConsole, agents: number): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/agents?limit=50`, { headers });
  const { totalUnfiltered } = (await response.json()) as { totalUnfiltered: number };
  if (totalUnfiltered !== agents) throw new Error(`${agents} agents were expected, the list has ${totalUnfiltered}`);
  return performance.now() - startedAt;
}

/**
 * Pages of 50, filtered and sorted: first as fast as they come, then twenty a second for as long as it takes to read the shared list again
 * several times, which is when the serving thread could be held up. An idle loop beside it tells what the machine itself adds.
 */
async function pages(agents: number, seconds: number): Promise<string> {
  const simulator = await startSimulator(agents);
  const console = await startConsole(simulator.url);
  try {
    const firstMs = await untilFilled(console, agents);
    const asked = { origin: console.url, headers: console.headers, path: (n: number) => pageQueries[n % pageQueries.length] ?? '' };
    const result = await load({ ...asked, connections: 8, seconds: 10 });
    await console.loopDelay();
    const idle = monitorEventLoopDelay({ resolution: 1 });
    idle.enable();
    await trickle({ ...asked, everyMs: 50, seconds });
    const delay = await console.loopDelay();
    const row = [
      agents.toLocaleString('en'),
      ms(firstMs),
      Math.round(result.perSecond).toLocaleString('en'),
      ...[result.p50Ms, result.p95Ms, result.p99Ms, delay.p99Ms, delay.maxMs, idle.max / 1e6].map(ms),
    ];
    return `| ${row.join(' | ')} |`;
  } finally {
    await console.stop();
    await simulator.stop();
  }
}

/** One agent through the console, and the same broker through one hop without sessions, roles, schemas or logs. */
async function hops(): Promise<string> {
  const simulator = await startSimulator(1_000);
  const [console, bare, middleware] = [
    await startConsole(simulator.url),
    await startHop('bare', simulator.url),
    await startHop('middleware', simulator.url),
  ];
  try {
    await untilFilled(console, 1_000);
    const list = (await (await fetch(`${console.url}/api/agents?limit=200`, { headers: console.headers })).json()) as {
      rows: { id: string }[];
    };
    const idOf = (n: number) => list.rows[n % list.rows.length]?.id ?? '';
    const common = { connections: 16, seconds: 8 };
    const upstreamPath = (n: number) => `/api/v1/agents/${idOf(n)}/fleet-status`;
    const results: Record<string, LoadResult> = {
      'bare node:http hop': await load({ origin: bare.url, path: upstreamPath, ...common }),
      'http-proxy-middleware': await load({ origin: middleware.url, path: upstreamPath, ...common }),
      'console, `GET /api/agents/:agentId`': await load({
        origin: console.url,
        headers: console.headers,
        path: (n) => `/api/agents/${idOf(n)}`,
        ...common,
      }),
    };
    const base = results['bare node:http hop']?.perSecond ?? Number.NaN;
    return Object.entries(results)
      .map(
        ([name, { perSecond, p50Ms, p99Ms }]) =>
          `| ${name} | ${Math.round(perSecond).toLocaleString('en')} | ${times(perSecond / base)} | ${ms(p50Ms)} | ${ms(p99Ms)} |`,
      )
      .join('\n');
  } finally {
    await Promise.all([console, bare, middleware].map((started) => started.stop()));
    await simulator.stop();
  }
}

const rows = [await pages(10_000, 30), await pages(100_000, 60)];
writeSection(
  'Pages of a large fleet',
  `\`npm run bench\`: pages of 50 out of the shared list, sorted and filtered. Rate and times: 8 connections without pause. Loop delay of the serving thread: twenty pages a second while the list is read again several times by its own rule; beside it that of an idle process, which is what the machine adds. Simulator and load run on the same machine. ${machine()}.

| Agents | First page, ms | Pages a second | p50, ms | p95, ms | p99, ms | Loop delay p99, ms | Loop delay max, ms | Idle process max, ms |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`,
);
writeSection(
  'One agent, against a bare hop',
  `\`npm run bench\`: 16 connections, same upstream, same run. The hops forward one call; the console reads the session, checks role and form, makes its upstream calls, parses their answers, cuts its own to the contract and logs. ${machine()}.

| | Requests a second | Of the bare hop | p50, ms | p99, ms |
| --- | --- | --- | --- | --- |
${await hops()}`,
);
console.log('Written to docs/performance.md');
