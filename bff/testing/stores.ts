import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryLedger } from '#bff/audit/memory-ledger.ts';
import { nodeClock } from '#bff/node-world.ts';
import { memoryAccounts } from '#bff/people/memory-accounts.ts';
import { memoryAttempts } from '#bff/people/memory-attempts.ts';
import { memoryDrafts } from '#bff/people/memory-drafts.ts';
import { memorySecrets } from '#bff/people/memory-secrets.ts';
import { memorySessions } from '#bff/people/memory-sessions.ts';
import { openStore, type Store } from '#bff/store/open-store.ts';
import { digest } from './world.ts';

export type Rows = Pick<Store, 'ledger' | 'sessions' | 'drafts' | 'accounts' | 'attempts' | 'secrets'>;
export interface OpenedRows {
  rows: Rows;
  close(): Promise<void>;
}

export const memoryRows = (): Rows => ({
  ledger: memoryLedger(digest),
  sessions: memorySessions(),
  drafts: memoryDrafts(),
  accounts: memoryAccounts(),
  attempts: memoryAttempts(),
  secrets: memorySecrets(),
});

/** A folder of its own that goes with the test. */
export function temporaryFolder(): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'console-store-'));
  return { file: join(folder, 'console.db'), remove: () => rmSync(folder, { recursive: true }) };
}
/** Time-outs of the store are real time: it is a real disk that they watch. */
export const openFile = (file: string): Promise<Store> => openStore({ file, clock: nodeClock });

/** Both forms of every store, for lists of tests that hold for each: `describe.each(bothForms)`. */
export const bothForms = [
  { form: 'in memory', open: async (): Promise<OpenedRows> => ({ rows: memoryRows(), close: async () => undefined }) },
  {
    form: 'in SQLite',
    open: async (): Promise<OpenedRows> => {
      const { file, remove } = temporaryFolder();
      const store = await openFile(file);
      return { rows: store, close: () => store.close().finally(remove) };
    },
  },
];
