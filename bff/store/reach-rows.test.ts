import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { testClock } from '#bff/lists/testing/test-clock.ts';
import type { ReachRecord } from '#bff/reach/records.ts';
import { openStore } from './open-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'reach-'));
const opened: { close(): Promise<void> }[] = [];
async function store() {
  const it = await openStore({ file: join(folder, 'console.db'), clock: { ...testClock(), setTimer: () => () => undefined } });
  opened.push(it);
  return it.reach;
}
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const agent = (id: string): ReachRecord => ({
  kind: 'agent',
  id,
  labels: { value: ['eu'], readMs: 5 },
  annotations: null,
  targets: { value: ['s'], readMs: 6 },
  stacks: { value: { beyond: ['t'], denied: [] }, readMs: 7 },
  registrations: { value: ['g'], readMs: null },
});
const stack: ReachRecord = {
  kind: 'stack',
  id: 's',
  generatorId: 'g',
  labels: null,
  annotations: { value: [{ key: 'k', value: 'v' }], readMs: 1 },
};

test('fact sheets are read back as they were, in parts by id, and forgotten with what they are about', async () => {
  const reach = await store();
  await reach.save('service', [agent('b'), agent('a'), agent('c'), stack, { kind: 'generator', id: 'g', readMs: 9 }], []);
  await reach.save('service', [{ ...agent('b'), labels: null } as ReachRecord], [{ kind: 'agent', id: 'c' }]);
  expect(await reach.read('service', 'agent', '', 1)).toEqual([agent('a')]);
  expect(await reach.read('service', 'agent', 'a', 10)).toEqual([{ ...agent('b'), labels: null }]);
  expect(await reach.read('service', 'stack', '', 10)).toEqual([stack]);
  expect(await reach.read('service', 'generator', '', 10)).toEqual([{ kind: 'generator', id: 'g', readMs: 9 }]);
  expect(await reach.read('admin:one', 'agent', '', 10)).toEqual([]);
});
test('a generator that was never asked has nothing to be kept', async () => {
  const reach = await store();
  await reach.save('admin:two', [{ kind: 'generator', id: 'g', readMs: Number.NEGATIVE_INFINITY }], []);
  expect(await reach.read('admin:two', 'generator', '', 10)).toEqual([]);
});
test('a sheet that cannot be read is passed over, and those after it are read all the same', async () => {
  const reach = await store();
  await reach.save('admin:three', [agent('a'), agent('b'), agent('c'), agent('d')], []);
  const file = new DatabaseSync(join(folder, 'console.db'));
  const spoil = file.prepare("update reach_records set record_json = ? where owner = 'admin:three' and id = ?");
  spoil.run('{"kind":"agent"}', 'a');
  spoil.run('{', 'b');
  file.close();
  expect(await reach.read('admin:three', 'agent', '', 2)).toEqual([agent('c'), agent('d')]);
  expect(await reach.read('admin:three', 'agent', '', 9)).toEqual([agent('c'), agent('d')]);
});
