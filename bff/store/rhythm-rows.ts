import * as z from 'zod/mini';
import type { RhythmStore } from '#bff/lists/rhythm.ts';
import type { Database } from './database.ts';

const Gaps = z.array(z.int());

export function sqliteRhythms(database: Database): RhythmStore {
  return {
    async read(after, limit) {
      const rows = await database.read((db) =>
        db.selectFrom('rhythms').selectAll().where('agent_id', '>', after).orderBy('agent_id').limit(limit).execute(),
      );
      return rows.map((row) => ({ agentId: row.agent_id, gapsMs: Gaps.parse(JSON.parse(row.gaps_json)) }));
    },
    async save(rhythms) {
      const gone = rhythms.filter(({ gapsMs }) => gapsMs.length === 0).map(({ agentId }) => agentId);
      const known = rhythms
        .filter(({ gapsMs }) => gapsMs.length > 0)
        .map(({ agentId, gapsMs }) => ({ agent_id: agentId, gaps_json: JSON.stringify(gapsMs) }));
      await database.write(async (trx) => {
        if (gone.length > 0) await trx.deleteFrom('rhythms').where('agent_id', 'in', gone).execute();
        if (known.length === 0) return;
        await trx
          .insertInto('rhythms')
          .values(known)
          .onConflict((it) => it.column('agent_id').doUpdateSet((row) => ({ gaps_json: row.ref('excluded.gaps_json') })))
          .execute();
      });
    },
  };
}
