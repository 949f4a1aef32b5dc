import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { SecretOnce } from './secret-once.tsx';

const key = 'brokkr_BRshort_longtokenofthistest';
afterEach(() => vi.restoreAllMocks());

function Once({ onClosed = () => undefined }: { onClosed?: () => void }) {
  const [secret, setSecret] = useState<string | undefined>(key);
  return (
    <SecretOnce
      secret={secret}
      title="Key of edge-1"
      what="Key of edge-1"
      onClose={() => {
        setSecret(undefined);
        onClosed();
      }}
    />
  );
}
const everything = () =>
  document.documentElement.outerHTML +
  [...document.querySelectorAll('textarea, input')].map((field) => (field as HTMLInputElement).value).join();

test('closing without a copy asks first, and the way back is where the hand was', async () => {
  const onClosed = vi.fn<() => void>();
  const screen = await render(<Once onClosed={onClosed} />);
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByText(/has not been copied/)).toBeVisible();
  await screen.getByRole('button', { name: 'Keep it open' }).click();
  await screen.getByRole('button', { name: 'Done' }).click();
  expect(onClosed).not.toHaveBeenCalled();
  await screen.getByRole('button', { name: 'Close without the key' }).click();
  expect(onClosed).toHaveBeenCalledOnce();
});

test('once copied it closes at the first word, and nothing of the key is left in the document', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  const onClosed = vi.fn<() => void>();
  const screen = await render(<Once onClosed={onClosed} />);
  await expect.element(screen.getByRole('textbox', { name: 'Key of edge-1' })).toHaveValue(key);
  await screen.getByRole('button', { name: 'Copy key' }).click();
  expect(write).toHaveBeenCalledExactlyOnceWith(key);
  await screen.getByRole('button', { name: 'Done' }).click();
  expect(onClosed).toHaveBeenCalledOnce();
  expect(everything()).not.toContain(key);
});

test('a browser that refuses to copy leaves the guard up', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
  const screen = await render(<Once />);
  await screen.getByRole('button', { name: 'Copy key' }).click();
  await expect.element(screen.getByText(/did not allow copying/)).toBeVisible();
  await screen.getByRole('button', { name: 'Done' }).click();
  await expect.element(screen.getByText(/has not been copied/)).toBeVisible();
});

test('leaving the page with the key uncopied is held', async () => {
  await render(<Once />);
  expect(dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false);
});
