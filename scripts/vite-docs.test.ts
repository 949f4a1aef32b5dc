import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemStatus } from '#contract/problem.ts';
import { renderErrors } from './vite-docs.ts';

const markdown = readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8');
const documented = new Map([...markdown.matchAll(/^## (\w+)\n\nStatus (\d{3})\. /gm)].map(([, code, status]) => [code, Number(status)]));

test('docs/errors.md has a heading with the status for each problem code, and no other', () => {
  expect(Object.fromEntries(documented)).toEqual(problemStatus);
});

describe('the page made of it', () => {
  test('has an anchor for each code', () => {
    const page = renderErrors(markdown);
    expect(Object.keys(problemStatus).filter((code) => !page.includes(`id="${code}"`))).toEqual([]);
  });
  test('shows markup in the text as text', () => {
    expect(renderErrors('# <script>alert(1)</script>')).not.toContain('<script>');
  });
});
