import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
