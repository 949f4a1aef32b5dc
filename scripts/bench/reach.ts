import { setTimeout } from 'node:timers/promises';
import { agentPages } from './lists.ts';
import { load } from './load.ts';
import { answeredBy, readAs, sum, withConsole, type BenchConsole } from './processes.ts';
import { machine, ms, table, whole, writeSection } from './report.ts';

interface Coverage {
  known: number;
  total: number;
}
const coverageOf = async (console: BenchConsole) => (await readAs<{ coverage: Coverage }>(console, '/api/stacks?limit=1')).coverage;

/** The first walk of a console that knows nothing: it begins with the first request that a session makes. */
export async function measureReach(): Promise<void> {
  const { walk, pages } = await withConsole({ scenario: 'fleet-10k' }, {}, async (console, simulator) => {
    const before = sum(await answeredBy(simulator));
    const startedAt = performance.now();
    let coverage = await coverageOf(console);
    const asked = { origin: console.url, headers: console.headers, connections: 1, seconds: 10 };
    await setTimeout(10_000);
    const paged = {
      '`GET /api/agents`': await load({ ...asked, path: agentPages }),
      '`GET /api/stacks`': await load({ ...asked, path: () => '/api/stacks?limit=50&sort=-reached' }),
    };
    while (coverage.total === 0 || coverage.known < coverage.total) {
      await setTimeout(1_000);
      coverage = await coverageOf(console);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const requests = sum(await answeredBy(simulator)) - before;
    return {
      walk: [whole(coverage.total), whole(seconds), whole(requests), (requests / seconds).toFixed(1)],
      pages: Object.entries(paged).map(([name, { perSecond, p50Ms, p95Ms }]) => [name, whole(perSecond), ms(p50Ms), ms(p95Ms)]),
    };
  });
  writeSection(
    'Reach walk',
    `\`npm run bench\`: scenario \`fleet-10k\`, a console that starts with an empty index, until every agent is in it. Requests are all that the broker answered meanwhile, lists and probes among them; the walk keeps itself to 100 a second, four at once. ${machine()}.

${table(['Agents', 'Seconds', 'Requests', 'Requests a second'], [walk])}

Pages of 50 while it walks, one connection without pause:

${table(['', 'Pages a second', 'p50, ms', 'p95, ms'], pages)}`,
  );
}
