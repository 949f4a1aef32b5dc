import { setTimeout } from 'node:timers/promises';
import { answeredBy, readAs, sum, withConsole, type BenchConsole } from './processes.ts';
import { machine, table, writeSection } from './report.ts';

const everyMs = 10_000;
const minutes = 3;
/** Whole rhythms are counted, from where none of them begins: reads are due at tens of seconds from the first poll. */
const settledMs = 14_000;

/** What the pages Fleet and Stacks, one agent and one stack ask again while somebody looks at them. */
async function pollsOf(console: BenchConsole): Promise<string[]> {
  const lists = ['/api/agents?limit=50&sort=name', '/api/stacks?limit=50&sort=name'];
  const idsOf = async (list: string) => (await readAs<{ rows: { id: string }[] }>(console, list)).rows.map(({ id }) => id);
  const [agents = [], stacks = []] = await Promise.all(lists.map(idsOf));
  const details = [
    `/api/agents/${agents[0]}`,
    `/api/agents/${agents[0]}/reached-by`,
    `/api/stacks/${stacks[0]}`,
    `/api/stacks/${stacks[0]}/matrix`,
  ];
  return [...lists, `/api/agent-labels?agents=${agents.join(',')}`, `/api/stack-facts?stacks=${stacks.join(',')}`, ...details];
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

const count = (tabs: number) =>
  withConsole({ scenario: 'fleet-10k' }, { rests: true }, async (console, simulator) => {
    const paths = await pollsOf(console);
    const polling = poll(console, paths, tabs, minutes * 60 + settledMs / 1000);
    await setTimeout(settledMs);
    const before = await answeredBy(simulator);
    // Not until the last tab has ended: fifty take longer to end than one.
    await setTimeout(minutes * 60_000);
    const after = await answeredBy(simulator);
    await polling;
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
    `\`npm run bench\`: scenario \`fleet-10k\`, the reach walk paused and no samples taken. Each tab polls every 10 s what Fleet and Stacks, one agent and one stack show, marked as polls: both lists, the labels of one page and the facts of another, one agent with what reaches it, one stack with its matrix. Counted by the broker over ${minutes} minutes, per minute. Lists are read every five seconds, or every ten times their answer time where that is longer: figures of lists that answer in more than half a second follow the machine, not the tabs. ${machine()}.

${table(['The broker is asked', '1 tab', '50 tabs'], [...rows, ['all', ...totals.map(perMinute)]])}`,
  );
}
