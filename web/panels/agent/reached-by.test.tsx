import { expect, test } from 'vitest';
import { registerAgent } from '#contract/agent-bonds.ts';
import { type HealthRecord, type NearlyReaching, readAgentReach, type ReachingStack } from '#contract/reach.ts';
import { anAgent } from '#web/testing/builders.ts';
import { aSession, renderPanel } from '#web/testing/render-panel.tsx';
import { stubConsole } from '#web/testing/stub-console.ts';
import { HealthTab } from './health-tab.tsx';
import { ReachedByTab } from './reached-by-tab.tsx';

const aRecord = (facts: Partial<HealthRecord> = {}): HealthRecord => ({
  status: 'healthy',
  podsReady: 3,
  podsTotal: 3,
  conditions: [],
  resources: [{ kind: 'Deployment', name: 'ledger', namespace: 'pay', ready: true, message: null }],
  resourcesLeft: 0,
  checkedAt: '2026-03-02T09:15:01.000Z',
  ageMs: 30_000,
  ...facts,
});
const aStack = (facts: Partial<ReachingStack> = {}): ReachingStack => ({
  stackId: '0b7e4c39-9a41-4d5f-8e8b-1a017f3c1d52',
  name: 'ledger',
  generatorId: '4c390b7e-9a41-4d5f-8e8b-1a017f3c1d52',
  generatorName: 'payments',
  reasons: [{ by: 'target' }, { by: 'label', label: 'tier:gold' }, { by: 'annotation', key: 'team', value: 'payments' }],
  current: { id: '9a410b7e-4c39-4d5f-8e8b-1a017f3c1d52', sequence: 4182, ageMs: 180_000 },
  state: 'healthy',
  answer: { status: 'SUCCESS', message: null, at: '2026-03-02T09:12:03.118Z', ageMs: 170_000 },
  health: aRecord(),
  ...facts,
});
const aNearly = (facts: Partial<NearlyReaching> = {}): NearlyReaching => ({
  stackId: '1d520b7e-9a41-4d5f-8e8b-1a017f3c4c39',
  name: 'search-index',
  generatorId: '7f3c0b7e-9a41-4d5f-8e8b-1a014c391d52',
  generatorName: 'search',
  shares: [{ by: 'label', label: 'tier:gold' }],
  ...facts,
});
const anAnswer = (reached: ReachingStack[], facts: object = {}) => ({
  reached,
  total: reached.length,
  nearly: [],
  agrees: true,
  eventsAgeMs: 20_000,
  coverage: { known: 12, total: 12, oldestMs: 60_000 },
  asOf: new Date().toISOString(),
  ageMs: 0,
  ...facts,
});
const at = { at: '/fleet/x', path: '/fleet/:agentId' };
const open = (session = aSession()) => renderPanel(<ReachedByTab agent={anAgent()} />, { ...at, session });

test('a stack that reaches the agent is shown with every reason, its newest number, the answer and what runs', async () => {
  stubConsole().answers(readAgentReach, anAnswer([aStack()]));
  const { screen } = await open();
  const row = screen.getByRole('row', { name: 'ledger' });
  await expect
    .element(row)
    .toMatchTextContent(
      /payments.*direct target.*and.*label tier:gold.*and.*annotation team = payments.*4182.*applied.*healthy.*3\/3.*3 min/,
    );
  await expect.element(row.getByRole('link')).toHaveAttribute('href', `/stacks/${aStack().stackId}`);
  await expect.element(screen.getByText('answers of agents read 20 s ago')).toBeVisible();
});

test('an answer of success without a fresh health record stays unconfirmed and is nowhere green', async () => {
  stubConsole().answers(
    readAgentReach,
    anAnswer([
      aStack({ state: 'unconfirmed', health: null }),
      aStack({ stackId: '2', name: 'flags', state: 'unconfirmed', health: aRecord({ ageMs: 900_000 }) }),
    ]),
  );
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' })).toMatchTextContent(/applied, unconfirmed.*no record/);
  await expect.element(screen.getByRole('row', { name: 'flags' })).toMatchTextContent(/applied, unconfirmed.*healthy, old/);
  expect(document.querySelectorAll('[data-mark=ok]')).toHaveLength(0);
});

test('of many stacks a page is told, and the pager asks for the next one', async () => {
  const stub = stubConsole().answers(readAgentReach, ({ query }: { query: URLSearchParams }) =>
    anAnswer([aStack({ name: query.get('offset') === '25' ? 'zulu' : 'ledger' })], { total: 40 }),
  );
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' })).toBeVisible();
  await expect.element(screen.getByText('40 stacks by name')).toBeVisible();
  await screen.getByRole('button', { name: 'Next page' }).click();
  await expect.element(screen.getByRole('row', { name: 'zulu' })).toBeVisible();
  expect(stub.callsOf(readAgentReach).at(-1)?.query.get('limit')).toBe('25');
});
test('health has the same pages', async () => {
  const stub = stubConsole().answers(readAgentReach, anAnswer([aStack()], { total: 40 }));
  const { screen } = await renderPanel(<HealthTab agent={anAgent()} />, at);
  await screen.getByRole('button', { name: 'Next page' }).click();
  await expect.poll(() => stub.callsOf(readAgentReach).at(-1)?.query.get('offset')).toBe('25');
});

test('a stack without a known reason says so instead of making one up', async () => {
  stubConsole().answers(
    readAgentReach,
    anAnswer([aStack({ reasons: [] })], { agrees: false, coverage: { known: 3, total: 12, oldestMs: null } }),
  );
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' })).toMatchTextContent(/reason not read yet/);
  await expect.element(screen.getByText(/own reckoning differ/)).toBeVisible();
  await expect.element(screen.getByText(/labels known of 3 of 12 stacks/)).toBeVisible();
  await expect.element(screen.getByText(/None is known so far; not all stacks have been read/)).toBeVisible();
});

test('health records that could not be read are called so, and leave what the agent answered', async () => {
  stubConsole().answers(readAgentReach, anAnswer([aStack({ state: null, health: null })]));
  const { screen } = await open();
  await expect.element(screen.getByRole('row', { name: 'ledger' })).toMatchTextContent(/applied, unconfirmed.*not read/);
});

test('what is nearly reached names what it shares and the registration that is missing, and offers it with all it lets in', async () => {
  const stub = stubConsole()
    .answers(
      readAgentReach,
      anAnswer([], { nearly: [aNearly(), aNearly({ stackId: '3', name: 'canary-probe', shares: [{ by: 'label', label: 'zone:b' }] })] }),
    )
    .answers(registerAgent, { rows: [], asOf: new Date().toISOString(), ageMs: 0 });
  const { screen } = await open();
  const row = screen.getByRole('row', { name: 'search-index' });
  await expect.element(row).toMatchTextContent(/Shares label tier:gold.*but this agent is not registered with search/);
  await row.getByRole('button', { name: 'Register with search…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Register edge-runner with search?' });
  await expect.element(dialog).toMatchTextContent(/search-index, canary-probe arrive on the next poll/);
  await dialog.getByRole('button', { name: 'Register' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(stub.callsOf(registerAgent)[0]?.body).toEqual({ generatorId: aNearly().generatorId });
});

test('who may not register is told which role may', async () => {
  stubConsole().answers(readAgentReach, anAnswer([], { nearly: [aNearly()] }));
  const { screen } = await open(aSession('viewer', [registerAgent]));
  await expect
    .element(screen.getByRole('button', { name: 'Register with search…' }))
    .toHaveAccessibleDescription(/takes an operator; you are a viewer/);
});

test('health is told object by object, what is not ready first, and an old record only says what was', async () => {
  stubConsole().answers(
    readAgentReach,
    anAnswer([
      aStack(),
      aStack({
        stackId: '4',
        name: 'cache',
        health: aRecord({
          status: 'degraded',
          podsReady: 1,
          podsTotal: 2,
          resources: [{ kind: 'StatefulSet', name: 'cache', namespace: 'edge', ready: false, message: 'CrashLoopBackOff' }],
        }),
      }),
      aStack({
        stackId: '5',
        name: 'flags',
        health: aRecord({ ageMs: 900_000, resources: [{ kind: 'ConfigMap', name: 'flags', namespace: '', ready: true, message: null }] }),
      }),
      aStack({ stackId: '6', name: 'silent-one', health: null }),
      aStack({ stackId: '7', name: 'unborn', current: null, health: null }),
    ]),
  );
  const { screen } = await renderPanel(<HealthTab agent={anAgent()} />, at);
  await expect
    .element(screen.getByRole('row', { name: 'StatefulSet edge/cache, cache' }))
    .toMatchTextContent(/not ready.*CrashLoopBackOff/);
  const told = screen
    .getByRole('row')
    .elements()
    .slice(1)
    .map((row) => row.getAttribute('aria-label'));
  expect(told).toEqual([
    'StatefulSet edge/cache, cache',
    'whole revision, cache',
    'ConfigMap flags, flags',
    'whole revision, silent-one',
    'Deployment pay/ledger, ledger',
  ]);
  await expect.element(screen.getByRole('row', { name: 'ConfigMap flags, flags' })).toMatchTextContent(/was ready/);
  await expect.element(screen.getByRole('row', { name: 'whole revision, silent-one' })).toMatchTextContent(/no record/);
});

test('health that cannot be read again does not stay green: what grows old becomes what was', async () => {
  const fresh = (ageMs: number) =>
    anAnswer([aStack({ health: aRecord({ ageMs }) })], { asOf: new Date(Date.now() - 60_000).toISOString() });
  stubConsole().answers(readAgentReach, fresh(118_500));
  const { screen } = await renderPanel(<HealthTab agent={anAgent()} />, at);
  const row = screen.getByRole('row', { name: 'Deployment pay/ledger, ledger' });
  await expect.element(row).toMatchTextContent(/ready/);
  await expect.element(row).toMatchTextContent(/was ready/);
});
