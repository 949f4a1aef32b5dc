import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { AuditDetail, AuditRow } from '#contract/audit.ts';
import type { AuditPage, AuditQuery } from '#contract/ledger.ts';
import type { ChainedEntry } from '#bff/audit/entry.ts';
import { detailOf, rowOf, type EntryPair } from '#bff/audit/present.ts';
import { entryOf } from './ledger-columns.ts';
import type { Tables } from './tables.ts';

/** Finds by `audit_rows`; what is shown is read from the entries that the chain holds. */
export async function listEntries(db: Kysely<Tables>, query: AuditQuery): Promise<Omit<AuditPage, 'asOf'>> {
  const { before, limit } = query;
  const all = db.selectFrom('audit_rows');
  const filters = [...filtersOf(query)];
  const filtered = filters.reduce((rows, filter) => rows.where(filter), all);
  const page = before === undefined ? filtered : filtered.where('seq', '<', before);
  // One more than asked for says whether there is an older page.
  const seqs = (
    await page
      .select('seq')
      .orderBy('seq', 'desc')
      .limit(limit + 1)
      .execute()
  ).map(({ seq }) => seq);
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const counted =
    filters.length > 0 ? await filtered.select(({ fn }) => fn.countAll<number>().as('matching')).executeTakeFirstOrThrow() : undefined;
  const rows = (await pairsOf(db, seqs.slice(0, limit))).map(rowOf);
  return { rows, total, matching: counted?.matching ?? total, next: seqs.length > limit ? (rows.at(-1)?.seq ?? null) : null };
}

export async function readEntry(db: Kysely<Tables>, seq: number): Promise<AuditDetail | undefined> {
  const [pair] = await pairsOf(db, [seq]);
  return pair && detailOf(pair);
}

export async function historyOf(db: Kysely<Tables>, { kind, id }: { kind: string; id: string }, limit: number): Promise<AuditRow[]> {
  const of = db
    .selectFrom('audit_rows')
    .select('seq')
    .where('resource_kind', '=', kind)
    .where(sql<SqlBool>`resource_id = ${id} collate nocase`);
  const seqs = (await of.orderBy('seq', 'desc').limit(limit).execute()).map(({ seq }) => seq);
  return (await pairsOf(db, seqs)).map(rowOf);
}

/** Newest first. */
async function pairsOf(db: Kysely<Tables>, seqs: readonly number[]): Promise<EntryPair[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom('audit_entries')
    .selectAll()
    .where((it) => it.or([it('seq', 'in', seqs), it('of_seq', 'in', seqs)]))
    .execute();
  const entries = rows.map(entryOf);
  const outcomes = new Map(entries.map((entry) => [entry.of, entry]));
  const asPair = (first: ChainedEntry): EntryPair => ({ first, outcome: outcomes.get(first.seq) });
  return entries
    .filter(({ kind, seq }) => kind !== 'outcome' && seqs.includes(seq))
    .map(asPair)
    .toSorted((a, b) => b.first.seq - a.first.seq);
}

/** Every value is bound. */
function* filtersOf({ type, outcome, person, q, from, to }: AuditQuery): Generator<RawBuilder<SqlBool>> {
  if (type) yield sql`type in (${sql.join(type)})`;
  if (outcome) yield sql`outcome in (${sql.join(outcome)})`;
  if (person !== undefined) yield inAny(sql`person_id = ${person}`, sql`person_name = ${person} collate nocase`);
  if (q !== undefined) yield inAny(startsWith('resource_id', q), startsWith('resource_name', q), startsWith('request_id', q));
  if (from !== undefined) yield sql`at_ms >= ${Date.parse(from)}`;
  if (to !== undefined) yield sql`at_ms <= ${Date.parse(to)}`;
}
/** Each alternative by its own index: for a plain `or` SQLite walks all rows in their order. */
const inAny = (...alternatives: RawBuilder<unknown>[]) =>
  sql<SqlBool>`seq in (${sql.join(
    alternatives.map((it) => sql`select seq from audit_rows where ${it}`),
    sql` union `,
  )})`;
/** A prefix as a range, which an index answers. */
const startsWith = (column: 'resource_id' | 'resource_name' | 'request_id', text: string) =>
  sql`${sql.ref(column)} >= ${text} collate nocase and ${sql.ref(column)} < ${`${text}\u{10ffff}`} collate nocase`;
