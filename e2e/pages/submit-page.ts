import { expect, type Page } from '@playwright/test';

/** The page that sends a revision. */
export const submitPage = (page: Page) => {
  const text = page.getByRole('textbox', { name: 'YAML of the new revision' });
  const send = page.getByRole('form', { name: 'Send' });
  return {
    goto: (stackId: string, rest = '') => page.goto(`/stacks/${stackId}/submit${rest}`),
    title: page.getByRole('heading', { level: 1 }),
    head: page.getByRole('heading', { level: 1 }).locator('xpath=..'),
    /** Only what is in sight is in the page: a long text is judged by its size and by what arrives. */
    text,
    bar: page.getByRole('region', { name: 'Text', exact: true }),
    documents: page.getByRole('region', { name: 'Documents' }),
    reach: page.getByRole('region', { name: 'Reaches' }),
    warnings: page.getByRole('region', { name: 'Warnings' }),
    changes: page.getByRole('region', { name: /^Changes/ }).first(),
    reason: send.getByRole('textbox', { name: 'Reason' }),
    send: send.getByRole('button'),
    newer: (sequence: number) => page.getByRole('alert').filter({ hasText: `Revision ${sequence} was submitted meanwhile` }),
    between: (from: number, to: number) => page.getByRole('group').filter({ hasText: `What ${to} changed from ${from}` }),
    /** Puts a text in the place of what is there, as pasting does. */
    async write(yaml: string): Promise<void> {
      await text.click();
      await page.keyboard.press('Control+A');
      await text.evaluate((editor, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', pasted);
        editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }, yaml);
    },
    async upload(...files: { name: string; yaml: string }[]): Promise<void> {
      const chosen = files.map(({ name, yaml }) => ({ name, mimeType: 'application/yaml', buffer: Buffer.from(yaml) }));
      await page.getByLabel('Upload a YAML file').setInputFiles(chosen);
    },
    /** What the bar says of the size; the checks have read all of it then. */
    async holds(bytes: number): Promise<void> {
      await expect(this.bar).toContainText(`${bytes.toLocaleString('en')} of 2,097,152 bytes`);
    },
  };
};
