import { expect, test } from 'vitest';
import { createRhythms } from './rhythm.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
/** Reads every `everyS` seconds an agent that beats every `beatS`. */
function watch(
  rhythms: ReturnType<typeof createRhythms>,
  { everyS, beatS, forS, fromS = 0 }: { everyS: number; beatS: number; forS: number; fromS?: number },
) {
  for (let s = fromS; s <= fromS + forS; s += everyS) {
    rhythms.read(s * 1000);
    rhythms.heard('a', at(Math.floor(s / beatS) * beatS));
  }
}

test('before five gaps were seen a rhythm is assumed', () => {
  const rhythms = createRhythms();
  watch(rhythms, { everyS: 5, beatS: 60, forS: 4 * 60 });
  expect(rhythms.of('a')).toEqual({ rhythmMs: 30_000, assumed: true });
  watch(rhythms, { everyS: 5, beatS: 60, forS: 60, fromS: 245 });
  expect(rhythms.of('a')).toEqual({ rhythmMs: 60_000, assumed: false });
});
test('it is the median: one long gap among five says nothing', () => {
  const rhythms = createRhythms();
  let beat = 0;
  for (const gap of [0, 10, 10, 100, 10, 10]) {
    for (let s = beat; s < beat + gap; s += 5) rhythms.read(s * 1000);
    beat += gap;
    rhythms.read(beat * 1000);
    rhythms.heard('a', at(beat));
  }
  expect(rhythms.of('a')).toEqual({ rhythmMs: 10_000, assumed: false });
});
test('a gap during which reads were more than ten seconds apart does not count', () => {
  const rhythms = createRhythms();
  watch(rhythms, { everyS: 11, beatS: 11, forS: 500 });
  expect(rhythms.of('a').assumed).toBe(true);
});
test('ten seconds apart they count', () => {
  const rhythms = createRhythms();
  watch(rhythms, { everyS: 10, beatS: 10, forS: 500 });
  expect(rhythms.of('a')).toEqual({ rhythmMs: 10_000, assumed: false });
});
test('an older answer that arrives late shortens nothing', () => {
  const rhythms = createRhythms();
  watch(rhythms, { everyS: 10, beatS: 10, forS: 50 });
  rhythms.heard('a', at(0));
  watch(rhythms, { everyS: 10, beatS: 10, forS: 10, fromS: 60 });
  expect(rhythms.of('a').rhythmMs).toBe(10_000);
});
test('what was learned outlives a restart, and what is learned since stands', () => {
  const before = createRhythms();
  watch(before, { everyS: 5, beatS: 5, forS: 60 });
  const saved = before.take(10);
  expect(saved).toEqual([{ agentId: 'a', gapsMs: [5_000, 5_000, 5_000, 5_000, 5_000] }]);
  expect(before.take(10)).toEqual([]);
  const after = createRhythms();
  after.restore(saved);
  expect(after.of('a')).toEqual({ rhythmMs: 5_000, assumed: false });
  watch(after, { everyS: 10, beatS: 20, forS: 200, fromS: 1_000 });
  after.restore(saved);
  expect(after.of('a').rhythmMs).toBe(20_000);
});
test('the time the console was away is no gap', () => {
  const rhythms = createRhythms();
  rhythms.restore([{ agentId: 'a', gapsMs: [5_000, 5_000, 5_000, 5_000, 5_000] }]);
  rhythms.read(1_000_000);
  rhythms.heard('a', at(1_000));
  rhythms.read(1_005_000);
  rhythms.heard('a', at(1_005));
  expect(rhythms.take(10)).toEqual([{ agentId: 'a', gapsMs: [5_000, 5_000, 5_000, 5_000, 5_000] }]);
});
