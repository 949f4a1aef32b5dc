import { load, type LoadResult } from './load.ts';
import { readAs, startHop, withConsole } from './processes.ts';
import { machine, ms, table, whole, writeSection } from './report.ts';

/** One agent through the console, and the same broker through one hop without sessions, roles, schemas or logs. */
export async function measureHops(): Promise<void> {
  const results = await withConsole({ agents: 1_000 }, { rests: true }, async (console, simulator): Promise<Record<string, LoadResult>> => {
    const [bare, middleware] = [await startHop('bare', simulator.url), await startHop('middleware', simulator.url)];
    try {
      const { rows } = await readAs<{ rows: { id: string }[] }>(console, '/api/agents?limit=200');
      const idOf = (n: number) => rows[n % rows.length]?.id ?? '';
      const common = { connections: 16, seconds: 8 };
      const upstreamPath = (n: number) => `/api/v1/agents/${idOf(n)}/fleet-status`;
      return {
        'bare node:http hop': await load({ origin: bare.url, path: upstreamPath, ...common }),
        'http-proxy-middleware': await load({ origin: middleware.url, path: upstreamPath, ...common }),
        'console, `GET /api/agents/:agentId`': await load({
          origin: console.url,
          headers: console.headers,
          path: (n) => `/api/agents/${idOf(n)}`,
          ...common,
        }),
      };
    } finally {
      await Promise.all([bare.stop(), middleware.stop()]);
    }
  });
  const base = results['bare node:http hop']?.perSecond ?? Number.NaN;
  const rows = Object.entries(results).map(([name, { perSecond, p50Ms, p99Ms }]) => [
    name,
    whole(perSecond),
    `${(perSecond / base).toFixed(2)} ×`,
    ms(p50Ms),
    ms(p99Ms),
  ]);
  writeSection(
    'One agent, against a bare hop',
    `\`npm run bench\`: 16 connections, same upstream, same run. The hops forward one call; the console reads the session, checks role and form, makes its upstream calls, parses their answers, cuts its own to the contract and logs. ${machine()}.

${table(['', 'Requests a second', 'Of the bare hop', 'p50, ms', 'p99, ms'], rows)}`,
  );
}
