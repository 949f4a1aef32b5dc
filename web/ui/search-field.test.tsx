import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { SearchField } from './search-field.tsx';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

/** A list whose address can be gone back from, without the field losing the focus: as Alt and ← do. */
function List({ onSearch }: { onSearch: (text: string) => void }) {
  const [q, setQ] = useState('');
  addEventListener('go-back', () => setQ(''), { once: true });
  const search = (text: string) => {
    setQ(text);
    onSearch(text);
  };
  return (
    <>
      <SearchField label="Find" value={q} onChange={search} />
      <output>{`?q=${q}`}</output>
    </>
  );
}
const spy = () => vi.fn<(text: string) => void>();

test('a field that is gone searches no more: one who moved on while typing is not led back', async () => {
  const onSearch = spy();
  const screen = await render(<List onSearch={onSearch} />);
  await screen.getByRole('searchbox').click();
  await userEvent.keyboard('edge');
  await screen.rerender(<p>another page</p>);
  await vi.advanceTimersByTimeAsync(250);
  expect(onSearch).not.toHaveBeenCalled();
});

test('once it has searched, the address is the truth: Back changes the field, and leaving it searches nothing again', async () => {
  const onSearch = spy();
  const screen = await render(<List onSearch={onSearch} />);
  const field = screen.getByRole('searchbox');
  await field.click();
  await userEvent.keyboard('edge');
  await vi.advanceTimersByTimeAsync(250);
  expect(onSearch).toHaveBeenCalledExactlyOnceWith('edge');
  await expect.element(screen.getByText('?q=edge')).toBeVisible();
  dispatchEvent(new Event('go-back'));
  await expect.element(field).toHaveValue('');
  await expect.element(field).toHaveFocus();
  await userEvent.tab();
  expect(onSearch).toHaveBeenCalledOnce();
});
