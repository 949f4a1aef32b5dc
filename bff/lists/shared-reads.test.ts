import { expect, test } from 'vitest';
import { createSharedReads } from './shared-reads.ts';
import { testClock } from './testing/test-clock.ts';

function reads() {
  const clock = testClock();
  const shared = createSharedReads<string>({ clock, most: 3 });
  const answers: { signal: AbortSignal; answer: (value: string) => void }[] = [];
  const load = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      answers.push({ signal, answer: resolve });
    });
  const read = (key: string, maxAgeMs: number, signal?: AbortSignal) => shared.read(key, { maxAgeMs, signal }, load);
  return { clock, shared, answers, read };
}

test('who asks while a read runs shares it', async () => {
  const { answers, read } = reads();
  const both = Promise.all([read('a', 0), read('a', 0)]);
  answers[0]?.answer('x');
  expect((await both).map(({ value }) => value)).toEqual(['x', 'x']);
  expect(answers).toHaveLength(1);
});
test('within its time an answer is given again, after it is read again', async () => {
  const { clock, answers, read } = reads();
  const first = read('a', 1_000);
  answers[0]?.answer('x');
  await first;
  expect((await read('a', 1_000)).value).toBe('x');
  await clock.advance(1_000);
  const second = read('a', 1_000);
  answers[1]?.answer('y');
  expect((await second).value).toBe('y');
});
test('a read that began before a change is not kept', async () => {
  const { shared, answers, read } = reads();
  const before = read('a', 1_000);
  shared.forget('a');
  const after = read('a', 1_000);
  answers[1]?.answer('new');
  await after;
  answers[0]?.answer('old');
  await before;
  expect((await read('a', 1_000)).value).toBe('new');
});
test('what a change left behind is not overwritten by a read on its way', async () => {
  const { shared, answers, read } = reads();
  const before = read('a', 1_000);
  shared.put('a', 'new');
  answers[0]?.answer('old');
  await before;
  expect(shared.peek('a')?.value).toBe('new');
});
test('one of two who leaves stops nothing; the last one does', async () => {
  const { answers, read } = reads();
  const [one, other] = [new AbortController(), new AbortController()];
  const both = Promise.allSettled([read('a', 0, one.signal), read('a', 0, other.signal)]);
  one.abort();
  expect(answers[0]?.signal.aborted).toBe(false);
  other.abort();
  expect(answers[0]?.signal.aborted).toBe(true);
  await both;
});
test('who asks after the last one left starts a read of their own', async () => {
  const { answers, read } = reads();
  const gone = new AbortController();
  const lost = read('a', 0, gone.signal).catch(() => 'lost');
  gone.abort();
  const mine = read('a', 0);
  answers[1]?.answer('x');
  expect((await mine).value).toBe('x');
  expect(await lost).toBe('lost');
});
test('a failed read is not kept', async () => {
  const { answers, shared, read } = reads();
  const lost = read('a', 1_000).catch(() => 'lost');
  answers[0]?.signal.dispatchEvent(new Event('abort'));
  await lost;
  expect(shared.peek('a')).toBeUndefined();
});
test('only so many are kept, the oldest go', () => {
  const { shared } = reads();
  for (const key of ['a', 'b', 'c', 'd']) shared.put(key, key);
  expect([shared.peek('a'), shared.peek('d')?.value]).toEqual([undefined, 'd']);
});
test('who has gone before the read begins starts none', async () => {
  const { answers, read } = reads();
  await expect(read('a', 0, AbortSignal.abort())).rejects.toThrow('Nobody waits');
  expect(answers).toHaveLength(0);
});

/** How often is read in five minutes, when so many ask every ten seconds, each a little off its time. */
async function readsOf(tabs: number, maxAgeMs: number): Promise<number> {
  const clock = testClock();
  const shared = createSharedReads<string>({ clock, most: 3 });
  let count = 0;
  const startMs = clock.now();
  const moments = Array.from({ length: 30 * tabs }, (_, index) => {
    const [poll, tab] = [Math.floor(index / tabs), index % tabs];
    return poll * 10_000 + (10_000 / tabs) * tab + ((poll * 37) % 150);
  });
  for (const atMs of moments.toSorted((a, b) => a - b)) {
    await clock.advance(startMs + atMs - clock.now());
    const asked = await shared.read('a', { maxAgeMs }, async () => {
      count += 1;
      return 'x';
    });
    expect(clock.now() - asked.arrivedMs).toBeLessThan(maxAgeMs);
  }
  return count;
}
test.each([10_000, 30_000, 60_000])(
  'however many ask every ten seconds, what may be %i ms old is read in that rhythm',
  async (maxAgeMs) => {
    const rhythm = 300_000 / maxAgeMs;
    expect(await readsOf(1, maxAgeMs)).toBe(rhythm);
    expect(await readsOf(7, maxAgeMs)).toBeGreaterThanOrEqual(rhythm);
    expect(await readsOf(7, maxAgeMs)).toBeLessThanOrEqual(rhythm + 1); // the next one has begun
  },
);
test('without a rhythm of its own what is asked for at more moments is read more often', async () => {
  expect(await readsOf(1, 5_000)).toBe(30);
  expect(await readsOf(7, 5_000)).toBeGreaterThan(45);
});
test('two reads of the same thing are never closer than half their time less the two seconds', async () => {
  const { clock, shared } = reads();
  const read = () => shared.read('a', { maxAgeMs: 10_000 }, async () => 'x');
  const begun = (await read()).arrivedMs;
  await clock.advance(12_900); // late, and still counted from when it was due
  expect((await read()).arrivedMs - begun).toBe(12_900);
  await clock.advance(5_000);
  expect((await read()).arrivedMs - begun).toBe(12_900);
  await clock.advance(100);
  expect((await read()).arrivedMs - begun).toBe(18_000);
});
test('after a pause the rhythm begins anew', async () => {
  const { clock, shared } = reads();
  const read = () => shared.read('a', { maxAgeMs: 10_000 }, async () => 'x');
  await read();
  await clock.advance(33_000);
  const later = await read();
  await clock.advance(7_900);
  expect(await read()).toBe(later);
});
