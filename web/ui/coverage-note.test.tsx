import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { serverNow } from '#web/lib/time.ts';
import { Moment } from './age.tsx';
import { CoverageNote } from './coverage-note.tsx';

test('the oldest part of it grows older while the page cannot read it again', async () => {
  const coverage = { known: 8, total: 10, oldestMs: 240_000 };
  const note = (minutesAgo: number) => (
    <Moment at={serverNow() - minutesAgo * 60_000}>
      <CoverageNote coverage={coverage} />
    </Moment>
  );
  const screen = await render(note(0));
  await expect.element(screen.getByText(/8 of 10 agents, oldest 4 min/)).toBeVisible();
  await screen.rerender(note(3));
  await expect.element(screen.getByText(/8 of 10 agents, oldest 7 min/)).toBeVisible();
});
