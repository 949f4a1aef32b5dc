import { aService } from '#simulator/yaml-samples.ts';
import { measureInteractions } from './interactions.ts';
import { agentPages } from './lists.ts';
import { load } from './load.ts';
import { readAs, withConsole } from './processes.ts';
import { machine, ms, table, writeSection } from './report.ts';

export async function measureFleet(): Promise<void> {
  const { answers, interactions } = await withConsole({ scenario: 'fleet-10k' }, { role: 'operator' }, async (console) => {
    await readAs(console, '/api/agents?limit=50');
    const { rows } = await readAs<{ rows: { id: string; name: string }[] }>(console, '/api/stacks?limit=50&q=till-app');
    const stack = rows[0];
    if (stack === undefined) throw new Error('the scenario has no stack till-app');
    const asked = { origin: console.url, headers: console.headers, connections: 4, seconds: 10 };
    const yaml = aService({ name: 'till', namespace: 'till', image: 'registry.example.test/till:1.9.0' });
    const measured = {
      'page of agents, `GET /api/agents`': await load({ ...asked, path: agentPages }),
      'page of stacks, `GET /api/stacks`': await load({ ...asked, path: () => '/api/stacks?limit=50&sort=-reached' }),
      'preview of a submission, `POST /api/stacks/:stackId/preview`': await load({
        ...asked,
        path: () => `/api/stacks/${stack.id}/preview`,
        body: JSON.stringify({ yaml }),
      }),
    };
    return {
      answers: Object.entries(measured).map(([name, { p50Ms, p95Ms, p99Ms }]) => [name, ...[p50Ms, p95Ms, p99Ms].map(ms)]),
      interactions: await measureInteractions(console, stack),
    };
  });
  const worstMs = Math.max(...interactions.map(({ slowestMs }) => slowestMs));
  const shown = (slowestMs: number) => (slowestMs === 0 ? 'below 16' : String(slowestMs));
  writeSection(
    'Ten thousand agents: answers and interactions',
    `\`npm run bench\`: scenario \`fleet-10k\`, the reach walk under way. Answers: an operator, 4 connections without pause; p95 is to stay within 300 ms. ${machine()}.

${table(['', 'p50, ms', 'p95, ms', 'p99, ms'], answers)}

Interactions in Chromium against the same console, as the browser's \`event\` timing has them: from the key or click to the next paint, in steps of 8 ms. Interaction to next paint (INP), the slowest of all of them: **${shown(worstMs)} ms**; it is to stay within 200 ms.

${table(
  ['', 'Slowest, ms'],
  interactions.map(({ name, slowestMs }) => [name, shown(slowestMs)]),
)}`,
  );
}
