import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { StaleNote } from './panel-state.tsx';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => vi.useRealTimers());

test('rows that cannot be read again tell an age that counts on, and speak of it once', async () => {
  const screen = await render(<StaleNote at={new Date(Date.now() - 30_000).toISOString()} />);
  await expect.element(screen.getByText(/, 30 s ago$/)).toBeVisible();
  const spoken = screen.getByRole('status').element().textContent;
  expect(spoken).toMatch(/^Not read again since \d\d:\d\d:\d\d$/);
  await vi.advanceTimersByTimeAsync(5000);
  await expect.element(screen.getByText(/, 35 s ago$/)).toBeVisible();
  expect(screen.getByRole('status').element().textContent).toBe(spoken);
});
