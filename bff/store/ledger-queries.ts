import type { AuditDetail, AuditRow } from '#contract/audit.ts';
import type { AuditPage, AuditQuery } from '#contract/ledger.ts';
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { ChainedEntry } from '#bff/audit/entry.ts';
import { detailOf, rowOf, type EntryPair } from '#bff/audit/present.ts';
import { entryOf } from './ledger-columns.ts';
import type { Tables } from './tables.ts';

/** Intents and facts, each beside its outcome. */
const firsts = (db: Kysely<Tables>) =>
  db
    .selectFrom('audit_entries as first')
    .leftJoin('audit_entries as outcome', 'outcome.of_seq', 'first.seq')
    .where('first.kind', '<>', 'outcome');

export async function listEntries(db: Kysely<Tables>, query: AuditQuery): Promise<Omit<AuditPage, 'asOf'>> {
  const { before, limit } = query;
  const filters = [...filtersOf(query)];
  const filtered = filters.reduce((rows, filter) => rows.where(filter), firsts(db));
  const page = before === undefined ? filtered : filtered.where('first.seq', '<', before);
  // One more than asked for says whether there is an older page.
  const seqs = (await page.select('first.seq').orderBy('first.seq', 'desc').limit(limit + 1).execute()).map(({ seq }) => seq);
  const all = db.selectFrom('audit_entries').where('kind', '<>', 'outcome');
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const counted = filters.length > 0 ? await filtered.select(({ fn }) => fn.countAll<number>().as('matching')).executeTakeFirstOrThrow() : undefined;
  const rows = (await pairsOf(db, seqs.slice(0, limit))).map(rowOf);
  return { rows, total, matching: counted?.matching ?? total, next: seqs.length > limit ? (rows.at(-1)?.seq ?? null) : null };
}

export async function readEntry(db: Kysely<Tables>, seq: number): Promise<AuditDetail | undefined> {
  const [pair] = await pairsOf(db, [seq]);
  return pair && detailOf(pair);
}

export async function historyOf(db: Kysely<Tables>, { kind, id }: { kind: string; id: string }, limit: number): Promise<AuditRow[]> {
  const touching = await db
    .selectFrom('audit_entries')
    .select(({ fn }) => fn.coalesce('of_seq', 'seq').as('first'))
    .distinct()
    .where('resource_kind', '=', kind)
    .where('resource_id', '=', id)
    .orderBy('first', 'desc')
    .limit(limit)
    .execute();
  return (await pairsOf(db, touching.map(({ first }) => first))).map(rowOf);
}

/** Newest first. */
async function pairsOf(db: Kysely<Tables>, seqs: readonly number[]): Promise<EntryPair[]> {
  if (seqs.length === 0) return [];
  const rows = await db.selectFrom('audit_entries').selectAll().where((it) => it.or([it('seq', 'in', seqs), it('of_seq', 'in', seqs)])).execute();
  const entries = rows.map(entryOf);
  const outcomes = new Map(entries.map((entry) => [entry.of, entry]));
  const asPair = (first: ChainedEntry): EntryPair => ({ first, outcome: outcomes.get(first.seq) });
  return entries.filter(({ kind, seq }) => kind !== 'outcome' && seqs.includes(seq)).map(asPair).toSorted((a, b) => b.first.seq - a.first.seq);
}

/** What an outcome says goes before what its intent knew, as in `rowOf`. Every value is bound. */
function* filtersOf({ type, outcome, person, q, from, to }: AuditQuery): Generator<RawBuilder<SqlBool>> {
  if (type) yield sql`coalesce(outcome.type, first.type) in (${sql.join(type)})`;
  if (outcome) yield sql`coalesce(outcome.outcome, first.outcome, 'pending') in (${sql.join(outcome)})`;
  if (person !== undefined) {
    const name = sql`iif(outcome.person_id is null, first.person_name, outcome.person_name)`;
    yield sql`(coalesce(outcome.person_id, first.person_id) = ${person} or lower(${name}) = ${person.toLowerCase()})`;
  }
  if (q !== undefined) {
    const prefix = `${q.replace(/[\\%_]/g, String.raw`\$&`)}%`;
    const [id, name] = [sql.ref('resource_id'), sql.ref('resource_name')].map((column) => sql`iif(outcome.resource_kind is null, first.${column}, outcome.${column})`);
    yield sql`(${id} like ${prefix} escape '\\' or ${name} like ${prefix} escape '\\' or first.request_id like ${prefix} escape '\\')`;
  }
  if (from !== undefined) yield sql`first.at_ms >= ${Date.parse(from)}`;
  if (to !== undefined) yield sql`first.at_ms <= ${Date.parse(to)}`;
}
