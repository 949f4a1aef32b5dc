import { monitorEventLoopDelay } from 'node:perf_hooks';
import { load, shares, trickle } from './load.ts';
import { readAs, withConsole, type BenchConsole } from './processes.ts';
import { machine, ms, table, whole, writeSection } from './report.ts';

const queries = [
  '/api/agents?limit=50&sort=-heartbeatAge',
  '/api/agents?limit=50&sort=name&filter=status:ACTIVE&offset=200',
  '/api/agents?limit=50&sort=-pendingObjects&filter=status:!INACTIVE',
];
export const agentPages = (n: number): string => queries[n % queries.length] ?? '';

async function untilFilled(console: BenchConsole, agents: number): Promise<number> {
  const startedAt = performance.now();
  const { totalUnfiltered } = await readAs<{ totalUnfiltered: number }>(console, '/api/agents?limit=50');
  if (totalUnfiltered !== agents) throw new Error(`${agents} agents were expected, the list has ${totalUnfiltered}`);
  return performance.now() - startedAt;
}
/** What held the serving thread up during `work`, and an idle loop beside it: what the machine itself adds. */
async function heldUp(console: BenchConsole, work: () => Promise<unknown>): Promise<string[]> {
  await console.loopDelay();
  const idle = monitorEventLoopDelay({ resolution: 1 });
  idle.enable();
  await work();
  const { p99Ms, maxMs } = await console.loopDelay();
  return [p99Ms, maxMs, idle.max / 1e6].map(ms);
}
const delays = ['Loop delay p99, ms', 'Loop delay max, ms', 'Idle process max, ms'];

/** First as fast as they come, then twenty a second for as long as it takes to read the shared list again several times. */
const pages = (agents: number, seconds: number) =>
  withConsole({ agents }, { rests: true }, async (console) => {
    const firstMs = await untilFilled(console, agents);
    const asked = { origin: console.url, headers: console.headers, path: agentPages };
    const { perSecond, p50Ms, p95Ms, p99Ms } = await load({ ...asked, connections: 8, seconds: 10 });
    const held = await heldUp(console, () => trickle({ ...asked, everyMs: 50, seconds }));
    return [whole(agents), ms(firstMs), whole(perSecond), ...[p50Ms, p95Ms, p99Ms].map(ms), ...held];
  });

/** Every page waits for the list to be read again, parsed, ordered and cut. */
const refreshes = (agents: number, times: number) =>
  withConsole({ agents }, { rests: true, env: { SNAPSHOT_MIN_MS: '0' } }, async (console) => {
    await untilFilled(console, agents);
    const tookMs: number[] = [];
    const held = await heldUp(console, async () => {
      for (let time = 0; time < times; time += 1) tookMs.push(await untilFilled(console, agents));
    });
    return [whole(agents), String(times), ms(shares(tookMs).p50Ms), ms(Math.max(...tookMs)), ...held];
  });

export async function measureLists(): Promise<void> {
  const head = ['Agents', 'First page, ms', 'Pages a second', 'p50, ms', 'p95, ms', 'p99, ms', ...delays];
  writeSection(
    'Pages of a large fleet',
    `\`npm run bench\`: pages of 50 out of the shared list, sorted and filtered, the reach walk paused. Rate and times: 8 connections without pause. Loop delay of the serving thread: twenty pages a second while the list is read again several times by its own rule; beside it that of an idle process, which is what the machine adds. Simulator and load run on the same machine. ${machine()}.

${table(head, [await pages(10_000, 30), await pages(100_000, 60)])}`,
  );
  writeSection(
    'List refresh',
    `\`npm run bench\`: with \`SNAPSHOT_MIN_MS=0\` each page waits until the list was read again from the broker. Times are those of the whole request, the simulator's making of the answer among them. The serving thread only carries the bytes: parsing, ordering and filtering are a worker's. ${machine()}.

${table(['Agents', 'Refreshes', 'p50, ms', 'Slowest, ms', ...delays], [await refreshes(10_000, 20), await refreshes(100_000, 10)])}`,
  );
}
