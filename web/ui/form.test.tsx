import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { DraftNote, Form, type NotedDraft } from './form.tsx';
import { TextField } from './text-field.tsx';

/** Sends, then is refused beside its second field. */
function Refused({ action = () => undefined, why }: { action?: () => void; why?: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const [name, setName] = useState('edge-1');
  return (
    <>
      <Form
        label="Rename edge-1"
        pending={pending}
        why={why}
        action={() => {
          action();
          setPending(true);
        }}
      >
        <TextField label="Cluster" name="cluster" value="eu-1" onChange={() => undefined} />
        <TextField label="Name" name="name" value={name} onChange={setName} error={error} />
      </Form>
      <button
        type="button"
        onClick={() => {
          setError('This name is taken.');
          setPending(false);
        }}
      >
        answer
      </button>
    </>
  );
}

test('a refusal stands beside its field, takes the focus there and keeps what was typed', async () => {
  const screen = await render(<Refused />);
  const name = screen.getByRole('textbox', { name: 'Name' });
  await name.fill('edge-2');
  await screen.getByRole('button', { name: 'Save' }).click();
  await screen.getByRole('button', { name: 'answer' }).click();
  await expect.element(name).toHaveAccessibleErrorMessage('This name is taken.');
  await expect.element(name).toHaveFocus();
  await expect.element(name).toHaveValue('edge-2');
});

test('two presses are one', async () => {
  const action = vi.fn<() => void>();
  const screen = await render(<Refused action={action} />);
  await screen.getByRole('button', { name: 'Save' }).dblClick();
  expect(action).toHaveBeenCalledOnce();
});

test('a form that may not be sent says why, to the eye and to a screen reader', async () => {
  const action = vi.fn<() => void>();
  const screen = await render(<Refused action={action} why="This takes an admin; you are a viewer." />);
  const save = screen.getByRole('button', { name: 'Save' });
  await expect.element(save).toHaveAccessibleDescription('This takes an admin; you are a viewer.');
  await save.hover();
  await expect.element(screen.getByRole('tooltip')).toMatchTextContent(/This takes an admin/);
  save.element().dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(action).not.toHaveBeenCalled();
});

test('that a draft is kept again while one types is shown, not spoken; that it could not be, and that one is back, is both', async () => {
  const note = (facts: Partial<NotedDraft>) => (
    <DraftNote
      draft={{
        rest: 'saved',
        stranding: undefined,
        savedAt: '2026-03-02T09:00:00.000Z',
        restored: false,
        discard: () => undefined,
        ...facts,
      }}
    />
  );
  const screen = await render(note({}));
  const spoken = screen.getByRole('status');
  await expect.element(screen.getByText(/Draft kept at/)).toBeVisible();
  await expect.element(spoken).toHaveTextContent('');
  await screen.rerender(note({ rest: 'stranded' }));
  await expect.element(spoken).toMatchTextContent(/lives in this page only/);
  await screen.rerender(note({ restored: true }));
  await expect.element(spoken).toMatchTextContent(/^What you typed is back.$/);
  await screen.rerender(note({ restored: true, rest: 'page' }));
  await expect.element(spoken).toMatchTextContent(/^What you typed is back.$/);
});

test('a button that may not be used any more keeps the focus', async () => {
  const screen = await render(<Refused />);
  const save = screen.getByRole('button', { name: 'Save' });
  save.element().focus();
  await screen.rerender(<Refused why="Choose a stack first." />);
  await expect.element(save).toHaveAccessibleDescription('Choose a stack first.');
  await expect.element(save).toHaveFocus();
});
