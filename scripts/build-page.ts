import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const always = [
  'web',
  'bff/contract',
  'public',
  'docs/errors.md',
  'scripts/vite-docs.ts',
  'scripts/vite-brotli.ts',
  'vite.config.ts',
  'package-lock.json',
];
const pages = {
  production: { out: 'dist/web', sources: always },
  demo: { out: 'dist/demo', sources: [...always, 'bff', 'simulator', 'scripts/vite-demo.ts'] },
};
export type PageMode = keyof typeof pages;

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
/** One hash over the names and contents of all files at or below the given paths, tests left out. */
export function hashSources(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesOf)) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Builds the page unless the last build was made of the very same sources. @throws when Vite fails; it has said why */
export function buildPage(mode: PageMode): { out: string; builtInMs: number | undefined } {
  const out = join(root, pages[mode].out);
  const stamp = `${out}.sources`;
  const sources = hashSources(pages[mode].sources.map((path) => join(root, path)));
  if (existsSync(join(out, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources)
    return { out, builtInMs: undefined };
  const startedAt = performance.now();
  rmSync(stamp, { force: true }); // a build that is cut short must not look current
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`The page could not be built (vite build --mode ${mode}).`);
  writeFileSync(stamp, sources);
  return { out, builtInMs: Math.round(performance.now() - startedAt) };
}
