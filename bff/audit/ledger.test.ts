import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditDetail, AuditRow } from '#contract/audit.ts';
import type { AuditQuery } from '#contract/ledger.ts';
import { anEnd, anIntent, grace } from '#bff/testing/audit.ts';
import { bothForms, type OpenedRows } from '#bff/testing/stores.ts';
import { digest, listedLog, manualClock, uuidOf, type LogLine } from '#bff/testing/world.ts';
import { openLedger } from './ledger.ts';
import type { LedgerRows } from './rows.ts';
import type { IdempotencyClaim } from './store.ts';

const all: AuditQuery = { limit: 50 };
const claim: IdempotencyClaim = { personId: grace.id, key: uuidOf(99), requestHash: 'h1' };
const pak = `brokkr_BRabcdef_${'k'.repeat(32)}`;
const day = 24 * 3_600_000;

describe.each(bothForms)('the ledger $form', ({ open }) => {
  let opened: OpenedRows;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const setUp = async ({ rows = opened.rows.ledger, clock = manualClock(), isOwner = true } = {}) => {
    const lines: LogLine[] = [];
    const ledger = await openLedger({
      rows,
      clock,
      digest,
      log: listedLog(lines),
      mask: (text) => text.replaceAll(pak, '[masked]'),
      isOwner,
    });
    const begin = async (facts: Parameters<typeof anIntent>[0] = {}, by?: IdempotencyClaim) => {
      const intent = anIntent(facts);
      const begun = await ledger.begin(intent, by);
      if (begun.kind !== 'begun') throw new Error(`not begun: ${begun.kind}`);
      return { seq: begun.seq, end: (end = anEnd()) => ledger.end(begun.seq, end, intent) };
    };
    const change = async (facts: Parameters<typeof anIntent>[0] = {}, end = anEnd()) => {
      const it = await begin(facts);
      await it.end(end);
      return it.seq;
    };
    return { ledger, clock, lines, begin, change };
  };

  test('a change is one row: pending once begun, with outcome, exact type and name once ended', async () => {
    const { ledger, clock, begin } = await setUp();
    const { seq, end } = await begin({ type: 'agent.status_changed', reason: 'maintenance' });
    expect((await ledger.list(all)).rows).toMatchObject([
      { seq, outcome: 'pending', type: 'agent.status_changed', resource: { name: null } },
    ]);
    clock.advance(1500);
    await end(
      anEnd({
        type: 'agent.deactivated',
        resource: { kind: 'agent', id: uuidOf(1), name: 'edge-1' },
        before: { status: 'ACTIVE', pakHash: 'no' },
        after: { status: 'INACTIVE' },
        upstreamStatus: 200,
      }),
    );
    const { rows, total, matching } = await ledger.list(all);
    expect({ total, matching }).toEqual({ total: 1, matching: 1 });
    expect(rows.map((row) => AuditRow.parse(row))).toEqual(rows);
    expect(rows).toMatchObject([
      {
        seq,
        outcome: 'success',
        type: 'agent.deactivated',
        reason: 'maintenance',
        resource: { name: 'edge-1' },
        person: { name: 'Grace' },
      },
    ]);
    const detail = await ledger.read(seq);
    expect(AuditDetail.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      before: { status: 'ACTIVE' },
      after: { status: 'INACTIVE' },
      status: 200,
      upstreamStatus: 200,
      ip: '192.0.2.1',
      userAgent: 'test',
    });
    expect(detail?.before).not.toHaveProperty('pakHash');
    expect(detail?.sessionHash).toMatch(/^[0-9a-f]{16}$/);
    expect(Date.parse(detail?.endedAt ?? '') - Date.parse(detail?.at ?? '')).toBe(1500);
  });

  test('an outcome that is written twice counts once', async () => {
    const { ledger, begin } = await setUp();
    const { seq, end } = await begin();
    await end();
    await end(anEnd({ outcome: 'failure' }));
    expect(await ledger.read(seq)).toMatchObject({ outcome: 'success' });
    expect(await opened.rows.ledger.lastSeq()).toBe(2);
  });

  test('keys that people typed into a reason or a name are masked', async () => {
    const { ledger, change } = await setUp();
    const seq = await change(
      { reason: `because ${pak} leaked` },
      anEnd({ resource: { kind: 'agent', id: uuidOf(1), name: pak }, after: { name: pak } }),
    );
    expect(JSON.stringify(await ledger.read(seq))).not.toContain(pak);
    expect(await ledger.read(seq)).toMatchObject({ reason: 'because [masked] leaked', after: { name: '[masked]' } });
  });

  test('a value beyond 64 KiB is kept as its hash and size', async () => {
    const { ledger, change } = await setUp();
    const seq = await change(
      { type: 'agent.label.added' },
      anEnd({ after: { labels: Array.from({ length: 3000 }, (_, n) => `label-${n}-with-some-length`) } }),
    );
    expect(await ledger.read(seq)).toMatchObject({ after: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: expect.any(Number) } });
  });

  test('lists are newest first, filtered, and paged by number while rows are added', async () => {
    const { ledger, clock, change } = await setUp();
    const bob = { ...grace, id: 'account:bob', name: 'Bob' };
    await change(
      { resource: { kind: 'agent', id: uuidOf(1), name: null } },
      anEnd({ resource: { kind: 'agent', id: uuidOf(1), name: 'Edge_1' } }),
    );
    clock.advance(1000);
    const from = new Date(clock.now()).toISOString();
    await change(
      { type: 'agent.deleted', person: bob, requestId: 'rq_00000000000000ff' },
      anEnd({ outcome: 'failure', code: 'conflict', status: 409 }),
    );
    await ledger.record(
      anIntent({ type: 'auth.login.success', person: null, resource: { kind: 'account', id: null, name: null } }),
      anEnd({ person: bob }),
    );
    const seqs = async (query: Partial<AuditQuery>) => (await ledger.list({ ...all, ...query })).rows.map(({ seq }) => seq);
    expect(await seqs({})).toEqual([5, 3, 1]);
    expect(await seqs({ type: ['agent.renamed', 'auth.login.success'] })).toEqual([5, 1]);
    expect(await seqs({ outcome: ['failure'] })).toEqual([3]);
    expect(await seqs({ outcome: ['pending'] })).toEqual([]);
    expect(await seqs({ person: 'account:bob' })).toEqual([5, 3]);
    expect(await seqs({ person: 'grace' })).toEqual([1]);
    expect(await seqs({ q: 'edge_' })).toEqual([1]);
    expect(await seqs({ q: 'edge%' })).toEqual([]);
    expect(await seqs({ q: "'; drop table audit_entries; --" })).toEqual([]);
    expect(await seqs({ q: uuidOf(1).slice(0, 8) })).toEqual([3, 1]);
    expect(await seqs({ q: 'rq_00000000000000ff' })).toEqual([3]);
    expect(await seqs({ from })).toEqual([5, 3]);
    expect(await seqs({ to: from, outcome: ['success'] })).toEqual([5, 1]);
    const first = await ledger.list({ ...all, limit: 2 });
    expect(first).toMatchObject({ total: 3, matching: 3, next: 3 });
    await change();
    expect(await ledger.list({ ...all, limit: 2, before: first.next ?? 0 })).toMatchObject({ rows: [{ seq: 1 }], next: null, total: 4 });
    expect(await ledger.list({ ...all, outcome: ['failure'] })).toMatchObject({ total: 4, matching: 1 });
  });

  test('the history of an object is every change of it, its creation included', async () => {
    const { ledger, change } = await setUp();
    const resource = { kind: 'agent', id: uuidOf(7), name: 'edge-7' };
    await change({ type: 'agent.created', resource: { kind: 'agent', id: null, name: null } }, anEnd({ resource }));
    await change();
    await change({ type: 'agent.label.added', resource: { ...resource, name: null } });
    expect((await ledger.historyOf(resource, 10)).map(({ type }) => type)).toEqual(['agent.label.added', 'agent.created']);
    expect(await ledger.historyOf(resource, 1)).toHaveLength(1);
    expect(await ledger.historyOf({ kind: 'stack', id: resource.id }, 10)).toEqual([]);
  });

  test('an outcome is no row of its own, and an unknown number is none', async () => {
    const { ledger, change } = await setUp();
    const seq = await change();
    expect(await ledger.read(seq + 1)).toBeUndefined();
    expect(await ledger.read(99)).toBeUndefined();
  });

  test('a claimed key begins once: running, then answered, refused for another body, free again after a day', async () => {
    const { ledger, clock, begin } = await setUp();
    const { end } = await begin({}, claim);
    expect(await ledger.begin(anIntent(), claim)).toEqual({ kind: 'running' });
    await end(anEnd({ answer: { kind: 'value', status: 200, body: { id: 1 } } }));
    expect(await ledger.begin(anIntent(), claim)).toEqual({ kind: 'answered', answer: { kind: 'value', status: 200, body: { id: 1 } } });
    expect(await ledger.begin(anIntent(), { ...claim, requestHash: 'h2' })).toEqual({ kind: 'reused' });
    expect(await ledger.begin(anIntent(), { ...claim, personId: 'account:bob' })).toMatchObject({ kind: 'begun' });
    clock.advance(day);
    expect(await ledger.begin(anIntent(), claim)).toMatchObject({ kind: 'begun' });
  });

  test('twenty that claim one key at the same time: one begins', async () => {
    const { ledger } = await setUp();
    const begun = await Promise.all(Array.from({ length: 20 }, () => ledger.begin(anIntent(), claim)));
    expect(begun.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
  });

  test('what an earlier process left open is unknown after the start, and a repeat is told so; a command beside the console leaves it alone', async () => {
    const { begin, change } = await setUp();
    const { seq } = await begin({}, claim);
    await change();
    const beside = await setUp({ isOwner: false });
    expect(await beside.ledger.read(seq)).toMatchObject({ outcome: 'pending' });
    const { ledger, lines } = await setUp();
    expect(await ledger.read(seq)).toMatchObject({ outcome: 'unknown', code: 'outcome_unknown' });
    expect(await ledger.begin(anIntent(), claim)).toMatchObject({
      kind: 'answered',
      answer: { kind: 'problem', problem: { code: 'outcome_unknown', status: 504 } },
    });
    expect(lines).toMatchObject([{ level: 'warn', orphans: 1 }]);
    expect(await ledger.check(1000)).toBeNull();
  });

  /** Rows whose writes fail as long as the test says so. */
  const failing = () => {
    const state = { fails: false };
    const { ledger } = opened.rows;
    const unless = <T>(work: () => Promise<T>) => (state.fails ? Promise.reject(new Error('disk full')) : work());
    const rows: LedgerRows = {
      ...ledger,
      begin: (intent, by) => unless(() => ledger.begin(intent, by)),
      end: (outcome, answer) => unless(() => ledger.end(outcome, answer)),
      append: (fact) => unless(() => ledger.append(fact)),
    };
    return { rows, state };
  };

  test('without its intent a change does not begin', async () => {
    const { rows, state } = failing();
    const { ledger } = await setUp({ rows });
    state.fails = true;
    await expect(ledger.begin(anIntent())).rejects.toMatchObject({ code: 'audit_unavailable', problem: { status: 503 } });
  });

  test('an outcome that cannot be written stops all changes until it is, while reads go on', async () => {
    const { rows, state } = failing();
    const { ledger, clock, begin } = await setUp({ rows });
    const { seq, end } = await begin();
    state.fails = true;
    await expect(end()).rejects.toMatchObject({ code: 'audit_outcome_unrecorded', problem: { status: 500 } });
    expect(ledger.isStopped()).toBe(true);
    clock.advance(5_000);
    await Promise.resolve();
    state.fails = false;
    await expect(ledger.begin(anIntent())).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(await ledger.read(seq)).toMatchObject({ outcome: 'pending' });
    await expect
      .poll(
        () => {
          clock.advance(1_000);
          return ledger.isStopped();
        },
        { interval: 5 },
      )
      .toBe(false);
    expect(await ledger.read(seq)).toMatchObject({ outcome: 'success' });
    await begin();
  });

  test('an outcome that is lost while an earlier one is made good is made good as well', async () => {
    const { ledger: rowsBelow } = opened.rows;
    let answerEnd: LedgerRows['end'] = () => Promise.reject(new Error('disk full'));
    const { ledger, clock, begin } = await setUp({ rows: { ...rowsBelow, end: (outcome, answer) => answerEnd(outcome, answer) } });
    const [first, second] = [await begin(), await begin()];
    await expect(first.end()).rejects.toMatchObject({ code: 'audit_outcome_unrecorded' });
    const made = Promise.withResolvers<void>();
    answerEnd = (outcome, answer) =>
      outcome.of === first.seq ? made.promise.then(() => rowsBelow.end(outcome, answer)) : Promise.reject(new Error('slow'));
    clock.advance(1_000);
    await expect(second.end()).rejects.toMatchObject({ code: 'audit_outcome_unrecorded' });
    made.resolve();
    await expect.poll(() => rowsBelow.lastSeq(), { interval: 5 }).toBe(3);
    answerEnd = (outcome, answer) => rowsBelow.end(outcome, answer);
    const passTime = () => {
      clock.advance(1_000);
      return ledger.isStopped();
    };
    await expect.poll(passTime, { interval: 5 }).toBe(false);
    expect(await ledger.read(second.seq)).toMatchObject({ outcome: 'success' });
  });

  test('refusals of one source within a minute are two rows, with the number of them', async () => {
    const { ledger, clock } = await setUp();
    const refused = () =>
      ledger.record(
        anIntent({ type: 'auth.login.failure', person: null }),
        anEnd({ outcome: 'failure', code: 'sign_in_failed', status: 401 }),
      );
    for (let n = 0; n < 40; n += 1) await refused();
    expect((await ledger.list(all)).rows).toMatchObject([{ count: 1 }]);
    clock.advance(60_000);
    await expect.poll(async () => (await ledger.list(all)).rows.map(({ count }) => count), { interval: 5 }).toEqual([39, 1]);
  });
});
