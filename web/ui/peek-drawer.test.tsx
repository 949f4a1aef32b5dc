import { useState } from 'react';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { PeekDrawer } from './peek-drawer.tsx';

function Rows() {
  const [open, setOpen] = useState<number>();
  return (
    <>
      <button type="button" onClick={() => setOpen(1)}>
        row 1
      </button>
      {open !== undefined && (
        <PeekDrawer
          title={`Row ${open}`}
          place={`${open} of 3`}
          onClose={() => setOpen(undefined)}
          onWalk={(step) => setOpen(Math.min(3, Math.max(1, open + step)))}
        >
          <input aria-label="inside" defaultValue="x" />
        </PeekDrawer>
      )}
    </>
  );
}

test('arrows walk the rows behind it, but not from within a control; Escape closes and gives the focus back', async () => {
  const screen = await render(<Rows />);
  await screen.getByRole('button', { name: 'row 1' }).click();
  await expect.element(screen.getByRole('complementary', { name: 'Row 1' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  await expect.element(screen.getByRole('complementary', { name: 'Row 2' })).toBeVisible();
  await screen.getByRole('textbox', { name: 'inside' }).click();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByText('2 of 3')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: 'row 1' })).toHaveFocus();
});
