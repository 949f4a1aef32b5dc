import { anAgent } from '#simulator/builders.ts';
import { keptInBrowser, paksIn } from './canary.ts';
import { expect, test } from './fixtures.ts';
import { fleetPage } from './pages/fleet-page.ts';
import { shell } from './pages/shell.ts';
import { signInPage } from './pages/sign-in-page.ts';

test.use({ role: null });

test('a wrong password is refused in words and the right one opens the page that was asked for', async ({ page, console, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const { name, password } = await console.people.make('operator');
  await page.goto('/fleet?q=edge');
  const signIn = signInPage(page);
  await signIn.enter(name, 'not the password at all');
  await expect(signIn.password).toHaveAccessibleErrorMessage(/name or the password is wrong/);
  await expect(signIn.password).toHaveValue('');
  await expect(signIn.name).toHaveValue(name);
  await signIn.enter(name, password);
  await expect(page).toHaveURL(/\/fleet\?q=edge$/);
  await expect(fleetPage(page).row('edge-runner')).toBeVisible();
  await expect(shell(page).person).toHaveAccessibleName(`${name}, operator`);
});

test('a one-time link sets the password, signs in, and is worth nothing afterwards', async ({ page, console }) => {
  const link = await console.people.link('newcomer', 'viewer');
  await page.goto(link);
  await page.getByLabel('New password').fill('a longer pass phrase');
  await page.getByLabel('The same again').fill('a longer pass phrase');
  await page.getByRole('button', { name: 'Set and sign in' }).click();
  await expect(shell(page).title).toHaveText('Fleet');
  expect(page.url()).not.toContain('#');
  await shell(page).choose('Sign out');
  await expect(signInPage(page).submit).toBeVisible();

  await page.goto(link);
  await page.getByLabel('New password').fill('another pass phrase');
  await page.getByLabel('The same again').fill('another pass phrase');
  await page.getByRole('button', { name: 'Set and sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'link_spent' })).toBeVisible();
});

test('a broker key signs in under a typed name, shown as unverified, and an agent’s key is told why not', async ({ page, broker }) => {
  const agentPak = 'brokkr_BRagents_5Tn8WqLpVx3ZbYkR7mHcJ2dGfS9uEa4Q';
  broker.seed({ agents: [anAgent({ name: 'edge-runner', pak: agentPak })] });
  await page.goto('/');
  const signIn = signInPage(page);
  await signIn.withKey.click();
  await signIn.key.fill(agentPak);
  await signIn.yourName.fill('Kim');
  await signIn.submit.click();
  await expect(signIn.key).toHaveAccessibleErrorMessage(/an agent’s key is for the agent/);
  await expect(signIn.key).toHaveValue('');

  await signIn.key.fill(broker.adminPak);
  await signIn.submit.click();
  await expect(shell(page).person).toHaveAccessibleName('Kim, admin');
  await shell(page).person.click();
  await expect(page.getByRole('menu')).toContainText('not verified');
  expect(page.url()).not.toContain('brokkr_');
  expect(paksIn(await keptInBrowser(page), [broker.adminPak])).toEqual([]);
});

test('signing out ends the session in every tab, and Back shows nothing', async ({ page, context, console, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const { name, password } = await console.people.make('viewer');
  await page.goto('/fleet');
  await signInPage(page).enter(name, password);
  await expect(fleetPage(page).row('edge-runner')).toBeVisible();
  const other = await context.newPage();
  await other.goto('/fleet');
  await expect(fleetPage(other).row('edge-runner')).toBeVisible();

  await shell(page).choose('Sign out');
  await expect(signInPage(page).submit).toBeVisible();
  await page.goBack();
  await expect(signInPage(page).submit).toBeVisible();
  await expect(fleetPage(page).row('edge-runner')).toBeHidden();
  await other.bringToFront();
  await fleetPage(other).search.fill('x');
  await expect(other.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();
});
