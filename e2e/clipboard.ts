import type { Page } from '@playwright/test';

/** What is on the clipboard now; a button that copies is done some time after the click. */
export const copiedText = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
