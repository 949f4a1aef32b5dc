import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { UiProvider } from './provider.tsx';
import { YamlEditor } from './yaml-editor.tsx';

function Editor({ start, told }: { start: string; told: (text: string) => void }) {
  const [value, setValue] = useState(start);
  const change = (text: string) => {
    setValue(text);
    told(text);
  };
  return (
    <UiProvider>
      <YamlEditor label="Text" value={value} onChange={change} onBlur={() => undefined} onSubmit={() => undefined} findings={[]} />
      <button type="button" onClick={() => setValue('given: true\r\n')}>
        Give
      </button>
    </UiProvider>
  );
}
async function open(start: string) {
  const told: string[] = [];
  const screen = await render(<Editor start={start} told={(text) => told.push(text)} />);
  return { screen, told, editor: screen.getByRole('textbox', { name: 'Text' }) };
}

test('what takes the place of selected text brings no style attribute along, which the page’s policy refuses', async () => {
  const { screen, told, editor } = await open('kind: ConfigMap\nname: ledger\n');
  await editor.click();
  await userEvent.keyboard('{Control>}a{/Control}x');
  expect(told.at(-1)).toBe('x');
  expect(Array.from(screen.container.querySelectorAll('.cm-line'), (line) => line.getAttribute('style'))).toEqual([null]);
});

test('a text that is given is not told back, whatever its line ends; undo brings back what it replaced', async () => {
  const { screen, told, editor } = await open('mine: 1\n');
  await screen.getByRole('button', { name: 'Give' }).click();
  await expect.element(editor).toMatchTextContent(/given: true/);
  expect(told).toEqual([]);
  await editor.click();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(told).toEqual(['mine: 1\n']);
});

test('Tab indents, and after Escape it leaves', async () => {
  const { told, editor } = await open('a');
  await editor.click();
  await userEvent.keyboard('{Tab}');
  expect(told).toEqual(['  a']);
  await userEvent.keyboard('{Escape}{Tab}');
  await expect.element(editor).not.toHaveFocus();
});
