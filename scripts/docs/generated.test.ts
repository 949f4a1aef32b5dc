import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedDocs } from './generated.ts';
import { contractEndpoints, screenOf } from './operations-table.ts';

const docs = join(import.meta.dirname, '../../docs');

test.each(Object.entries(await generatedDocs()))('docs/%s is current (npm run docs)', (name, text) => {
  expect(existsSync(join(docs, name)) ? readFileSync(join(docs, name), 'utf8') : '').toBe(text);
});
test('every operation of the contract says on which screen a person meets it', async () => {
  const endpoints = await contractEndpoints();
  expect(endpoints.length).toBeGreaterThan(30);
  expect(endpoints.filter((endpoint) => screenOf(endpoint) === undefined).map(({ id }) => id)).toEqual([]);
});
