import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { startBff, type BffProcess } from './bff-process.ts';
import { startBroker, type TestBroker } from './broker.ts';
import { filesWithPaks, paksIn } from './canary.ts';
import { testPeople } from './people.ts';

export interface ConsoleOptions {
  /** 0 reads upstream at every call; journeys about freshness leave the rule of the product alone. */
  snapshotMinMs?: number;
}
export type RunningConsole = Awaited<ReturnType<typeof startConsole>>;

/** A console of its own: a simulated broker in this process, the real BFF as a child, a data folder that goes with it. */
export async function startConsole({ snapshotMinMs = 0 }: ConsoleOptions = {}) {
  const broker: TestBroker = await startBroker();
  const folder = mkdtempSync(join(tmpdir(), 'console-e2e-'));
  const database = join(folder, 'console.db');
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    BROKER_URL: broker.url,
    BROKER_PAK: broker.adminPak,
    DATABASE_URL: `sqlite:${database}`,
    SNAPSHOT_MIN_MS: String(snapshotMinMs),
  };
  let bff: BffProcess = await startBff(env);
  const { url } = bff;
  let output = '';

  async function stop(signal: NodeJS.Signals): Promise<void> {
    await bff.kill(signal);
    output += bff.output();
  }
  async function start(): Promise<void> {
    bff = await startBff({ ...env, PORT: new URL(url).port });
  }
  /** Ends the BFF as a crash would, and starts it again on the same port and data. */
  async function crash(): Promise<void> {
    await stop('SIGKILL');
    await start();
  }
  /** Another connection to its database; the console may be writing at that very moment. */
  const beside = () => new DatabaseSync(database, { timeout: 5_000 });
  const logs = () => output + bff.output();
  const people = testPeople(env, url);
  /** What an admin's page would be answered. */
  async function read<Answer>(path: string): Promise<Answer> {
    const { name, value } = await people.sessionOf('admin');
    const response = await fetch(url + path, { headers: { cookie: `${name}=${value}`, 'x-console': 'poll' } });
    if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
  return {
    url,
    broker,
    people,
    logs,
    read,
    /** Until the reach index knows every agent of the world as it is now, without the ten seconds that it takes to look for new ones. */
    async knowReach(): Promise<void> {
      const agents = broker.agents.all();
      await Promise.all([read('/api/agents'), read('/api/stacks')]);
      // Each is new to the index, as no two worlds share an id, and makes it look.
      for (const { id } of agents) await read(`/api/agents/${id}/reached-by`);
      for (;;) {
        const { coverage } = await read<{ coverage: { known: number; total: number } }>('/api/stacks?limit=1');
        if (coverage.total === agents.length && coverage.known === coverage.total) return;
        await setTimeout(100);
      }
    },
    /**
     * Until these are answered from the broker again, a list and a single thing: each kind of read is left alone for itself.
     * The console asks on real time (at most 15 s after it is back), whatever clock a page was given.
     */
    async readsAgain(...paths: [list: string, single: string]): Promise<void> {
      for (const path of paths) {
        for (;;) {
          const answer = await read<{ stale?: unknown }>(path).catch(() => undefined); // refused while the breaker is open
          if (answer !== undefined && !answer.stale) break;
          await setTimeout(100);
        }
      }
    },
    stop,
    start,
    crash,
    /**
     * Before each journey, as people and console are the same: another world, nothing typed, and no memory of a broker that
     * failed, which would be left alone for up to 15 s.
     */
    async begin(): Promise<void> {
      await broker.reset();
      if (broker.hasFailed()) await crash();
      const other = beside();
      other.exec('delete from drafts');
      other.close();
    },
    /** Holds the write lock of the database until the answer is called: every write times out, reads go on. */
    lockStore(): () => void {
      const other = beside();
      other.exec('begin immediate');
      return () => {
        other.exec('rollback');
        other.close();
      };
    },
    /** Ends everything. @throws when a key is found at rest or in the logs */
    async close(): Promise<void> {
      await stop('SIGTERM');
      await broker.close();
      const issued = broker.issuedPaks();
      const leaks = [...filesWithPaks(folder, issued), ...filesWithPaks('dist/web', issued)];
      rmSync(folder, { recursive: true });
      if (paksIn(output, issued).length > 0) leaks.push('the log');
      if (leaks.length > 0) throw new Error(`keys of the broker were found in ${leaks.join(', ')}`);
    },
  };
}
