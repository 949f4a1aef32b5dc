import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { clockTime } from '#web/lib/time.ts';
import { LinkChip } from './link-chip.tsx';

beforeEach(() => void vi.setSystemTime(Date.now())); // no age ticks while one looks
afterEach(() => void vi.useRealTimers());

test('it says how old the page is, then since when it cannot be read and what it shows meanwhile', async () => {
  const onTry = vi.fn<() => void>();
  const now = Date.now();
  const screen = await render(<LinkChip down={undefined} downSince={0} dataFrom={now - 4_000} onTry={onTry} />);
  await expect.element(screen.getByRole('button')).toMatchTextContent(/Read 4 s ago/);
  await expect.element(screen.getByRole('status')).toHaveTextContent('');
  await screen.rerender(<LinkChip down="console" downSince={now - 2_000} dataFrom={now - 4_000} onTry={onTry} />);
  const told = `Disconnected since ${clockTime(now - 2_000)}, showing data from ${clockTime(now - 4_000)}`;
  await expect.element(screen.getByRole('status')).toHaveTextContent(told);
  await screen.getByRole('button', { name: /Disconnected/ }).click();
  expect(onTry).toHaveBeenCalledOnce();
});

test('the broker out of reach is not the console out of reach, and a page that has read nothing claims nothing', async () => {
  const screen = await render(<LinkChip down="broker" downSince={Date.now()} dataFrom={0} onTry={() => undefined} />);
  await expect.element(screen.getByRole('button')).toMatchTextContent(/Broker out of reach since/);
  await screen.rerender(<LinkChip down={undefined} downSince={0} dataFrom={0} onTry={() => undefined} />);
  expect(screen.getByRole('button').query()).toBeNull();
});
