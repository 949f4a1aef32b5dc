import { expect, test } from 'vitest';
import { listGenerators } from '#contract/generators.ts';
import { ProblemError } from '#contract/problem.ts';
import { createStack, listStackFacts, listStacks, type StackFacts } from '#contract/stacks.ts';
import { aPage, aRevision, aRollUp, aStack, stackId } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { type Asked, stubConsole } from '#web/testing/stub-console.ts';
import { StacksPanel } from './stacks-panel.tsx';

const open = (at = '/stacks', { session = aSession(), width = 1440 } = {}) =>
  renderPanel(<StacksPanel />, { at, path: '/stacks', session, width });
const coverage = { known: 8120, total: 10_000, oldestMs: 240_000 };
const facts = (change: Partial<StackFacts> = {}) => ({
  rows: [
    {
      stackId,
      labels: ['tier:gold'],
      current: aRevision(),
      rollUp: aRollUp({ failed: 3, unconfirmed: 2, healthy: 33 }),
      ageMs: 0,
      ...change,
    },
  ],
});

test('a row tells its worst state, revision, reach and labels, and leads to its stack', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack()], { coverage }))
    .answers(listStackFacts, facts());
  const { screen } = await open();
  const row = screen.getByRole('row', { name: 'ledger' });
  await expect
    .element(row)
    .toMatchTextContent(/refused.*4182.*3 min.*≥ 38.*3 refused.*2 applied, unconfirmed.*33 healthy.*payments.*tier:gold/);
  await expect.element(row.getByRole('link', { name: 'ledger' })).toHaveAttribute('href', `/stacks/${stackId}`);
  await expect.element(screen.getByText('Reach known for 8,120 of 10,000 agents, oldest 4 min')).toBeVisible();
});

test('healthy as far as known is not called healthy', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack()], { coverage }))
    .answers(listStackFacts, facts({ rollUp: aRollUp({ healthy: 38 }) }));
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' })).toMatchTextContent(/partly known/);
});

test('before any agent is known the list says why it knows nothing of reach', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack({ reached: null })], { coverage: { known: 0, total: 0, oldestMs: null } }))
    .answers(listStackFacts, facts({ rollUp: null }));
  const { screen } = await open();
  await expect.element(screen.getByText('No agent is known yet: whom stacks reach is told as it is read.')).toBeVisible();
});

test('nobody known so far is not nobody: the number stands once all of the fleet is known', async () => {
  const known = { known: 10_000, total: 10_000, oldestMs: 0 };
  const stub = stubConsole()
    .answers(listStacks, aPage([aStack({ reached: 0 })], { coverage }))
    .answers(listStackFacts, facts({ rollUp: null }));
  const partly = await open();
  await expect.element(partly.screen.getByRole('row', { name: 'ledger' })).toMatchTextContent(/4182.*not known.*payments/);
  await partly.screen.unmount();
  stub.answers(listStacks, aPage([aStack({ reached: 0 })], { coverage: known }));
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' }).getByRole('cell', { name: '0', exact: true })).toBeVisible();
});

test('facts that are minutes old call nothing healthy', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack()], { coverage: { known: 38, total: 38, oldestMs: 0 } }))
    .answers(listStackFacts, facts({ rollUp: aRollUp({ healthy: 38 }), ageMs: 181_000 }));
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' })).toMatchTextContent(/applied, unconfirmed.*38 applied, unconfirmed/);
});

test('facts that were not read are called so, not shown as none', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack()]))
    .answers(listStackFacts, facts({ labels: 'not_read', current: 'not_read', rollUp: null }));
  const { screen } = await open();
  await expect.element(screen.getByText('Labels and revisions of 0 of 1 stacks read')).toBeVisible();
  expect(screen.getByText('not read', { exact: true }).elements()).toHaveLength(2);
});

test('a list that cannot be read says so in its frame; one that is empty offers the next step to those who may take it', async () => {
  stubConsole().answers(listStacks, new ProblemError('broker_unreachable', 'no broker'));
  const failed = await open();
  await expect.element(failed.screen.getByRole('alert')).toMatchTextContent(/The stacks were not read.*broker_unreachable/);
  await failed.screen.unmount();

  stubConsole().answers(listStacks, aPage([]));
  const viewer = await open('/stacks', { session: aSession('viewer', [createStack]) });
  await expect.element(viewer.screen.getByText(/An operator creates the first one/)).toBeVisible();
  await expect
    .element(viewer.screen.getByRole('button', { name: 'Create stack' }))
    .toHaveAccessibleDescription(/takes an operator; you are a viewer/);
});

test('filters are in the address, and can be cleared where they leave nothing', async () => {
  stubConsole()
    .answers(listStacks, ({ query }: Asked) => (query.has('filter') ? aPage([], { totalUnfiltered: 4 }) : aPage([aStack()])))
    .answers(listStackFacts, facts());
  const { screen, router } = await open('/stacks?filter=label:tier%253Agold');
  await expect.element(screen.getByText('The filters leave none of 4 stacks.')).toBeVisible();
  await screen.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect.element(screen.getByRole('link', { name: 'ledger' })).toBeVisible();
  expect(router.state.location.search).toBe('');
});

test('a page behind the last row is not an empty list: it says so and leads back', async () => {
  stubConsole()
    .answers(listStacks, ({ query }: Asked) => (Number(query.get('offset')) > 0 ? aPage([], { total: 1 }) : aPage([aStack()])))
    .answers(listStackFacts, facts());
  const { screen, router } = await open('/stacks?offset=50');
  await expect.element(screen.getByText('Nothing is so far back any more')).toBeVisible();
  expect(screen.getByText('No stacks yet').elements()).toEqual([]);
  await screen.getByRole('button', { name: 'To the last page' }).click();
  await expect.element(screen.getByRole('link', { name: 'ledger' })).toBeVisible();
  expect(router.state.location.search).toBe('');
});

test('a label may be typed where the list of them is too long to be told, or not read yet', async () => {
  const stub = stubConsole()
    .answers(listStacks, aPage([aStack()], { facets: { generator: [{ value: aStack().generatorId, count: 1 }] } }))
    .answers(listStackFacts, facts());
  const { screen } = await open();
  await screen.getByRole('button', { name: 'Filter', exact: true }).click();
  await screen.getByRole('button', { name: 'label', exact: true }).click();
  await screen.getByRole('textbox', { name: 'Search' }).fill('tier:gold');
  await screen.getByRole('checkbox', { name: 'tier:gold' }).click();
  await expect.poll(() => stub.callsOf(listStacks).at(-1)?.query.getAll('filter')).toEqual(['label:tier%3Agold']);
});

test('a name that is taken is refused beside its field and stays as typed; the next one leads to the new stack', async () => {
  const stub = stubConsole()
    .answers(listStacks, aPage([aStack()]))
    .answers(listStackFacts, facts())
    .answers(
      listGenerators,
      aPage([{ id: aStack().generatorId, name: 'payments', description: null, isActive: true, createdAt: '2026-01-01T00:00:00Z' }]),
    )
    .answers(createStack, ({ body }: Asked) =>
      (body as { name: string }).name === 'ledger'
        ? new ProblemError('conflict', 'taken', {
            errors: [{ path: 'name', code: 'taken', message: 'A stack of this name is already there.' }],
          })
        : aStack({ id: 'd4a8f0de-35b1-4e6a-b2d9-60e1b7d4f303', name: 'ledger-2' }),
    );
  const { screen, router } = await open('/stacks?create=stack');
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('ledger');
  await dialog.getByRole('button', { name: 'Create stack' }).click();
  await expect.element(dialog.getByText('Pick the generator that owns it.')).toBeVisible();
  await dialog.getByLabelText('Generator').click();
  await screen.getByRole('option', { name: /^payments/ }).click();
  await dialog.getByRole('button', { name: 'Create stack' }).click();
  await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveAccessibleErrorMessage(/already there/);
  await expect.element(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('ledger');

  await dialog.getByRole('textbox', { name: 'Name' }).fill('ledger-2');
  await dialog.getByRole('button', { name: 'Create stack' }).click();
  await expect.element(screen.getByText('elsewhere')).toBeVisible();
  expect(router.state.location.pathname).toBe('/stacks/d4a8f0de-35b1-4e6a-b2d9-60e1b7d4f303');
  expect(stub.callsOf(createStack).at(-1)?.body).toEqual({ name: 'ledger-2', generatorId: aStack().generatorId });
});

test('a phone says once that a stack reaches nobody', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack({ reached: 0 })], { coverage: { known: 38, total: 38, oldestMs: 0 } }))
    .answers(listStackFacts, facts({ rollUp: aRollUp() }));
  const { screen } = await open('/stacks', { width: 375 });
  const item = screen.getByRole('listitem', { name: 'ledger' });
  await expect.element(item).toMatchTextContent(/reaches nobody, revision 4182, payments$/);
});

test('a phone shows the same facts on two lines', async () => {
  stubConsole()
    .answers(listStacks, aPage([aStack()], { coverage }))
    .answers(listStackFacts, facts());
  const { screen } = await open('/stacks', { width: 375 });
  await expect
    .element(screen.getByRole('listitem', { name: 'ledger' }))
    .toMatchTextContent(/ledger.*38.*refused, revision 4182, payments, reaches at least 38 agents/);
});

test('a generator that only a search finds stays in its field once it is picked', async () => {
  const generator = (id: string, name: string) => ({ id, name, description: null, isActive: true, createdAt: '2026-01-01T00:00:00Z' });
  const [first, far] = [generator(aStack().generatorId, 'payments'), generator('d4a8f0de-35b1-4e6a-b2d9-60e1b7d4f303', 'zulu')];
  stubConsole()
    .answers(listStacks, aPage([aStack()]))
    .answers(listStackFacts, facts())
    .answers(listGenerators, ({ query }: Asked) => aPage(query.get('q') === 'zu' ? [far] : [first], { total: 300 }));
  const { screen } = await open('/stacks?create=stack');
  const field = screen.getByRole('dialog').getByLabelText('Generator');
  await field.fill('zu');
  await screen.getByRole('option', { name: 'zulu' }).click();
  await screen.getByRole('dialog').getByRole('textbox', { name: 'Name' }).click();
  await expect.element(field).toHaveValue('zulu');
});

test('what an address asks of the list in vain is told, left out and can be tidied away', async () => {
  const stub = stubConsole()
    .answers(listStacks, aPage([aStack()], { coverage }))
    .answers(listStackFacts, facts());
  const { screen, router } = await open('/stacks?sort=mood&filter=colour:red&filter=label:eu&q=led');
  await expect.element(screen.getByText(/does not have: sort=mood and filter=colour:red. It is left out./)).toBeVisible();
  expect(stub.callsOf(listStacks)[0]?.query.get('sort')).toBe('name');
  expect(stub.callsOf(listStacks)[0]?.query.getAll('filter')).toEqual(['label:eu']);
  await screen.getByRole('button', { name: 'Tidy the address' }).click();
  await expect.poll(() => router.state.location.search).toBe('?q=led&filter=label:eu');
});

test('a second label is asked for beside the first: stacks have both', async () => {
  const stub = stubConsole()
    .answers(listStacks, aPage([aStack()], { coverage, facets: { label: [{ value: 'tier:gold', count: 1 }] } }))
    .answers(listStackFacts, facts());
  const { screen } = await open('/stacks?filter=label:eu');
  await screen.getByRole('button', { name: 'Filter', exact: true }).click();
  await screen.getByRole('button', { name: 'and label' }).click();
  await screen.getByRole('checkbox', { name: /tier:gold/ }).click();
  await expect.poll(() => stub.callsOf(listStacks).at(-1)?.query.getAll('filter')).toEqual(['label:eu', 'label:tier%3Agold']);
});
