import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Tabs } from './tabs.tsx';

const names = ['Overview', 'Labels', 'Annotations', 'Targets', 'Reached by', 'Registrations', 'Events', 'Health', 'History'];
const tabs = (current: string, count?: number) => names.map((label) => ({ href: `#${label}`, label, count, current: label === current }));

test('the tab that is open is in view on a phone, also after the counts before it came', async () => {
  await page.viewport(375, 812);
  const screen = await render(<Tabs label="Parts" tabs={tabs('History')} />);
  const isInView = () => {
    const { left, right } = screen
      .getByRole('link', { name: /^History/ })
      .element()
      .getBoundingClientRect();
    return left >= 0 && right <= 375;
  };
  expect(isInView()).toBe(true);
  await screen.rerender(<Tabs label="Parts" tabs={tabs('History', 1204)} />);
  expect(isInView()).toBe(true);
  await screen.rerender(<Tabs label="Parts" tabs={tabs('Overview', 1204)} />);
  await expect.element(screen.getByRole('link', { name: /^Overview/ })).toBeInViewport({ ratio: 1 });
});
