import { expect, test } from 'vitest';
import { createOutsideChanges } from './outside-changes.ts';
import type { Difference } from './snapshot-host.ts';
import { testClock } from './testing/test-clock.ts';

function outsideChanges() {
  const clock = testClock();
  const told: unknown[] = [];
  return { clock, told, ...createOutsideChanges({ clock, report: ({ after }) => told.push(after) }) };
}
const facts = (status: string) => ({ name: 'edge-1', clusterName: 'fra', status });
const turned = (before: string, after: string): Difference => ({
  of: 'agent',
  id: 'a',
  name: 'edge-1',
  before: facts(before),
  after: facts(after),
});

test('what several credentials see is told once', () => {
  const changes = outsideChanges();
  changes.saw([turned('ACTIVE', 'INACTIVE')]);
  changes.saw([turned('ACTIVE', 'INACTIVE')]);
  expect(changes.told).toEqual([facts('INACTIVE')]);
});
test('a change that comes again after it was undone is told again', () => {
  const changes = outsideChanges();
  changes.saw([turned('ACTIVE', 'INACTIVE')]);
  changes.saw([turned('INACTIVE', 'ACTIVE')]);
  changes.saw([turned('ACTIVE', 'INACTIVE')]);
  expect(changes.told).toEqual([facts('INACTIVE'), facts('ACTIVE'), facts('INACTIVE')]);
});
test('the echo of a change of our own is not told, a change of something else is', async () => {
  const changes = outsideChanges();
  changes.expect('agent', 'a');
  changes.expect('stack', 'b');
  changes.saw([turned('ACTIVE', 'INACTIVE'), { ...turned('ACTIVE', 'INACTIVE'), id: 'b' }]);
  expect(changes.told).toHaveLength(1);
  await changes.clock.advance(121_000);
  changes.saw([turned('INACTIVE', 'ACTIVE')]);
  expect(changes.told).toHaveLength(2);
});
test('what the console changed back and somebody changed again is told', async () => {
  const changes = outsideChanges();
  changes.saw([turned('ACTIVE', 'INACTIVE')]);
  changes.expect('agent', 'a');
  await changes.clock.advance(121_000);
  changes.saw([turned('ACTIVE', 'INACTIVE')]);
  expect(changes.told).toEqual([facts('INACTIVE'), facts('INACTIVE')]);
});
