import * as z from 'zod/mini';
import type { ReachKind, ReachRecord, ReachStore } from '#bff/reach/records.ts';
import type { Database } from './database.ts';

const read = <T extends z.ZodMiniType>(value: T) => z.nullable(z.object({ value, readMs: z.number() }));
const texts = z.array(z.string());
const annotations = z.array(z.object({ key: z.string(), value: z.string() }));
const Sheet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stack'), id: z.string(), generatorId: z.string(), labels: read(texts), annotations: read(annotations) }),
  z.object({
    kind: z.literal('agent'),
    id: z.string(),
    labels: read(texts),
    annotations: read(annotations),
    targets: read(texts),
    stacks: read(z.object({ beyond: texts, denied: texts })),
    registrations: z.object({ value: texts, readMs: z.nullable(z.number()) }),
  }),
  z.object({ kind: z.literal('generator'), id: z.string(), readMs: z.number() }),
]);

/** Fact sheets as JSON. One that this code cannot read is as good as none: the walk reads it anew. */
export function sqliteReach(database: Database): ReachStore {
  return {
    async read(owner, kind, after, limit) {
      const rows = await database.read((db) =>
        db
          .selectFrom('reach_records')
          .select(['id', 'record_json'])
          .where('owner', '=', owner)
          .where('kind', '=', kind)
          .where('id', '>', after)
          .orderBy('id')
          .limit(limit)
          .execute(),
      );
      const records: ReachRecord[] = rows.flatMap((row) => readSheet(row.record_json) ?? []);
      const last = rows.at(-1);
      // Whoever gets fewer than asked for takes them for the last ones.
      if (last === undefined || rows.length < limit || records.length === limit) return records;
      return [...records, ...(await this.read(owner, kind, last.id, limit - records.length))];
    },
    async save(owner, records, gone) {
      // A generator that was never asked has no time, and JSON has no infinity.
      const sheets = records.filter((record) => record.kind !== 'generator' || Number.isFinite(record.readMs));
      await database.write(async (trx) => {
        for (const kind of ['stack', 'agent', 'generator'] satisfies ReachKind[]) {
          const ids = gone.flatMap((one) => (one.kind === kind ? [one.id] : []));
          if (ids.length > 0)
            await trx.deleteFrom('reach_records').where('owner', '=', owner).where('kind', '=', kind).where('id', 'in', ids).execute();
        }
        if (sheets.length === 0) return;
        await trx
          .insertInto('reach_records')
          .values(sheets.map((record) => ({ owner, kind: record.kind, id: record.id, record_json: JSON.stringify(record) })))
          .onConflict((it) => it.columns(['owner', 'kind', 'id']).doUpdateSet((row) => ({ record_json: row.ref('excluded.record_json') })))
          .execute();
      });
    },
  };
}

function readSheet(json: string): ReachRecord | undefined {
  try {
    return Sheet.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
