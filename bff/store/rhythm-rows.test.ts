import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import { openStore } from './open-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'rhythms-'));
const opened: { close(): Promise<void> }[] = [];
async function store() {
  const it = await openStore({ file: join(folder, 'console.db'), clock: { ...testClock(), setTimer: () => () => undefined } });
  opened.push(it);
  return it.rhythms;
}
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
  rmSync(folder, { recursive: true, force: true });
});

test('rhythms are read back in parts by id, replaced when learned anew, and removed with their agent', async () => {
  const rhythms = await store();
  await rhythms.save([
    { agentId: 'b', gapsMs: [1, 2] },
    { agentId: 'a', gapsMs: [3] },
    { agentId: 'c', gapsMs: [4] },
  ]);
  await rhythms.save([
    { agentId: 'b', gapsMs: [5] },
    { agentId: 'c', gapsMs: [] },
  ]);
  expect(await rhythms.read('', 1)).toEqual([{ agentId: 'a', gapsMs: [3] }]);
  expect(await rhythms.read('a', 10)).toEqual([{ agentId: 'b', gapsMs: [5] }]);
});
