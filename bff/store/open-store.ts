import { closeSync, openSync } from 'node:fs';
import { sql } from 'kysely';
import type { LedgerRows } from '#bff/audit/rows.ts';
import type { AccountStore } from '#bff/people/accounts.ts';
import type { DraftRows } from '#bff/people/drafts.ts';
import type { SecretRows } from '#bff/people/fingerprint.ts';
import type { AttemptRows } from '#bff/people/limiter.ts';
import type { SessionRows } from '#bff/people/sessions.ts';
import type { RhythmStore } from '#bff/lists/rhythm.ts';
import type { ReachStore } from '#bff/reach/records.ts';
import type { Clock } from '#contract/ports.ts';
import { sqliteAccounts } from './account-rows.ts';
import { sqliteAttempts } from './attempt-rows.ts';
import { openDatabase } from './database.ts';
import { sqliteDrafts } from './draft-rows.ts';
import { sqliteLedger } from './ledger-rows.ts';
import { sqliteReach } from './reach-rows.ts';
import { sqliteRhythms } from './rhythm-rows.ts';
import { sqliteSecrets } from './secret-rows.ts';
import { sqliteSessions } from './session-rows.ts';

/** Everything that outlives the process, in one file. */
export interface Store {
  ledger: LedgerRows;
  sessions: SessionRows;
  drafts: DraftRows;
  accounts: AccountStore;
  attempts: AttemptRows;
  secrets: SecretRows;
  rhythms: RhythmStore;
  reach: ReachStore;
  /** Whether the file can be read, and written. @throws `store_unavailable` when not even read */
  probe(): Promise<{ canWrite: boolean }>;
  close(): Promise<void>;
}

/** Opens the file, makes it when there is none, and brings it up to date. @throws when it cannot be opened or written */
export async function openStore({ file, clock }: { file: string; clock: Clock }): Promise<Store> {
  closeSync(openSync(file, 'a', 0o600)); // SQLite would make it readable for everybody; its side files follow the mode of this one
  const database = await openDatabase(file, clock);
  return {
    ledger: sqliteLedger(database),
    sessions: sqliteSessions(database),
    drafts: sqliteDrafts(database),
    accounts: sqliteAccounts(database),
    attempts: sqliteAttempts(database),
    secrets: sqliteSecrets(database),
    rhythms: sqliteRhythms(database),
    reach: sqliteReach(database),
    async probe() {
      await database.read((db) => sql`select 1 from sessions limit 1`.execute(db));
      // An empty transaction takes the write lock and gives it back: a full disk shows only with the first real write.
      const writing = database.write(async () => true);
      return { canWrite: await writing.catch(() => false) };
    },
    close: () => database.close(),
  };
}
