import type { Arrived, CallScope } from '#bff/broker/broker-http.ts';
import type { ListQuery, Page } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { dated, tellOutside } from './desk.ts';
import type { Desk } from './desk.ts';
import { createFreshness } from './freshness.ts';
import type { Known } from './freshness.ts';
import { tableQuery } from './list-query.ts';
import type { ListNames, TableQuery } from './list-query.ts';
import type { Found } from './table.ts';
import type { ListName, ShownOf } from './snapshot-host.ts';

export interface SnapshotListOptions<L extends ListName> {
  list: L;
  names: ListNames;
  read: (scope: CallScope) => Promise<Arrived>;
  /** The broker's time, where rows carry no ages of their own. */
  now?: () => number;
  /** What a page needs besides its own rows; it decides for itself whether it may fail. */
  beside?: (tenant: string | undefined) => Promise<unknown>;
  /** The thread that held the rows was replaced, and what was beside them is gone as well. */
  lost?: () => void;
}

/** Reads a whole list and hands its bytes to the host. @throws ProblemError, also when the host finds that they are no such list */
export async function loadList(desk: Desk, list: ListName, read: (scope: CallScope) => Promise<Arrived>): Promise<{ arrivedMs: number }> {
  const tick = desk.tick();
  const { bytes, arrivedMs } = await read(desk.ownScope());
  const loaded = await desk.host.ask('load', { owner: desk.owner, list, bytes, tick, arrivedMs });
  if (!loaded.ok) {
    throw new ProblemError(
      'broker_answer_invalid',
      'The broker gave an answer that cannot be used',
      {},
      { cause: new Error(`${list} does not fit at ${loaded.where}`) },
    );
  }
  if (loaded.masked > 0) desk.onMasked(loaded.masked, list);
  tellOutside(desk, loaded.differences);
  return { arrivedMs };
}

/** One shared list: however many ask, one read at a time, and pages from the host. */
export function createSnapshotList<L extends ListName>(
  desk: Desk,
  { list, names, read, beside, lost, now = () => desk.clock.now() }: SnapshotListOptions<L>,
) {
  const { host, owner, clock } = desk;
  const freshness = createFreshness({ clock, log: desk.log.child({ list }), minMs: desk.minMs, read: () => loadList(desk, list, read) });

  /** Asks the host once the list is fresh; once more when it no longer has it: the thread that held the rows was replaced. */
  async function kept<T>(tenant: string | undefined, ask: () => Promise<T | null>): Promise<{ known: Known; answer: T }> {
    for (const isLast of [false, true]) {
      const [known] = await Promise.all([freshness.ask(), beside?.(tenant)]);
      const answer = await ask();
      if (answer !== null) return { known, answer };
      if (isLast) break;
      freshness.lose();
      lost?.();
    }
    throw new ProblemError('internal', 'The list could not be kept');
  }

  return {
    close: () => freshness.close(),
    /** What only the host can tell of all rows that a query leaves. */
    async told<T>(
      query: Pick<ListQuery, 'q' | 'filter' | 'tenant'>,
      ask: (query: TableQuery, nowMs: number) => Promise<T | null>,
    ): Promise<T & { asOf: string; ageMs: number }> {
      const asked = tableQuery({ ...query, offset: 0, limit: 1 }, names);
      const { known, answer } = await kept(asked.tenant, () => ask(asked, now()));
      return { ...answer, ...dated(known.arrivedMs, clock) };
    },
    /** Rows that a text names, the best match first, and how many more are out of the tenant's view. */
    async find(text: string, limit: number, tenant?: string): Promise<Found<ShownOf<L>>> {
      const { answer } = await kept(tenant, () =>
        host.ask('find', { owner, list, text: text.trim().toLowerCase(), limit, tenant, nowMs: now() }),
      );
      return answer as Found<ShownOf<L>>; // the list's name says what its rows are
    },
    async page(query: ListQuery): Promise<Page<ShownOf<L>>> {
      const asked = tableQuery(query, names);
      const { known, answer } = await kept(asked.tenant, () => host.ask('page', { owner, list, query: asked, nowMs: now() }));
      const rows = answer.rows as ShownOf<L>[]; // the list's name says what its rows are
      return { ...answer, rows, ...dated(known.arrivedMs, clock), stale: known.stale };
    },
    /** How many rows have which values, from data of this age at most: a look that keeps nothing fresh and reads nothing beside. */
    async glance(maxAgeMs: number): Promise<{ total: number; facets: Page<never>['facets'] }> {
      await freshness.glance(maxAgeMs);
      const answer = await host.ask('page', { owner, list, query: tableQuery({ offset: 0, limit: 1, filter: [] }, names), nowMs: now() });
      if (answer === null) throw new ProblemError('internal', 'The list could not be kept');
      return { total: answer.totalUnfiltered, facets: answer.facets };
    },
    /** Single rows by id, null for each that is not there. */
    async rows(ids: readonly string[]): Promise<(ShownOf<L> | null)[]> {
      const { answer } = await kept(undefined, () => host.ask('rows', { owner, list, ids, nowMs: now() }));
      return answer as (ShownOf<L> | null)[]; // as above
    },
  };
}
