import { toHex } from '#contract/bytes.ts';
import type { AuditRow } from '#contract/audit.ts';
import type { AuditQuery } from '#contract/ledger.ts';
import type { Digest } from '#contract/ports.ts';
import { canonicalBytes, genesisHash, type ChainedEntry, type Entry } from './entry.ts';
import { detailOf, rowOf, type EntryPair } from './present.ts';
import { claimLifeMs, type LedgerRows } from './rows.ts';
import type { IdempotencyClaim, StoredAnswer } from './store.ts';

interface Claimed extends IdempotencyClaim {
  intent: number;
  answer: StoredAnswer | null;
  expiresAtMs: number;
}

/** A ledger that lives as long as the process: the demo's, and what the rules are tested on. */
export function memoryLedger(digest: Digest): LedgerRows {
  const entries: ChainedEntry[] = [];
  const outcomes = new Map<number, ChainedEntry>();
  const claims = new Map<string, Claimed>();
  const claimOf = new Map<number, Claimed>();
  const forgetOver = (nowMs: number): void => {
    for (const [at, { intent, expiresAtMs }] of claims) {
      if (expiresAtMs > nowMs) return; // the oldest stand first
      claims.delete(at);
      claimOf.delete(intent);
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: each link needs the hash before it. */
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const turn = last.then(step);
    last = turn.catch(() => undefined);
    return turn;
  };
  const push = async (entry: Entry): Promise<number> => {
    const seq = entries.length + 1;
    const previousHash = entries.at(-1)?.hash ?? genesisHash;
    const hash = toHex(await digest.sha256(canonicalBytes(entry, seq, previousHash)));
    const chained = { ...entry, seq, previousHash, hash };
    entries.push(chained);
    if (entry.of !== null) outcomes.set(entry.of, chained);
    return seq;
  };
  const pairOf = (first: ChainedEntry): EntryPair => ({ first, outcome: outcomes.get(first.seq) });
  const pairs = () => entries.filter(({ kind }) => kind !== 'outcome').map(pairOf);
  const end = async (outcome: Entry, answer?: StoredAnswer): Promise<void> => {
    if (outcome.of === null || outcomes.has(outcome.of)) return;
    await push(outcome);
    const claim = claimOf.get(outcome.of);
    if (claim && answer) claim.answer = answer;
  };

  return {
    begin: (intent, claim) =>
      inTurn(async () => {
        forgetOver(intent.atMs);
        const at = claim && JSON.stringify([claim.personId, claim.key]);
        const earlier = at === undefined ? undefined : claims.get(at);
        if (earlier) {
          if (earlier.requestHash !== claim?.requestHash) return { kind: 'reused' };
          return earlier.answer ? { kind: 'answered', answer: earlier.answer } : { kind: 'running' };
        }
        const seq = await push(intent);
        if (claim && at !== undefined) {
          const claimed = { ...claim, intent: seq, answer: null, expiresAtMs: intent.atMs + claimLifeMs };
          claims.set(at, claimed);
          claimOf.set(seq, claimed);
        }
        return { kind: 'begun', seq };
      }),
    end: (outcome, answer) => inTurn(() => end(outcome, answer)),
    append: (fact) => inTurn(async () => void (await push(fact))),
    closeOrphans: (outcomeOf, answer) =>
      inTurn(async () => {
        const orphans = entries.filter(({ kind, seq }) => kind === 'intent' && !outcomes.has(seq));
        for (const intent of orphans) await end(outcomeOf(intent), answer);
        return orphans.length;
      }),
    async list(query) {
      const all = pairs().map(rowOf);
      const matching = all.filter((row) => matches(row, query)).toReversed();
      const older = query.before === undefined ? matching : matching.filter(({ seq }) => seq < (query.before ?? 0));
      const rows = older.slice(0, query.limit);
      return { rows, total: all.length, matching: matching.length, next: older.length > rows.length ? (rows.at(-1)?.seq ?? null) : null };
    },
    async read(seq) {
      const first = entries[seq - 1];
      return first && first.kind !== 'outcome' ? detailOf(pairOf(first)) : undefined;
    },
    async historyOf({ kind, id }, limit) {
      const rows = pairs().map(rowOf);
      return rows
        .filter(({ resource }) => resource.kind === kind && resource.id === id)
        .toReversed()
        .slice(0, limit);
    },
    entries: async (afterSeq, limit) => entries.slice(afterSeq, afterSeq + limit),
    lastSeq: async () => entries.length,
  };
}

function matches(row: AuditRow, { type, outcome, person, q, from, to }: AuditQuery): boolean {
  const at = Date.parse(row.at);
  const named = [row.resource.id, row.resource.name, row.requestId];
  return (
    (type?.includes(row.type) ?? true) &&
    (outcome?.includes(row.outcome) ?? true) &&
    (person === undefined || row.person?.id === person || row.person?.name.toLowerCase() === person.toLowerCase()) &&
    (q === undefined || named.some((text) => text?.toLowerCase().startsWith(q.toLowerCase()))) &&
    (from === undefined || at >= Date.parse(from)) &&
    (to === undefined || at <= Date.parse(to))
  );
}
