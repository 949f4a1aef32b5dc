import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { useState } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';

function Deleting({
  onConfirm,
  onClose = () => undefined,
  pending = false,
}: {
  onConfirm: (reason: string) => void;
  onClose?: () => void;
  pending?: boolean;
}) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      open
      danger
      title="Delete edge-1"
      action="Delete edge-1"
      typedName="edge-1"
      reason={{ name: 'reason', value: reason, onChange: setReason }}
      pending={pending}
      onConfirm={() => onConfirm(reason)}
      onClose={onClose}
    >
      Its key stops working.
    </ConfirmDialog>
  );
}

test('a wrong name and a missing reason are refused beside their fields; the first of them gets the focus', async () => {
  const onConfirm = vi.fn<(reason: string) => void>();
  const screen = await render(<Deleting onConfirm={onConfirm} />);
  const name = screen.getByRole('textbox', { name: 'Type edge-1 to confirm' });
  await expect.element(name).toHaveFocus();
  await name.fill('edge-2');
  await screen.getByRole('button', { name: 'Delete edge-1' }).click();
  await expect.element(name).toHaveAccessibleErrorMessage('This is not edge-1.');
  await expect.element(screen.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleErrorMessage(/at least 3 characters/);
  await expect.element(name).toHaveFocus();
  expect(onConfirm).not.toHaveBeenCalled();

  await name.fill('edge-1');
  await screen.getByRole('textbox', { name: 'Reason' }).fill('decommissioned');
  await screen.getByRole('button', { name: 'Delete edge-1' }).click();
  expect(onConfirm).toHaveBeenCalledExactlyOnceWith('decommissioned');
});

test('while it runs a second press does nothing', async () => {
  const onConfirm = vi.fn<(reason: string) => void>();
  const screen = await render(<Deleting onConfirm={onConfirm} pending />);
  await screen.getByRole('textbox', { name: 'Type edge-1 to confirm' }).fill('edge-1');
  await screen.getByRole('textbox', { name: 'Reason' }).fill('decommissioned');
  await userEvent.keyboard('{Enter}');
  expect(onConfirm).not.toHaveBeenCalled();
});

test('the destructive button never stands where the safe one does', async () => {
  const screen = await render(
    <ConfirmDialog open title="Activate" action="Activate" onConfirm={() => undefined} onClose={() => undefined}>
      It takes up work.
    </ConfirmDialog>,
  );
  const x = (name: string) => screen.getByRole('button', { name, exact: true }).element().getBoundingClientRect().left;
  expect(x('Activate')).toBeGreaterThan(x('Cancel'));
  await screen.rerender(
    <ConfirmDialog open danger title="Deactivate" action="Deactivate" onConfirm={() => undefined} onClose={() => undefined}>
      It stops.
    </ConfirmDialog>,
  );
  expect(x('Deactivate')).toBeLessThan(x('Cancel'));
});

test('Escape closes, a click beside it does not', async () => {
  const onClose = vi.fn<() => void>();
  await render(<Deleting onConfirm={() => undefined} onClose={onClose} />);
  document.elementFromPoint(4, 4)?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledOnce();
});
