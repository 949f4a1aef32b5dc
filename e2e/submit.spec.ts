import { aConfigMap, aDeployment, aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { keptWith } from './drafts.ts';
import { expect, test } from './fixtures.ts';
import { comparePage } from './pages/compare-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { stackPage } from './pages/stack-page.ts';
import { submitPage } from './pages/submit-page.ts';

const first = aConfigMap('ledger');
const withTab = first.replace('  MODE', '\tMODE');
const bundle = (...documents: string[]) => documents.join('---\n');
const image = (tag: string) => `registry.example.test/ledger:${tag}`;
const submitted = 'POST /api/v1/stacks/{id}/deployment-objects';
const utf8 = (text: string) => Buffer.byteLength(text);

test('bad YAML is told at its line, the text is kept, and it cannot be sent before it is right', async ({ page, broker }) => {
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first] })] });
  const id = stacks[0]?.id ?? '';
  const submit = submitPage(page);
  await submit.goto(id);
  await expect(submit.text).toContainText('MODE: "on"');
  await submit.write(withTab);
  await expect(submit.bar).toContainText('1 error, line 7');
  await expect(submit.text).toHaveAttribute('aria-invalid', 'true');
  await expect(submit.text).toContainText('YAML indents with spaces, never with tabs.');
  await expect(submit.send).toHaveAccessibleDescription('The text has an error in line 7.');
  await submit.send.click({ force: true });
  expect(broker.count.of(submitted)).toBe(0);
  await submit.warnings.getByRole('button', { name: /^Line 7/ }).click();
  await expect(submit.text).toBeFocused();

  const kept = keptWith(page, 'ledger-two');
  await submit.write(withTab.replace('ledger', 'ledger-two'));
  await kept;
  await page.reload();
  await expect(submit.text).toContainText('name: ledger-two');
  await expect(submit.bar).toContainText('1 error, line 7');
  await submit.write(aConfigMap('ledger', 'off'));
  await expect(submit.bar).toContainText('Kubernetes shape checked');
  await submit.send.click();
  await expect(stackPage(page).title).toHaveText('ledger');
  expect((await broker.revisions(id))[0]?.yaml_content).toBe(aConfigMap('ledger', 'off'));
});

test('what it changes per object and whom it reaches is there before it is sent; two clicks are one revision', async ({
  page,
  broker,
  console,
}) => {
  const { stacks } = broker.seed({
    generators: [aGenerator({ name: 'payments' })],
    stacks: [
      aStack({
        name: 'ledger',
        generator: 'payments',
        labels: ['tier:gold'],
        revisions: [bundle(first, aDeployment('ledger', image('1')), aConfigMap('goes'))],
      }),
    ],
    agents: [
      anAgent({ name: 'edge-1', labels: ['tier:gold'], generators: ['payments'] }),
      anAgent({ name: 'edge-2', clusterName: 'ams', labels: ['tier:gold'], generators: ['payments'] }),
    ],
  });
  const id = stacks[0]?.id ?? '';
  await console.knowReach();
  const submit = submitPage(page);
  await submit.goto(id);
  const next = bundle(first, aDeployment('ledger', image('2')), aConfigMap('comes'));
  await submit.write(next);
  await expect(submit.changes).toContainText('1 added, 1 changed, 1 removed, 1 same');
  await expect(submit.changes).toContainText('matches the text');
  await expect(submit.changes.getByRole('button', { name: /Deployment ledger\/ledger/ })).toContainText('+1 −1 changed');
  await expect(submit.documents.getByRole('listitem')).toHaveText([
    /same ConfigMap ledger\/ledger/,
    /changed Deployment/,
    /added ConfigMap comes/,
    /removed ConfigMap goes/,
  ]);
  await expect(submit.warnings).toContainText('1 object is not in the text any more: agents remove it.');
  await expect(submit.reach).toContainText('2 agents in 2 clusters');
  await expect(submit.send).toHaveAccessibleName('Submit to 2 agents');
  await submit.send.dblclick();
  await expect(stackPage(page).stop(2)).toContainText('current');
  const [newest, ...before] = await broker.revisions(id);
  expect(newest?.yaml_content).toBe(next);
  expect(before).toHaveLength(1);
});

test('an answer that is lost is said to be unknown and not sent again; what became of it is read', async ({ page, broker, faults }) => {
  faults.expect(504);
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first] })] });
  const submit = submitPage(page);
  await submit.goto(stacks[0]?.id ?? '');
  await submit.write(aConfigMap('ledger', 'off'));
  await expect(submit.send).toBeEnabled();
  broker.faults.set({ match: submitted, outcome: 'reset_after', times: 1 });
  await submit.send.click();
  await expect(page.getByText('outcome_unknown').first()).toBeVisible();
  await expect(submit.text).toContainText('MODE: "off"');
  await expect(submit.newer(2)).toBeVisible(); // it was taken: the page finds it as it finds anybody's
  expect(broker.count.of(submitted)).toBe(1);
});

test('while one looks at a revision another comes: it is shown first, the text is kept, and one goes on from it', async ({
  page,
  broker,
  openAs,
}) => {
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first] })] });
  const id = stacks[0]?.id ?? '';
  test.slow(); // two browsers, one after the other
  await page.clock.install();
  const mine = submitPage(page);
  await mine.goto(id);
  await mine.write(aConfigMap('mine'));
  await page.clock.runFor(2_000);
  await expect(mine.changes).toContainText('1 added, 0 changed, 1 removed, 0 same');

  const other = await openAs('operator');
  const theirs = submitPage(other);
  await theirs.goto(id);
  await theirs.write(aConfigMap('theirs'));
  await theirs.send.click();
  await expect(stackPage(other).stop(2)).toContainText('current');

  await page.clock.runFor(10_500);
  await expect(mine.between(1, 2)).toContainText('theirs');
  await expect(mine.send).toHaveAccessibleDescription(/Look at revision 2 first/);
  await expect(mine.text).toContainText('name: mine');
  expect(broker.count.of(submitted)).toBe(1);
  await page.getByRole('button', { name: 'Go on from 2' }).click();
  await page.clock.runFor(2_000);
  await expect(mine.changes).toHaveAccessibleName('Changes from 2');
  await mine.send.click();
  await expect(stackPage(page).stop(3)).toBeVisible();
  expect((await broker.revisions(id))[0]?.yaml_content).toBe(aConfigMap('mine'));
});

test('a revision that comes right before the click is found by the click: nothing is sent', async ({ page, broker }) => {
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first] })] });
  const id = stacks[0]?.id ?? '';
  const submit = submitPage(page);
  await submit.goto(id);
  await submit.write(aConfigMap('mine'));
  await expect(submit.changes).toContainText('matches the text');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/revisions')) sent.push(request.url());
  });
  await broker.submit(id, aConfigMap('theirs'));
  await submit.send.dispatchEvent('click'); // a poll may be faster: then the button is off, and is not waited for
  await expect(submit.newer(2)).toBeVisible();
  expect(sent).toEqual([]);
  expect(await broker.revisions(id)).toHaveLength(2);
  await page.getByRole('button', { name: 'Discard mine, take the text of 2' }).click();
  await expect(submit.text).toContainText('name: theirs');
  await expect(submit.head).toContainText('based on 2');
});

test('a race that is lost between the look and the broker is a 412 with both revisions', async ({ page, broker }) => {
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first] })] });
  const id = stacks[0]?.id ?? '';
  const submit = submitPage(page);
  await submit.goto(id);
  await submit.write(aConfigMap('mine'));
  await expect(submit.changes).toContainText('matches the text');
  await page.route('**/api/stacks/*/revisions', async (route) => {
    if (route.request().method() === 'POST') await broker.submit(id, aConfigMap('theirs'));
    await route.continue();
  });
  const [reviewed] = await broker.revisions(id);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/revisions'));
  await submit.send.click();
  const answer = await answered;
  expect(answer.status()).toBe(412);
  expect(await answer.request().headerValue('if-match')).toBe(`"${reviewed?.id}"`);
  expect(await answer.json()).toMatchObject({ code: 'changed_meanwhile', current: { sequence: 2 } });
  await expect(submit.newer(2)).toContainText(/You reviewed.*1.*Current now.*2|1.*2/s);
  await expect(submit.text).toContainText('name: mine');
  expect(broker.count.of(submitted)).toBe(1); // the other one's
});

test('rolling back goes through the same page: picked, compared, with a reason, and in the history', async ({ page, broker }) => {
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first, aConfigMap('ledger', 'broken')] })] });
  const id = stacks[0]?.id ?? '';
  const stack = stackPage(page);
  const submit = submitPage(page);
  await stack.goto(id);
  await stack.rollBack.click();
  await expect(submit.title).toHaveText('Roll back ledger to 1');
  await expect(submit.changes).toContainText('0 added, 1 changed, 0 removed, 0 same');
  await submit.send.click();
  await expect(submit.reason).toHaveAccessibleErrorMessage(/Say why/);
  expect(broker.count.of(submitted)).toBe(0);
  await submit.reason.fill('the mode was wrong');
  await submit.send.click();
  await expect(stack.stop(3)).toContainText('current');
  expect((await broker.revisions(id))[0]?.yaml_content).toBe(first);
  await stack.tab('History').click();
  await expect(stack.rowWith('the mode was wrong')).toBeVisible();
});

test('a manifest of 2 MiB to the byte is kept as a draft and submitted; one byte more is refused in the page', async ({ page, broker }) => {
  test.slow();
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: whole\ndata:\n  text: |\n';
  const line = `    ${'x'.repeat(122)}é\n`; // bytes are counted, not characters
  const lines = Math.floor((2_097_152 - utf8(head)) / utf8(line));
  const full = `${head}${line.repeat(lines)}    `.padEnd(2_097_151 - lines, 'y').concat('\n'); // each é is two bytes
  expect(utf8(full)).toBe(2_097_152);
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'whole', revisions: [first] })] });
  const id = stacks[0]?.id ?? '';
  const submit = submitPage(page);
  await submit.goto(id);
  await submit.upload({ name: 'over.yaml', yaml: `${full}\n` });
  await expect(
    page.getByRole('alert').filter({ hasText: 'over.yaml has 2,097,153 bytes, 1 byte more than the broker takes' }),
  ).toBeVisible();
  await expect(submit.text).toContainText('MODE: "on"');

  const kept = keptWith(page, 'name: whole');
  await submit.upload({ name: 'full.yaml', yaml: full });
  await kept;
  await page.reload();
  await submit.holds(2_097_152);
  await submit.text.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('z');
  await expect(submit.bar.getByRole('alert')).toContainText('1 byte too many');
  await expect(submit.send).toHaveAccessibleDescription(/1 byte too many/);
  await page.keyboard.press('Backspace');
  await expect(submit.bar).toContainText('Kubernetes shape checked', { timeout: 20_000 });
  await submit.send.click();
  await expect(stackPage(page).stop(2)).toContainText('current', { timeout: 20_000 });
  expect((await broker.revisions(id))[0]?.yaml_content === full).toBe(true); // not toBe: it would print both
});

test.describe('a session that is lost', () => {
  test.use({ role: null });

  test('while one edits 2,000 lines loses nothing of them, nor does a tab that is closed', async ({ page, broker, console, context }) => {
    test.slow();
    const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: [first] })] });
    const id = stacks[0]?.id ?? '';
    const { name, password } = await console.people.make('operator');
    const submit = submitPage(page);
    await submit.goto(id);
    await signInPage(page).enter(name, password);
    const long = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ledger\ndata:\n${Array.from({ length: 1994 }, (_, index) => `  K${index}: "${index}"\n`).join('')}`;
    await submit.upload({ name: 'long.yaml', yaml: long });
    await submit.text.click();
    await page.keyboard.press('Control+End');
    const kept = keptWith(page, 'LAST: \\"line\\"');
    await page.keyboard.type('  LAST: "line"');
    await kept;
    const whole = `${long}  LAST: "line"`;
    await submit.holds(utf8(whole));
    await page.close();

    const again = await context.newPage();
    const restored = submitPage(again);
    await restored.goto(id);
    await restored.holds(utf8(whole));
    await expect(restored.head).toContainText('What you typed is back');
    await expect(restored.bar).toContainText('Kubernetes shape checked');
    await expect(restored.send).toBeEnabled();
    await console.people.endSessionOf(context);
    await restored.send.dispatchEvent('click'); // a poll may have found it before, and the question be in the way of a pointer
    const dialog = again.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByRole('textbox', { name: 'Password' }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await restored.holds(utf8(whole));
    await restored.send.click();
    await expect(stackPage(again).stop(2)).toContainText('current');
    expect((await broker.revisions(id))[0]?.yaml_content === whole).toBe(true);
  });
});

test('any two revisions are compared, also of two stacks, and the sides can be swapped', async ({ page, broker }) => {
  const { stacks } = broker.seed({
    stacks: [
      aStack({ name: 'ledger', revisions: [first, aConfigMap('ledger', 'off')] }),
      aStack({ name: 'ledger-staging', revisions: [aConfigMap('ledger', 'staged')] }),
    ],
  });
  const compare = comparePage(page);
  await stackPage(page).goto(stacks[0]?.id ?? '');
  await stackPage(page).compare.click();
  await expect(compare.changes).toContainText('0 added, 1 changed, 0 removed, 0 same');
  await expect(compare.changes).toContainText('MODE: "off"');
  await compare.pick('After', 'ledger-staging', '2');
  await expect(compare.changes).toContainText('MODE: "staged"');
  const shared = page.url();
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(compare.side('Before').getByRole('link')).toContainText('ledger-staging');
  await page.goto(shared);
  await expect(compare.side('After').getByRole('link')).toContainText('ledger-staging');
});

test('two revisions picked in the rail are compared, the earlier one first, also side by side', async ({ page, broker }) => {
  const texts = ['on', 'off', 'dim'].map((mode) => aConfigMap('ledger', mode));
  const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger', revisions: texts })] });
  const stack = stackPage(page);
  const compare = comparePage(page);
  await stack.goto(stacks[0]?.id ?? '');
  await stack.pick(2).click();
  await stack.pick(1).click();
  await expect(compare.side('Before').getByRole('link')).toHaveText('ledger 1');
  await expect(compare.side('After').getByRole('link')).toHaveText('ledger 2');
  await compare.view('Split').click();
  await expect(compare.changes.getByRole('listitem').filter({ hasText: 'removed:' })).toHaveText(
    /removed:.*MODE: "on".*added:.*MODE: "off"/,
  );
  await page.reload();
  await expect(compare.view('Split')).toHaveAttribute('aria-pressed', 'true');
  await page.setViewportSize({ width: 600, height: 800 });
  await expect(compare.view('Split')).toBeHidden();
  await expect(compare.changes.getByRole('listitem').filter({ hasText: 'removed:' })).not.toContainText('added:');
});

test.describe('a viewer', () => {
  test.use({ role: 'viewer' });

  test('is told on the page of submissions who may', async ({ page, broker }) => {
    const { stacks } = broker.seed({ stacks: [aStack({ name: 'ledger' })] });
    await submitPage(page).goto(stacks[0]?.id ?? '');
    await expect(page.getByText('You may read this stack, not submit to it')).toBeVisible();
    await expect(page.getByText(/This takes an operator; you are a viewer/)).toBeVisible();
    await expect(submitPage(page).text).toBeHidden();
  });
});
