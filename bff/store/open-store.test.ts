import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger, type Ledger } from '#bff/audit/ledger.ts';
import { nodeClock } from '#bff/node-world.ts';
import { anEnd, anIntent } from '#bff/testing/audit.ts';
import { openFile, temporaryFolder } from '#bff/testing/stores.ts';
import { digest, listedLog, uuidOf } from '#bff/testing/world.ts';
import type { Store } from './open-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let ledger: Ledger;
const start = async () => {
  store = await openFile(folder.file);
  ledger = await openLedger({ rows: store.ledger, clock: nodeClock, digest, log: listedLog(), mask: (text) => text, isOwner: true });
};
beforeEach(async () => {
  folder = temporaryFolder();
  await start();
});
afterEach(async () => {
  await store.close();
  folder.remove();
});
/** Somebody else's connection to the same file. */
function beside<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(folder.file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
const change = async (id = uuidOf(1)) => {
  const intent = anIntent({ resource: { kind: 'agent', id, name: null } });
  const begun = await ledger.begin(intent);
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  await ledger.end(begun.seq, anEnd(), intent);
  return begun.seq;
};
const timed = async (work: Promise<unknown>): Promise<{ error: unknown; ms: number }> => {
  const startedAt = performance.now();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - startedAt };
};

test('the file is for its owner only, writes ahead, and is durable at each commit', async () => {
  expect(statSync(folder.file).mode & 0o777).toBe(0o600);
  expect(beside((database) => database.prepare('pragma journal_mode').get())).toMatchObject({ journal_mode: 'wal' });
});

test('everything is there after a restart', async () => {
  const seq = await change();
  await store.close();
  await start();
  expect(await ledger.read(seq)).toMatchObject({ outcome: 'success' });
  expect(await ledger.check(1000)).toBeNull();
});

test('two that open a new file at once bring it up to date once', async () => {
  const other = temporaryFolder();
  const opened = await Promise.all([openFile(other.file), openFile(other.file)]);
  await Promise.all(opened.map((it) => it.probe()));
  for (const it of opened) await it.close();
  other.remove();
});

test('a new file that somebody else is about to write is opened as soon as they have ended', async () => {
  const other = temporaryFolder();
  const theirs = new DatabaseSync(other.file);
  theirs.exec('begin immediate');
  // What SQLite itself does: it waits for nobody, however long it was told to.
  const impatient = new DatabaseSync(other.file, { timeout: 5_000 });
  expect(() => impatient.exec('pragma journal_mode = wal')).toThrow(/database is locked/);
  impatient.close();
  const opening = openFile(other.file);
  const later = await openFile(`${other.file}-2`); // by now the first has met the lock more than once
  await later.close();
  theirs.exec('rollback');
  theirs.close();
  const opened = await opening;
  expect(await opened.probe()).toEqual({ canWrite: true });
  await opened.close();
  other.remove();
});

test('a file that is ahead of this code is opened as it is', async () => {
  await store.close();
  beside((database) => database.exec('insert into migrations (number, at_ms) values (99, 0)'));
  await start();
  await change();
});

describe('the ledger in the file', () => {
  test.each([
    "update audit_entries set reason = 'x'",
    'delete from audit_entries',
    'insert or replace into audit_entries select * from audit_entries where seq = 1',
    "insert or replace into audit_entries (seq, kind, of_seq, at_ms, type, count, previous_hash, hash) values (3, 'outcome', 1, 0, 'x', 1, '', '')",
  ])('%s is refused', async (sql) => {
    await change();
    expect(() => beside((database) => database.exec(sql))).toThrow(/append-only/);
  });

  test('whoever takes the triggers away and edits a row is found by the chain', async () => {
    const seq = await change();
    await change();
    expect(await ledger.check(1000)).toBeNull();
    beside((database) => {
      database.exec('drop trigger audit_entries_no_update');
      database.prepare("update audit_entries set person_name = 'Mallory' where seq = ?").run(seq);
    });
    expect(await ledger.check(1000)).toEqual({ seq, fault: 'hash' });
    expect(await ledger.check(2)).toBeNull(); // only the newest links were asked for
  });

  test('a command beside the console adds to the same chain', async () => {
    await change();
    const other = await openFile(folder.file);
    const theirs = await openLedger({
      rows: other.ledger,
      clock: nodeClock,
      digest,
      log: listedLog(),
      mask: (text) => text,
      isOwner: false,
    });
    const both = Array.from({ length: 20 }, async (_, n) => {
      if (n % 2 === 0) return void (await change(uuidOf(n)));
      const intent = anIntent({ type: 'admin.user.created' });
      const begun = await theirs.begin(intent);
      if (begun.kind === 'begun') await theirs.end(begun.seq, anEnd(), intent);
    });
    await Promise.all(both);
    await other.close();
    expect(await store.ledger.lastSeq()).toBe(42);
    expect(await ledger.check(1000)).toBeNull();
  });
});

describe('while somebody else holds the write lock', () => {
  const withLock = async (work: () => Promise<void>) => {
    const database = new DatabaseSync(folder.file);
    database.exec('begin immediate');
    try {
      await work();
    } finally {
      database.exec('rollback');
      database.close();
    }
  };

  test('changes are refused within 1.5 s, reads go on, and afterwards changes run again', async () => {
    const seq = await change();
    await withLock(async () => {
      const [first, second, reading] = await Promise.all([timed(change()), timed(change()), timed(ledger.read(seq))]);
      for (const refused of [first, second]) {
        expect(refused.error).toMatchObject({ code: 'audit_unavailable', problem: { status: 503 } });
        expect(refused.ms).toBeLessThan(1_500);
      }
      expect(reading).toMatchObject({ error: undefined });
      expect(reading.ms).toBeLessThan(Math.min(first.ms, second.ms)); // the lock held nobody up who only reads
      expect(await store.probe()).toEqual({ canWrite: false });
    });
    expect((await timed(change())).error).toBeUndefined();
    expect(await store.probe()).toEqual({ canWrite: true });
    expect(await ledger.check(1000)).toBeNull();
  });

  test('a pile of refused changes holds nobody up once the lock is gone', async () => {
    await withLock(async () => {
      const refused = await Promise.all(Array.from({ length: 50 }, () => timed(change())));
      expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(1_500);
    });
    expect((await timed(change())).ms).toBeLessThan(1_000);
    expect(await store.ledger.lastSeq()).toBe(2);
  });

  test('an outcome that could not be written stops changes, and is written by itself once it can be', async () => {
    const intent = anIntent();
    const begun = await ledger.begin(intent);
    const seq = begun.kind === 'begun' ? begun.seq : 0;
    await withLock(async () => {
      await expect(ledger.end(seq, anEnd(), intent)).rejects.toMatchObject({ code: 'audit_outcome_unrecorded' });
      const refused = await timed(change());
      expect(refused.error).toMatchObject({ code: 'audit_unavailable' });
      expect(refused.ms).toBeLessThan(700); // it does not even try
    });
    await expect.poll(() => ledger.isStopped(), { timeout: 5_000 }).toBe(false);
    expect(await ledger.read(seq)).toMatchObject({ outcome: 'success' });
    await change();
  });
});

test('a closed store says that it does not answer', async () => {
  const other = await openFile(`${folder.file}-2`);
  await other.close();
  await expect(other.sessions.count(0, 0)).rejects.toMatchObject({ code: 'store_unavailable' });
});
test('a file that is no database is told at once', async () => {
  await expect(openFile('/dev/null')).rejects.toThrow();
});
