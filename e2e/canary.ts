import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Anything that looks like a key of the broker, whoever it was issued to. */
const pakShape = /brokkr_[A-Za-z0-9]{4,16}_[1-9A-HJ-NP-Za-km-z]{20,}/g;

export const pakShaped = (text: string): string[] => text.match(pakShape) ?? [];
/** Keys found in a text: the given ones, and everything of a key's shape. */
export function paksIn(text: string, issued: Iterable<string>): string[] {
  return [...new Set([...pakShaped(text), ...[...issued].filter((pak) => text.includes(pak) || text.includes(longPart(pak)))])];
}
/** The third part alone opens the broker, whatever stands before it. */
const longPart = (pak: string) => pak.split('_')[2] ?? pak;

/** Every file below a folder that holds a key, databases and their journals included. */
export function filesWithPaks(folder: string, issued: Iterable<string>): string[] {
  const paks = [...issued];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => paksIn(readFileSync(file, 'latin1'), paks).length > 0);
}

/** Everything that a page shows or leaves in its browser: source, fields, address, storage, cookies. */
export async function keptInBrowser(page: Page): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const kept = [
      location.href,
      history.state,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      databases,
      await caches.keys(),
      fields,
    ];
    return document.documentElement.outerHTML + JSON.stringify(kept);
  });
  return inPage + JSON.stringify(await page.context().cookies());
}
