import { expect, test } from 'vitest';
import { renderPanel } from '#web/testing/render-panel.tsx';
import { FittingTally, partsThatFit } from './tally.tsx';

const parts = [
  { kind: 'bad', count: 11, words: '7 refused, 4 failing' },
  { kind: 'warn', count: 3, words: '3 degraded' },
  { kind: 'ok', count: 9_999, words: '9,999 healthy' },
] as const;

test.each([
  [1_000, 3],
  [110, 2],
  [64, 1],
  [0, 1],
])('in %i px the %i worst counts are whole', (width, fit) => {
  expect(partsThatFit(parts, width)).toBe(fit);
});

test('what has no room is said in words, never cut in the middle', async () => {
  const { screen } = await renderPanel(
    <div style={{ display: 'flex', width: 90 }}>
      <FittingTally label="Agents by state" parts={parts} />
    </div>,
    { at: '/', path: '/' },
  );
  const counts = screen.getByRole('list', { name: 'Agents by state' }).getByRole('listitem');
  await expect.poll(() => counts.elements().map((item) => item.getAttribute('title'))).toEqual(['7 refused, 4 failing']);
  await expect.element(screen.getByTitle('3 degraded, 9,999 healthy')).toBeVisible();
});
