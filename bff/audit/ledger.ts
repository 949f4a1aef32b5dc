import { toHex, utf8 } from '#contract/bytes.ts';
import type { AuditType } from '#contract/audit.ts';
import type { Clock, Digest, Log } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import { checkChain, chainStart, type ChainBreak } from './chain.ts';
import { createCoalescer } from './coalesce.ts';
import { outcomeEntry, type Entry } from './entry.ts';
import { auditFields, cutToFields } from './fields.ts';
import type { LedgerRows } from './rows.ts';
import type { AuditEnd, AuditIntent, AuditStore } from './store.ts';

export interface LedgerWorld {
  rows: LedgerRows;
  clock: Clock;
  digest: Digest;
  log: Log;
  /** Takes keys out of what people typed: a reason is free text. */
  mask: (text: string) => string;
  /** The one process that runs changes ends what an earlier one left open. A command beside it must not. */
  isOwner: boolean;
}
export interface Ledger extends AuditStore {
  /** An outcome waits to be written, and no change runs until it is. */
  isStopped(): boolean;
  /** Recomputes the newest `most` links. */
  check(most: number): Promise<ChainBreak | null>;
  /** Writes what is held back; for the end of the process. */
  close(): Promise<void>;
}
const repairEveryMs = 1_000;
const largestValue = 64 * 1024;

const unavailable = (cause?: unknown) =>
  new ProblemError('audit_unavailable', 'The audit log cannot be written, so nothing can be changed', {}, { cause });

/** @throws whatever the store says when the intents of an earlier process cannot be ended: then it is no place for changes */
export async function openLedger({ rows, clock, digest, log, mask, isOwner }: LedgerWorld): Promise<Ledger> {
  /** Outcomes that could not be written, by their intent. */
  const unrecorded = new Map<number, () => Promise<void>>();
  const masked = <T extends string | null>(text: T) => (text === null ? text : mask(text));

  const valueOf = async (type: AuditType, value: unknown): Promise<string | null> => {
    if (value === undefined || value === null) return null;
    const json = mask(JSON.stringify(cutToFields(value, auditFields[type])));
    const bytes = utf8(json);
    if (bytes.length <= largestValue) return json;
    return JSON.stringify({ sha256: toHex(await digest.sha256(bytes)), bytes: bytes.length });
  };
  const intentEntry = async (intent: AuditIntent): Promise<Entry> => {
    const { type, person, sessionId, resource, reason, ...origin } = intent;
    return {
      kind: 'intent',
      of: null,
      atMs: clock.now(),
      type,
      person,
      sessionHash: sessionId === null ? null : toHex(await digest.sha256(utf8(sessionId))).slice(0, 16),
      resource: { ...resource, name: masked(resource.name) },
      outcome: null,
      code: null,
      status: null,
      upstreamStatus: null,
      reason: masked(reason),
      ...origin,
      userAgent: masked(origin.userAgent),
      count: 1,
      before: null,
      after: null,
    };
  };
  const ended = async (type: AuditType, end: AuditEnd) => ({
    atMs: clock.now(),
    type: end.type ?? type,
    outcome: end.outcome,
    code: end.code,
    status: end.status,
    upstreamStatus: end.upstreamStatus ?? null,
    ...(end.person && { person: end.person }),
    ...(end.resource && { resource: { ...end.resource, name: masked(end.resource.name) } }),
    before: await valueOf(end.type ?? type, end.before),
    after: await valueOf(end.type ?? type, end.after),
  });

  let isRepairDue = false;
  const repairSoon = (): void => {
    if (isRepairDue) return;
    isRepairDue = true;
    clock.setTimer(() => void repair(), repairEveryMs);
  };
  const repair = async (): Promise<void> => {
    isRepairDue = false;
    await Promise.allSettled(Array.from(unrecorded.values(), (write) => write()));
    if (unrecorded.size > 0) repairSoon();
    else log.info('the open outcomes are recorded; changes run again');
  };
  const coalescer = createCoalescer(
    clock,
    (entry) => rows.append(entry),
    (error) => log.error('refusals could not be recorded yet', { error }),
  );

  if (isOwner) {
    const orphans = await rows.closeOrphans(
      (intent) => outcomeEntry(intent.seq, { atMs: clock.now(), type: intent.type, outcome: 'unknown', code: 'outcome_unknown' }),
      { kind: 'problem', problem: new ProblemError('outcome_unknown', 'The console ended before this change did').problem },
    );
    if (orphans > 0) log.warn('changes that an earlier process left open are closed as unknown', { orphans });
  }

  return {
    async begin(intent, claim) {
      if (unrecorded.size > 0) throw unavailable();
      try {
        return await rows.begin(await intentEntry(intent), claim);
      } catch (error) {
        throw unavailable(error);
      }
    },
    async end(seq, end, intent) {
      const outcome = outcomeEntry(seq, await ended(intent.type, end));
      const write = async () => {
        await rows.end(outcome, end.answer);
        unrecorded.delete(seq);
      };
      await write().catch((error: unknown) => {
        log.error('the outcome of a change could not be recorded; changes stop', { error, seq, request_id: intent.requestId });
        unrecorded.set(seq, write);
        repairSoon();
        throw new ProblemError(
          'audit_outcome_unrecorded',
          'The change was sent, but its outcome could not be recorded',
          {},
          { cause: error },
        );
      });
    },
    async record(intent, end) {
      const entry: Entry = { ...(await intentEntry(intent)), ...(await ended(intent.type, end)), kind: 'fact' };
      await coalescer.put(entry).catch((error: unknown) => {
        throw unavailable(error);
      });
    },
    list: async (query) => ({ ...(await rows.list(query)), asOf: new Date(clock.now()).toISOString() }),
    read: (seq) => rows.read(seq),
    historyOf: (resource, limit) => rows.historyOf(resource, limit),
    isStopped: () => unrecorded.size > 0,
    async check(most) {
      const first = Math.max(0, (await rows.lastSeq()) - most);
      let [point] = first === 0 ? [chainStart] : await rows.entries(first - 1, 1);
      point ??= chainStart;
      for (;;) {
        const entries = await rows.entries(point.seq, 1_000);
        if (entries.length === 0) return null;
        const result = await checkChain(entries, digest, point);
        if ('fault' in result) return result;
        point = result;
      }
    },
    close: () => coalescer.flush(),
  };
}
