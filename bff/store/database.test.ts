import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger } from '#bff/audit/ledger.ts';
import { nodeClock } from '#bff/node-world.ts';
import { anIntent, grace } from '#bff/testing/audit.ts';
import { temporaryFolder } from '#bff/testing/stores.ts';
import { digest, listedLog, manualClock, uuidOf } from '#bff/testing/world.ts';
import { openDatabase, type Database } from './database.ts';
import { sqliteLedger } from './ledger-rows.ts';

const claim = { personId: grace.id, key: uuidOf(5), requestHash: 'h' };
const claimed = { kind: 'begun', seq: expect.any(Number) };
let opened: { folder: ReturnType<typeof temporaryFolder>; database: Database };
const start = async (clock = nodeClock) => {
  const at = temporaryFolder();
  opened = { folder: at, database: await openDatabase(at.file, clock) };
};
const ledgerOn = (database: Database) =>
  openLedger({ rows: sqliteLedger(database), clock: nodeClock, digest, log: listedLog(), mask: (text) => text, isOwner: false });
afterEach(async () => {
  await opened.database.close();
  opened.folder.remove();
});

describe('a disk that takes no more', () => {
  beforeEach(() => start());
  /** As the file system would answer: SQLite's own limits raise the same errors. */
  const pragma = (text: string) => opened.database.write((trx) => sql`pragma ${sql.raw(text)}`.execute(trx));
  const large = anIntent({ reason: 'x'.repeat(60_000) });

  test.each([
    ['full', 'max_page_count = 1'],
    ['read-only', 'query_only = on'],
  ])('when it is %s changes are refused and reads go on', async (_how, breaks) => {
    const ledger = await ledgerOn(opened.database);
    await ledger.begin(anIntent());
    await pragma(breaks);
    await expect(ledger.begin(large, claim)).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(await ledger.list({ limit: 10 })).toMatchObject({ total: 1 });
  });

  test('once there is room again changes run again, without a restart', async () => {
    const ledger = await ledgerOn(opened.database);
    await pragma('max_page_count = 1');
    await expect(ledger.begin(large, claim)).rejects.toMatchObject({ code: 'audit_unavailable' });
    await pragma('max_page_count = 1000000');
    expect(await ledger.begin(large, claim)).toEqual(claimed);
    expect(await ledger.check(10)).toBeNull();
  });
});

describe('an answer that comes too late', () => {
  const clock = manualClock();
  beforeEach(() => start(clock));
  /** Lets the time run out after the last look at it and before the disk can have answered: no macrotask passes in between. */
  const stuckAtCommit = (database: Database): Database => ({
    ...database,
    write: (work, late) =>
      database.write(async (trx) => {
        const value = await work(trx);
        void runOut();
        return value;
      }, late),
  });
  const runOut = async () => {
    for (let n = 0; n < 200; n += 1) await Promise.resolve();
    clock.advance(1_000);
  };

  test('an intent that was committed after its caller had been refused is closed as a failure, and a repeat hears that nothing was changed', async () => {
    const slow = await ledgerOn(stuckAtCommit(opened.database));
    await expect(slow.begin(anIntent(), claim)).rejects.toMatchObject({ code: 'audit_unavailable' });
    const ledger = await ledgerOn(opened.database);
    await expect.poll(() => ledger.read(1), { interval: 5 }).toMatchObject({ outcome: 'failure', code: 'audit_unavailable' });
    expect(await ledger.begin(anIntent(), claim)).toMatchObject({ kind: 'answered', answer: { problem: { code: 'audit_unavailable' } } });
  });

  test('a write that was refused before its turn came does not happen', async () => {
    const { database } = opened;
    const held = Promise.withResolvers<void>();
    const first = database.write(() => held.promise);
    const second = database.write((trx) => trx.insertInto('secrets').values({ name: 'a', sealed: 'b' }).execute());
    await Promise.resolve();
    clock.advance(1_000);
    await expect(first).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(second).rejects.toMatchObject({ code: 'store_unavailable' });
    held.resolve();
    await database.write(async () => undefined);
    expect(await database.read((db) => db.selectFrom('secrets').selectAll().execute())).toEqual([]);
  });
});
