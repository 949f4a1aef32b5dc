import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { Dialog } from './dialog.tsx';
import { SelectField } from './select-field.tsx';

function Picking({ onClose }: { onClose: () => void }) {
  const [value, setValue] = useState('');
  const options = ['eu-1', 'eu-2', 'us-1'].map((name) => ({ value: `id-${name}`, label: name }));
  return (
    <Dialog open title="Add target" onClose={onClose}>
      <SelectField label="Stack" name="stack" options={options} value={value} onChange={setValue} focusFirst />
      <p>{`picked ${value}`}</p>
    </Dialog>
  );
}

test('an option is found by typing and picked by keyboard; Escape closes the list first, then the dialog', async () => {
  const onClose = vi.fn<() => void>();
  const screen = await render(<Picking onClose={onClose} />);
  const field = screen.getByRole('combobox', { name: 'Stack' });
  await expect.element(field).toHaveFocus();
  await userEvent.type(field, 'us');
  await expect.element(screen.getByRole('option', { name: 'us-1' })).toBeVisible();
  expect(screen.getByRole('option').elements()).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('picked id-us-1')).toBeVisible();
  await expect.element(field).toHaveValue('us-1');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(field).toHaveAttribute('aria-expanded', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.element(field).toHaveAttribute('aria-expanded', 'false');
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledOnce();
});

test('Escape is for the topmost dialog; a firm one keeps it and what lies under it', async () => {
  const [under, over] = [vi.fn<() => void>(), vi.fn<() => void>()];
  await render(
    <>
      <Dialog open title="Rename" onClose={under}>
        a form
      </Dialog>
      <Dialog open firm title="Your session has ended" onClose={over}>
        <button type="button">Sign in</button>
      </Dialog>
    </>,
  );
  await userEvent.keyboard('{Escape}');
  expect(under).not.toHaveBeenCalled();
  expect(over).not.toHaveBeenCalled();
});

test('the focus stays inside and goes back where it came from', async () => {
  function Page() {
    const [isOpen, setOpen] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          open
        </button>
        <Dialog open={isOpen} title="Dialog" onClose={() => setOpen(false)}>
          <button type="button">inside</button>
        </Dialog>
      </>
    );
  }
  const screen = await render(<Page />);
  await screen.getByRole('button', { name: 'open' }).click();
  for (let press = 0; press < 5; press++) {
    await userEvent.tab();
    expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull();
  }
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: 'open' })).toHaveFocus();
});
