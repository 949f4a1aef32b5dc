import { expect, test } from 'vitest';
import { createKeptLists } from './kept-lists.ts';
import type { SnapshotHost } from './snapshot-host.ts';

const deadHost: SnapshotHost = { ask: () => Promise.reject(new Error('the snapshot thread died')), close: async () => undefined };
function keptLists(most: number) {
  const dropped: unknown[] = [];
  const ended: string[] = [];
  const host: SnapshotHost = { ...deadHost, ask: (call, ask) => (dropped.push([call, ask]), deadHost.ask(call, ask)) };
  const lists = createKeptLists(
    { host, owner: 'service' },
    { most, listOf: (id) => `events/${id}`, open: (id) => ({ id }), letGo: (_list, id) => void ended.push(id) },
  );
  return { lists, dropped, ended };
}

test('the lists used last are kept, and the host forgets the others', () => {
  const { lists, dropped, ended } = keptLists(2);
  const first = lists.use('a');
  lists.use('b');
  expect(lists.use('a')).toBe(first);
  lists.use('c');
  expect(ended).toEqual(['b']);
  expect(dropped).toEqual([['drop', { owner: 'service', list: 'events/b' }]]);
});
test('a host that died while it was told to forget takes nobody with it', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const { lists, dropped } = keptLists(2);
  for (const id of ['a', 'b', 'c']) lists.use(id);
  lists.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(dropped).toHaveLength(3);
  expect(unhandled).toEqual([]);
});
