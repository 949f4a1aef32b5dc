import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { listLabelsOfAgents } from '#contract/agent-tags.ts';
import { agentStates, type AgentState, listAgents } from '#contract/agents.ts';
import { listAgentGroups, readFleetMap } from '#contract/fleet-views.ts';
import { aPage, anAgent } from '#web/testing/builders.ts';
import { renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { FleetPanel } from './fleet-panel.tsx';

const open = (at: string, width = 1440) => renderPanel(<FleetPanel />, { at, path: '/fleet', width });
const asked = { asOf: new Date().toISOString(), ageMs: 0 };
const at = (state: AgentState) => agentStates.indexOf(state);
const uuid = (number: number) => `7f3c1d52-0b7e-4c39-9a41-${String(number).padStart(12, '0')}`;
const tally = (counts: Partial<Record<AgentState, number>>) => Object.fromEntries(agentStates.map((state) => [state, counts[state] ?? 0]));

/** Two clusters of 600 and 400 agents; every hundredth is in trouble. */
const aMap = () => ({
  clusters: ['fra-prod-1', 'iad-prod-1'],
  cells: Array.from({ length: 1000 }, (_, number) => [
    uuid(number),
    `agent-${number}`,
    number < 600 ? 0 : 1,
    at(number % 100 === 7 ? 'apply_failed' : 'active'),
    4000,
  ]),
  total: 1000,
  beyond: 0,
  ...asked,
});
const counted = {
  facets: {
    state: [
      { value: 'apply_failed', count: 10 },
      { value: 'active', count: 990 },
    ],
    label: [
      { value: 'region:eu', count: 4 },
      { value: 'zone:a', count: 2 },
    ],
  },
};
const stubMap = (map: object = aMap()) =>
  stubConsole()
    .answers(readFleetMap, map)
    .answers(listLabelsOfAgents, { rows: [] })
    .answers(listAgents, ({ query }: Asked) =>
      aPage([anAgent({ id: query.get('q') ?? uuid(0), name: 'agent-0', pendingObjects: 3 })], {
        total: 1000,
        totalUnfiltered: 1000,
        hiddenByScope: 7,
        ...counted,
      }),
    );

test('a thousand agents are on the map at once, by cluster, in shape and colour', async () => {
  stubMap();
  const { screen } = await open('/fleet?view=map');
  await expect.element(screen.getByRole('region', { name: 'fra-prod-1' })).toMatchTextContent(/600.*6 apply failed/);
  const drawn = document.querySelectorAll('svg g[data-mark]');
  expect(drawn).toHaveLength(1000);
  expect(document.querySelectorAll('svg g[data-mark=bad]')).toHaveLength(10);
});

test('a map that could not be read again for long has no green cell and no green count', async () => {
  const asOf = new Date(Date.now() - 60_000).toISOString();
  stubMap().answers(listAgents, aPage([anAgent()], { asOf, ...counted }));
  const { screen } = await open('/fleet?view=map');
  await expect.element(screen.getByRole('region', { name: 'fra-prod-1' })).toBeVisible();
  expect(document.querySelectorAll('[data-mark=ok]')).toHaveLength(0);
  expect(document.querySelectorAll('svg g[data-mark=stale]')).toHaveLength(990);
  await expect.element(screen.getByRole('button', { name: /was active 990/ })).toBeVisible();
});

test('the map is walked by the keyboard: every cell has its name while it has the focus, and Enter opens it', async () => {
  stubMap();
  const { screen, router } = await open('/fleet?view=map');
  const first = screen.getByRole('link', { name: 'agent-0, active, fra-prod-1, 1 of 600' });
  await expect.element(first).toBeVisible();
  (first.element() as HTMLElement).focus();
  for (let step = 0; step < 7; step += 1) await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('link', { name: 'agent-7, apply failed, fra-prod-1, 8 of 600' })).toHaveFocus();
  await userEvent.keyboard('{End}{ArrowRight}');
  await expect.element(screen.getByRole('link', { name: 'agent-600, active, iad-prod-1, 1 of 400' })).toHaveFocus();
  await userEvent.keyboard('{PageUp}{ArrowDown}{ArrowUp}');
  await expect.element(first).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.getAttribute('aria-label')).not.toContain('agent-0,');
  await userEvent.keyboard('{Home}{Enter}');
  expect(router.state.location.pathname).toBe(`/fleet/${uuid(0)}`);
});

test('the map says what the scope hides', async () => {
  stubMap();
  const { screen } = await open('/fleet?view=map');
  await expect.element(screen.getByText('7 agents hidden by scope')).toBeVisible();
});

test('only one cell is in the tab order, however many there are', async () => {
  stubMap();
  const { screen } = await open('/fleet?view=map');
  await expect.element(screen.getByRole('group', { name: 'Map of the fleet' })).toBeVisible();
  expect(document.querySelectorAll('[data-cell] a:not([tabindex="0"])')).toHaveLength(0);
  expect(document.querySelectorAll('[data-cell] a')).toHaveLength(1);
});

test('a card stands beside the cell that is pointed at and never over it', async () => {
  stubMap();
  const { screen } = await open('/fleet?view=map');
  const section = screen.getByRole('region', { name: 'iad-prod-1' });
  await expect.element(section).toBeVisible();
  const drawing = section.element().querySelector('svg[width]');
  if (drawing === null) throw new Error('nothing is drawn');
  await userEvent.hover(drawing, { position: { x: 40, y: 30 } });
  await expect.poll(() => document.querySelector('[data-card]:popover-open')).not.toBeNull();
  const card = document.querySelector('[data-card]');
  const cell = document.querySelector('[data-pointed]')?.getBoundingClientRect() ?? new DOMRect();
  const box = card?.getBoundingClientRect() ?? new DOMRect();
  expect(box.left >= cell.right || box.right <= cell.left || box.top >= cell.bottom || box.bottom <= cell.top).toBe(true);
  await expect.poll(() => card?.textContent).toMatch(/iad-prod-1.*3 objects/);
});

test('the legend keeps only the state that is pressed, and Show as table shows the same agents as rows', async () => {
  const stub = stubMap();
  const { screen, router } = await open('/fleet?view=map&q=agent');
  await screen.getByRole('button', { name: 'apply failed 10' }).click();
  expect(router.state.location.search).toContain('filter=state:apply_failed');
  await expect.poll(() => stub.callsOf(readFleetMap).at(-1)?.query.getAll('filter')).toEqual(['state:apply_failed']);
  await expect.element(screen.getByRole('button', { name: 'apply failed 10' })).toHaveAttribute('aria-pressed', 'true');
  await screen.getByRole('button', { name: 'Show as table' }).click();
  expect(router.state.location.search).toBe('?q=agent&filter=state:apply_failed');
  await expect.element(screen.getByRole('table', { name: 'Fleet' })).toBeVisible();
});

test('a map that cannot draw everything says how many it leaves out', async () => {
  stubMap({ ...aMap(), total: 10_000, beyond: 9_000 });
  const { screen } = await open('/fleet?view=map');
  await expect.element(screen.getByText('The 1,000 worst are drawn; filters bring in the other 9,000.')).toBeVisible();
});

const groups = [
  { key: 'eu', agents: 30, tally: tally({ failing: 2, active: 28 }) },
  { key: 'us', agents: 1, tally: tally({ active: 1 }) },
  { key: '', agents: 4, tally: tally({ stale: 1, active: 3 }) },
  { key: 'ap', agents: 9, tally: tally({ active: 9 }) },
];
const stubGroups = () =>
  stubConsole()
    .answers(listAgentGroups, { groups, total: 44, coverage: { known: 8120, total: 10_000, oldestMs: 240_000 }, ...asked })
    .answers(listLabelsOfAgents, { rows: [] })
    .answers(listAgents, ({ query }: Asked) => {
      const filter = query.getAll('filter').at(-1) ?? '';
      const [, name = 'none'] = /^label:region%3A(\w+)/.exec(filter) ?? [];
      return aPage([anAgent({ id: uuid(name.length), name: `${name}-01` })], {
        total: 44,
        totalUnfiltered: 44,
        hiddenByScope: 3,
        ...counted,
      });
    });

test('grouped by a label, bands tell their states; the first are open, the others open on demand', async () => {
  const stub = stubGroups();
  const { screen } = await open('/fleet?group=label:region');
  await expect.element(screen.getByRole('button', { name: 'eu 30 agents', expanded: true })).toBeVisible();
  await expect.element(screen.getByRole('list', { name: 'States in eu' })).toMatchTextContent(/2 failing.*28 active/);
  await expect.element(screen.getByRole('row', { name: 'eu-01' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^without region/, expanded: true })).toBeVisible();
  expect(stub.callsOf(listAgentGroups)[0]?.query.get('by')).toBe('label:region');
  const filters = stub.callsOf(listAgents).map(({ query }) => query.getAll('filter').at(-1));
  expect(filters).toContain('label:region%3Aeu,region%3Deu');
  expect(filters.filter((filter) => filter?.includes('%3Aap') && !filter.includes('!'))).toEqual([]);
  await screen.getByRole('button', { name: /^ap /, expanded: false }).click();
  await expect.element(screen.getByRole('row', { name: 'ap-01' })).toBeVisible();
  await screen.getByRole('button', { name: /^eu /, expanded: true }).click();
  await expect.element(screen.getByRole('row', { name: 'eu-01' })).not.toBeInTheDocument();
});

test('a grouping by label says how much of the fleet it knows, and what the scope hides', async () => {
  stubGroups();
  const { screen } = await open('/fleet?group=label:region');
  await expect.element(screen.getByText(/Labels from the reach index: 8,120 of 10,000 agents known, oldest 4 min/)).toBeVisible();
  await expect.element(screen.getByText('3 agents hidden by scope')).toBeVisible();
});

test('what a band does not show of its agents is a link to all of them', async () => {
  stubGroups();
  const { screen } = await open('/fleet?group=label:region');
  await expect
    .element(screen.getByRole('link', { name: '29 more agents of eu' }))
    .toHaveAttribute('href', '/fleet?filter=label%3Aregion%253Aeu%2Cregion%253Deu');
});

test('the menu offers clusters and the label keys that are known', async () => {
  stubGroups();
  const { screen, router } = await open('/fleet');
  await screen.getByRole('button', { name: 'Group: Not grouped' }).click();
  await expect.element(screen.getByRole('menuitemradio', { name: 'Label zone' })).toBeVisible();
  await screen.getByRole('menuitemradio', { name: 'Label region' }).click();
  expect(router.state.location.search).toBe('?group=label:region');
});

test('a label that the offer does not hold can be typed, and the list then says what it knows', async () => {
  const stub = stubConsole()
    .answers(listLabelsOfAgents, { rows: [] })
    .answers(listAgents, ({ query }: Asked) =>
      aPage([anAgent()], { ...counted, ...(query.has('filter') ? { coverage: { known: 1, total: 2, oldestMs: null } } : {}) }),
    );
  const { screen } = await open('/fleet');
  await screen.getByRole('button', { name: 'Filter' }).click();
  await screen.getByRole('button', { name: 'label' }).click();
  await screen.getByRole('textbox', { name: 'Search', exact: true }).fill('rack:9');
  await screen.getByRole('checkbox', { name: 'rack:9' }).click();
  await expect.poll(() => stub.callsOf(listAgents).at(-1)?.query.getAll('filter')).toEqual(['label:rack%3A9']);
  await expect.element(screen.getByText(/1 of 2 agents known/)).toBeVisible();
});

test('on a phone the bands stand over their rows', async () => {
  stubGroups();
  const { screen } = await open('/fleet?group=label:region', 375);
  await expect.element(screen.getByRole('list', { name: 'Fleet: eu' })).toMatchTextContent(/eu-01/);
});
