import { setTimeout } from 'node:timers/promises';
import { answeredBy, readAs, sum, withConsole, type BenchConsole } from './processes.ts';
import { machine, table, writeSection } from './report.ts';

const everyMs = 10_000;
const minutes = 3;

/** What the pages Fleet and Stacks ask again while somebody looks at them. */
async function pollsOf(console: BenchConsole): Promise<string[]> {
  const lists = ['/api/agents?limit=50&sort=name', '/api/stacks?limit=50&sort=name'];
  const idsOf = async (list: string) => (await readAs<{ rows: { id: string }[] }>(console, list)).rows.map(({ id }) => id).join(',');
  const [agents, stacks] = await Promise.all(lists.map(idsOf));
  return [...lists, `/api/agent-labels?agents=${agents}`, `/api/stack-facts?stacks=${stacks}`];
}
/** Tabs, spread over the ten seconds, each of which polls all of it until the time is over. */
async function poll(console: BenchConsole, paths: readonly string[], tabs: number, seconds: number): Promise<void> {
  const polling = { ...console, headers: { ...console.headers, 'x-console': 'poll' } };
  const until = performance.now() + seconds * 1000;
  const tab = async (_: unknown, index: number) => {
    await setTimeout((everyMs / tabs) * index);
    while (performance.now() < until) {
      await Promise.all([setTimeout(everyMs), ...paths.map((path) => readAs(polling, path))]);
    }
  };
  await Promise.all(Array.from({ length: tabs }, tab));
}

/** From the first poll of a console that has read nothing but the lists. */
const count = (tabs: number) =>
  withConsole({ scenario: 'fleet-10k' }, { rests: true }, async (console, simulator) => {
    const paths = await pollsOf(console);
    const before = await answeredBy(simulator);
    // Not until the last tab has ended: fifty take longer to end than one.
    const counted = setTimeout(minutes * 60_000).then(() => answeredBy(simulator));
    const [after] = await Promise.all([counted, poll(console, paths, tabs, minutes * 60)]);
    return Object.fromEntries(Object.entries(after).map(([operation, answered]) => [operation, answered - (before[operation] ?? 0)]));
  });

export async function measureTabs(): Promise<void> {
  const counted = [await count(1), await count(50)];
  const operations = [...new Set(counted.flatMap(Object.keys))].filter((operation) => counted.some((counts) => counts[operation]));
  const perMinute = (answered = 0) => (answered / minutes).toFixed(1);
  const totals = counted.map(sum);
  const rows = operations.toSorted().map((operation) => [`\`${operation}\``, ...counted.map((counts) => perMinute(counts[operation]))]);
  writeSection(
    'Upstream requests by tabs',
    `\`npm run bench\`: scenario \`fleet-10k\`, the reach walk paused and no samples taken. Each tab polls every 10 s what Fleet and Stacks show, marked as polls: both lists, the labels of one page and the facts of another. Counted by the broker over ${minutes} minutes from the first poll, per minute. What is kept for a minute is read again by the first poll after that: with one tab this comes up to ten seconds later. ${machine()}.

${table(['The broker is asked', '1 tab', '50 tabs'], [...rows, ['all', ...totals.map(perMinute)]])}`,
  );
}
