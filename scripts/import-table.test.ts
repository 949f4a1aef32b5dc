import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** One wrong and one right neighbour for each room of the table in docs/architecture.md. */
const rooms: Record<string, { wrong: string[]; right: string[] }> = {
  'bff/contract': { wrong: ['#bff/broker/world.ts', 'node:fs', 'undici'], right: ['zod/mini'] },
  'bff/broker': { wrong: ['#bff/people/drafts.ts', 'node:fs', 'undici'], right: ['#contract/ports.ts'] },
  'bff/lists': { wrong: ['#bff/routes/agents.ts', 'node:worker_threads', 'react'], right: ['#bff/broker/world.ts'] },
  'bff/reach': {
    wrong: ['#bff/routes/agents.ts', '#bff/plans/resource-diff.ts', 'node:fs'],
    right: ['#bff/lists/agent-state.ts', '#contract/reach.ts'],
  },
  'bff/plans': { wrong: ['#bff/people/drafts.ts', 'node:fs'], right: ['#bff/reach/index.ts', 'yaml'] },
  'bff/health': {
    wrong: ['#bff/http/mount.ts', '#bff/people/drafts.ts', 'node:fs'],
    right: ['#bff/lists/world.ts', '#contract/system-health.ts'],
  },
  'bff/people': { wrong: ['#bff/broker/world.ts', 'node:crypto'], right: ['#contract/session.ts'] },
  'bff/audit': { wrong: ['#bff/people/drafts.ts', 'kysely'], right: ['#contract/audit.ts'] },
  'bff/pipeline': { wrong: ['#bff/broker/world.ts', '#bff/http/mount.ts'], right: ['#bff/audit/store.ts'] },
  'bff/routes': { wrong: ['#bff/http/mount.ts', 'express', 'node:fs'], right: ['#bff/lists/agents.ts', '#bff/health/sampler.ts'] },
  'bff/store': { wrong: ['#bff/broker/world.ts', 'express'], right: ['kysely', 'node:sqlite'] },
  'bff/http': {
    wrong: ['#bff/broker/world.ts', '#bff/store/open.ts', '#bff/audit/store.ts', 'kysely'],
    right: ['express', '#bff/routes/agents.ts'],
  },
  'web/app': { wrong: ['#bff/people/drafts.ts', '#simulator/index.ts', '@mantine/core'], right: ['#web/panels/agents/route.tsx'] },
  'web/panels/agents': { wrong: ['#web/panels/audit/route.tsx', '../audit/route.tsx', '@mantine/core'], right: ['#web/ui/panel.tsx'] },
  'web/queries': { wrong: ['#web/ui/panel.tsx', '#web/panels/agents/route.tsx'], right: ['#web/api/call.ts'] },
  'web/hooks': { wrong: ['#web/queries/agents.ts', '#web/ui/panel.tsx'], right: ['#web/context/session.ts'] },
  'web/context': { wrong: ['#web/stores/toasts.ts', '#web/ui/panel.tsx'], right: ['#web/api/call.ts'] },
  'web/api': { wrong: ['#web/context/session.ts', 'node:http'], right: ['#web/stores/toasts.ts'] },
  'web/stores': { wrong: ['#web/api/call.ts', '#web/ui/panel.tsx'], right: ['#web/lib/paths.ts'] },
  'web/ui': {
    wrong: ['#contract/agents.ts', '#web/stores/toasts.ts', '@tanstack/react-query', 'react-router'],
    right: ['@mantine/core', '#web/lib/paths.ts'],
  },
  'web/lib': { wrong: ['#web/stores/toasts.ts', '#bff/broker/world.ts', '@mantine/core'], right: ['#contract/agents.ts'] },
  'web/demo': {
    wrong: ['#bff/http/mount.ts', '#bff/store/open.ts', '#web/panels/agents/route.tsx', '#web/api/call.ts'],
    right: ['#bff/routes/agents.ts', '#simulator/index.ts'],
  },
  simulator: { wrong: ['#contract/agents.ts', '#bff/broker/world.ts', 'node:fs', 'ws'], right: ['./agents.ts'] },
  'simulator/port': { wrong: ['#contract/agents.ts', '#bff/broker/world.ts'], right: ['node:http', 'ws'] },
  'simulator/contract-suite': { wrong: ['#simulator/index.ts', '#contract/agents.ts'], right: ['node:http'] },
  e2e: { wrong: ['#bff/broker/world.ts', '#web/lib/paths.ts'], right: ['#simulator/port/serve.ts', '#contract/agents.ts'] },
};

let folder: string;
let refused: Map<string, string>;
const scratch = (room: string, kind: 'wrong' | 'right', index: number) => join(room, `${kind}-${index}.ts`);

/** Lint of a folder that has the tree's shape and rules, and one scratch file for each import in question. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-table-'));
  for (const name of ['.oxlintrc.json', 'package.json']) copyFileSync(join(root, name), join(folder, name));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [room, { wrong, right }] of Object.entries(rooms)) {
    wrong.forEach((specifier, index) => put(scratch(room, 'wrong', index), `import '${specifier}';\n`));
    right.forEach((specifier, index) => put(scratch(room, 'right', index), `import '${specifier}';\n`));
  }
  put('bff/people/one.ts', "import { two } from '#bff/people/two.ts';\nexport const one = () => two;\n");
  put('bff/people/two.ts', "import { one } from '#bff/people/one.ts';\nexport const two = () => one;\n");
  const lint = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(lint.stdout) as { diagnostics: { filename: string; code: string }[] };
  refused = new Map(diagnostics.map(({ filename, code }) => [filename, code]));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(Object.entries(rooms))('%s', (room, { wrong, right }) => {
  test.each(wrong.map((specifier, index) => [specifier, index] as const))('may not import %s', (_specifier, index) => {
    expect(refused.get(scratch(room, 'wrong', index))).toMatch(/no-restricted-imports/);
  });
  test.each(right.map((specifier, index) => [specifier, index] as const))('may import %s', (_specifier, index) => {
    expect(refused.get(scratch(room, 'right', index))).toBeUndefined();
  });
});

test('a cycle through # imports is refused', () => {
  expect(refused.get('bff/people/one.ts') ?? refused.get('bff/people/two.ts')).toMatch(/no-cycle/);
});

test('every room of the tree is in the table', () => {
  const foldersIn = (house: string) =>
    readdirSync(join(root, house), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${house}/${entry.name}`);
  const known = new Set(Object.keys(rooms).map((room) => room.split('/').slice(0, 2).join('/')));
  expect([...foldersIn('bff'), ...foldersIn('web')].filter((room) => !known.has(room) && !room.endsWith('/testing'))).toEqual([]);
});
