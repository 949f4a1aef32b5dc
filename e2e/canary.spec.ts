import { anAgent } from '#simulator/builders.ts';
import { filesWithPaks, keptInBrowser, paksIn } from './canary.ts';
import { expect, test } from './fixtures.ts';
import { agentPage } from './pages/agent-page.ts';
import { createAgentDialog, fleetPage, keyDialog } from './pages/fleet-page.ts';

test('once its dialog is closed no key is left in the page, its storage, its answers or the built files', async ({ page, broker }) => {
  broker.seed({ agents: [anAgent({ name: 'edge-runner' })] });
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.request().method() === 'GET') answers.push(await response.text().catch(() => ''));
  });
  const paks: string[] = [];
  const take = async () => {
    paks.push(await keyDialog(page).key.inputValue());
    await keyDialog(page).done.click();
    await page.getByRole('button', { name: 'Close without the key' }).click();
    await expect(keyDialog(page).dialog).toBeHidden();
    expect(paksIn(await keptInBrowser(page), paks)).toEqual([]);
  };

  await page.goto('/fleet');
  await fleetPage(page).create.click();
  await createAgentDialog(page).fill('edge-new', 'fra-prod-1');
  await createAgentDialog(page).submit.click();
  await take();
  await page.goto(`/fleet/${broker.agents.find('edge-runner').id}`);
  await agentPage(page).act('edge-runner', 'Rotate key…');
  await page.getByRole('textbox', { name: 'Reason' }).fill('it is time');
  await page.getByRole('button', { name: 'Rotate key' }).click();
  await take();
  await agentPage(page).tab('History').click();
  await expect(agentPage(page).rowWith('it is time')).toBeVisible();
  await page.goto('/audit');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit');

  expect(paks).toHaveLength(2);
  expect(paksIn(answers.join('\n'), paks)).toEqual([]);
  expect(paksIn(await keptInBrowser(page), paks)).toEqual([]);
  expect(filesWithPaks('dist/web', paks)).toEqual([]);
});

test('the search itself finds a key that is there', async ({ page, broker }) => {
  await page.goto('/fleet');
  await page.evaluate((pak) => localStorage.setItem('forgotten', pak), broker.adminPak);
  expect(paksIn(await keptInBrowser(page), [])).toEqual([broker.adminPak]);
});
