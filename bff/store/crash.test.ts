import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger, type Ledger } from '#bff/audit/ledger.ts';
import { nodeClock } from '#bff/node-world.ts';
import { openFile, temporaryFolder } from '#bff/testing/stores.ts';
import { isLong, longTimeout } from '#bff/testing/sizes.ts';
import { digest, listedLog } from '#bff/testing/world.ts';
import type { Store } from './open-store.ts';

const child = fileURLToPath(new URL('../testing/changes-child.ts', import.meta.url));
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Runs changes in a process of their own and kills it, hard, once it has said enough. Answers what it had said by then. */
async function killDuring(until: (line: string, lines: number) => boolean, ...options: string[]): Promise<string[]> {
  const running = spawn(process.execPath, [child, folder.file, `${folder.file}.effects`, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: running.stdout })) {
    said.push(line);
    if (until(line, said.length)) running.kill('SIGKILL');
  }
  if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
  return said;
}
async function reopen(look: (ledger: Ledger, store: Store) => Promise<void>): Promise<void> {
  const store = await openFile(folder.file);
  const startedAt = performance.now();
  const ledger = await openLedger({ rows: store.ledger, clock: nodeClock, digest, log: listedLog(), mask: (text) => text, isOwner: true });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await look(ledger, store);
  await store.close();
}
const effects = () => readFileSync(`${folder.file}.effects`, 'utf8').trim().split('\n');
const outcomeOf = async (ledger: Ledger, id: string) => (await ledger.historyOf({ kind: 'agent', id }, 1))[0]?.outcome;

/** How many changes each round acknowledges before it is killed. */
const rounds = isLong ? Array.from({ length: 20 }, (_, n) => 901 + n * 5) : [13, 50, 77];
test(
  'after kill -9 amid changes no acknowledged one is missing and none happened without its intent',
  { timeout: longTimeout },
  async () => {
    const acknowledged: string[] = [];
    for (const [round, enough] of rounds.entries())
      acknowledged.push(...(await killDuring((_line, lines) => lines >= enough, String(round * 10_000))));
    await reopen(async (ledger) => {
      expect(acknowledged.length).toBeGreaterThanOrEqual(rounds.reduce((sum, enough) => sum + enough, 0));
      for (const id of acknowledged) expect(await outcomeOf(ledger, id), id).toBe('success');
      for (const id of effects()) expect(await outcomeOf(ledger, id), id).toMatch(/^(success|unknown)$/);
      expect((await ledger.list({ limit: 1, outcome: ['pending'] })).matching).toBe(0);
      expect(await ledger.check(100_000)).toBeNull();
    });
  },
);

test('a crash right after the effect leaves its intent, closed as unknown', async () => {
  await killDuring((line) => line === 'stalled', '0', '3');
  await reopen(async (ledger) => {
    expect(effects()).toHaveLength(4);
    expect(await outcomeOf(ledger, 'change-3')).toBe('unknown');
  });
});
test('twin: where the rows come after the effect, the same crash leaves an effect that nobody recorded', async () => {
  await killDuring((line) => line === 'stalled', '0', '3', 'unguarded');
  await reopen(async (ledger) => {
    expect(effects()).toHaveLength(4);
    expect(await outcomeOf(ledger, 'change-3')).toBeUndefined();
  });
});
