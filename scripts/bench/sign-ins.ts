import { DatabaseSync } from 'node:sqlite';
import { Client } from 'undici';
import { shares } from './load.ts';
import { withConsole, type BenchConsole } from './processes.ts';
import { machine, ms, table, writeSection } from './report.ts';

const rounds = 60;
const mostApartMs = 5;
const password = 'correct horse bench';

/** What may be wrong, each time with a name or a key that nobody has tried before. */
const failures: Record<string, (round: number) => { path: string; body: unknown }> = {
  'a name that nobody has': (n) => account(`nobody-${n}`, password),
  'a wrong password': (n) => account(`known-${n}`, 'wrong horse bench'),
  'the right password of a disabled account': (n) => account(`disabled-${n}`, password),
  'an account without a password yet': (n) => account(`fresh-${n}`, password),
  'a key that the broker does not know': (n) => key(`brokkr_BRbad${String(n).padStart(3, '0')}_${'k'.repeat(33)}`),
  'a text that is no key': (n) => key(`nothing-${n}`),
};
const account = (name: string, typed: string) => ({ path: '/api/sign-in/account', body: { name, password: typed } });
const key = (pak: string) => ({ path: '/api/sign-in/pak', body: { pak, name: 'bench' } });

/** People in every state, straight into the database: all with the password of one that was made as people are. */
function fill(database: DatabaseSync): void {
  const { password_hash: hash } = database.prepare("select password_hash from accounts where role = 'viewer'").get() as {
    password_hash: string;
  };
  const insert = database.prepare(
    "insert into accounts (id, name, name_key, role, disabled, password_hash) values (?, ?, ?, 'viewer', ?, ?)",
  );
  for (let n = 0; n < rounds; n += 1) {
    for (const [kind, disabled, hashed] of [
      ['known', 0, hash],
      ['disabled', 1, hash],
      ['fresh', 0, null],
    ] as const)
      insert.run(crypto.randomUUID(), `${kind}-${n}`, `${kind}-${n}`, disabled, hashed);
  }
}

async function measure(console: BenchConsole): Promise<Record<string, number[]>> {
  const database = new DatabaseSync(console.file, { timeout: 5_000 });
  fill(database);
  const client = new Client(console.url);
  const answers = new Set<string>();
  const tookMs: Record<string, number[]> = Object.fromEntries(Object.keys(failures).map((name) => [name, []]));
  for (let round = -5; round < rounds; round += 1) {
    // By turns and in another order each time: whatever else the machine does hits all alike.
    const order = Object.entries(failures).toSorted(() => Math.random() - 0.5);
    for (const [name, make] of order) {
      database.exec('delete from attempts'); // the limiter would end this after five
      const { path, body } = make(Math.max(round, 0));
      const headers = {
        'content-type': 'application/json',
        'x-console': 'action',
        origin: console.url,
        'x-request-id': 'rq_0000000000000000',
      };
      const startedAt = performance.now();
      const answer = await client.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
      const text = await answer.body.text();
      if (round >= 0) tookMs[name]?.push(performance.now() - startedAt);
      answers.add(JSON.stringify([answer.statusCode, { ...answer.headers, date: '' }, text]));
    }
  }
  await client.close();
  database.close();
  if (answers.size > 1) throw new Error(`failures can be told apart:\n${[...answers].join('\n')}`);
  return tookMs;
}

export async function measureFailedSignIns(): Promise<void> {
  const tookMs = await withConsole({}, { rests: true }, measure);
  const medians = Object.values(tookMs).map((all) => shares(all).p50Ms);
  const apartMs = Math.max(...medians) - Math.min(...medians);
  const rows = Object.entries(tookMs).map(([name, all]) => {
    const { p50Ms, p95Ms } = shares(all);
    return [name, p50Ms.toFixed(1), p95Ms.toFixed(1)];
  });
  writeSection(
    'Measured: failed sign-ins',
    `\`npm run bench:security\`: ${rounds} tries of each kind by turns, each with a name or key that was not tried before; status, headers and bytes were the same every time (the request id is the caller's). Medians are **${ms(apartMs)} ms** apart; they are to stay within ${mostApartMs} ms. ${machine()}.

${table(['What is wrong', 'Median, ms', 'p95, ms'], rows)}`,
    'security',
  );
}
