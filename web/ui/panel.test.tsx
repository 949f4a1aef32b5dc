import { useState } from 'react';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { Panel } from './panel.tsx';

function Typed() {
  const [text, setText] = useState('');
  return <input aria-label="Search" value={text} onChange={(event) => setText(event.target.value)} />;
}

test('what is typed in a panel before its data comes is there when it came', async () => {
  const screen = await render(
    <Panel title="Fleet">
      <Typed />
    </Panel>,
  );
  await screen.getByRole('textbox').fill('edge');
  await screen.rerender(
    <Panel title="Fleet" asOf="2026-03-02T09:15:31.000Z" total="1 agent">
      <Typed />
    </Panel>,
  );
  await expect.element(screen.getByRole('textbox')).toHaveValue('edge');
});
