import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const pageFolder = join(root, 'dist/web');

export interface BuildFacts {
  version: string;
  /** Null where there is no repository beside the code. */
  commit: string | null;
  builtAt: string | null;
}

/** What this code is, read once at start. */
export function readBuildFacts(): BuildFacts {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const page = join(pageFolder, 'index.html');
  return { version, commit: readCommit(join(root, '.git')), builtAt: existsSync(page) ? statSync(page).mtime.toISOString() : null };
}

/** As git keeps it: HEAD names a branch, the branch's file or the packed list names the commit. */
function readCommit(folder: string): string | null {
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim() : '');
  const head = read('HEAD');
  const branch = /^ref: (\S+)$/.exec(head)?.[1];
  const commit =
    branch === undefined
      ? head
      : read(branch) ||
        (read('packed-refs')
          .split('\n')
          .find((line) => line.endsWith(` ${branch}`))
          ?.split(' ')[0] ??
          '');
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}
