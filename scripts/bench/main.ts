import { load, type LoadResult } from './load.ts';
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

/** Pages of 50, filtered and sorted, long enough that the shared list is read again several times meanwhile. */
async function pages(agents: number, seconds: number): Promise<string> {
  const simulator = await startSimulator(agents);
  const console = await startConsole(simulator.url);
  try {
    const firstMs = await untilFilled(console, agents);
    await console.loopDelay();
    const result = await load({ origin: console.url, headers: console.headers, path: (n) => pageQueries[n % pageQueries.length] ?? '', connections: 8, seconds });
    const delay = await console.loopDelay();
    return `| ${agents.toLocaleString('en')} | ${ms(firstMs)} | ${Math.round(result.perSecond).toLocaleString('en')} | ${ms(result.p50Ms)} | ${ms(result.p95Ms)} | ${ms(result.p99Ms)} | ${ms(delay.p99Ms)} | ${ms(delay.maxMs)} |`;
  } finally {
    await console.stop();
    await simulator.stop();
  }
}

/** One agent through the console, and the same broker through one hop without sessions, roles, schemas or logs. */
async function hops(): Promise<string> {
  const simulator = await startSimulator(1_000);
  const [console, bare, middleware] = [await startConsole(simulator.url), await startHop('bare', simulator.url), await startHop('middleware', simulator.url)];
  try {
    await untilFilled(console, 1_000);
    const list = (await (await fetch(`${console.url}/api/agents?limit=200`, { headers: console.headers })).json()) as { rows: { id: string }[] };
    const idOf = (n: number) => list.rows[n % list.rows.length]?.id ?? '';
    const common = { connections: 16, seconds: 8 };
    const upstreamPath = (n: number) => `/api/v1/agents/${idOf(n)}/fleet-status`;
    const results: Record<string, LoadResult> = {
      'bare node:http hop': await load({ origin: bare.url, path: upstreamPath, ...common }),
      'http-proxy-middleware': await load({ origin: middleware.url, path: upstreamPath, ...common }),
      'console, `GET /api/agents/:agentId`': await load({ origin: console.url, headers: console.headers, path: (n) => `/api/agents/${idOf(n)}`, ...common }),
    };
    const base = results['bare node:http hop']?.perSecond ?? Number.NaN;
    return Object.entries(results)
      .map(([name, { perSecond, p50Ms, p99Ms }]) => `| ${name} | ${Math.round(perSecond).toLocaleString('en')} | ${times(perSecond / base)} | ${ms(p50Ms)} | ${ms(p99Ms)} |`)
      .join('\n');
  } finally {
    await Promise.all([console, bare, middleware].map((started) => started.stop()));
    await simulator.stop();
  }
}

const rows = [await pages(10_000, 20), await pages(100_000, 60)];
writeSection(
  'Pages of a large fleet',
  `\`npm run bench\`: pages of 50 out of the shared list, sorted and filtered, 8 connections without pause; simulator and load on the same machine, the list read again by its own rule meanwhile. ${machine()}.

| Agents | First page, ms | Pages a second | p50, ms | p95, ms | p99, ms | Loop delay p99, ms | Loop delay max, ms |
| --- | --- | --- | --- | --- | --- | --- | --- |
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
