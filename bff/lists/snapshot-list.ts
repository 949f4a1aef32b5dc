import type { Arrived, CallScope } from '#bff/broker/broker-http.ts';
import type { ListQuery, Page } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import { createFreshness } from './freshness.ts';
import type { Freshness, Known } from './freshness.ts';
import { tableQuery } from './list-query.ts';
import type { ListNames } from './list-query.ts';
import type { ListName, ShownOf } from './snapshot-host.ts';

export interface SnapshotListOptions<L extends ListName> {
  list: L;
  names: ListNames;
  read: (scope: CallScope) => Promise<Arrived>;
  /** What a page needs besides its own rows; it decides for itself whether it may fail. */
  beside?: () => Promise<unknown>;
}

/** Reads a whole list and hands its bytes to the host. @throws ProblemError, also when the host finds that they are no such list */
export async function loadList(desk: Desk, list: ListName, read: (scope: CallScope) => Promise<Arrived>): Promise<{ arrivedMs: number }> {
  const tick = desk.tick();
  const { bytes, arrivedMs } = await read(desk.ownScope());
  const loaded = await desk.host.ask('load', { owner: desk.owner, list, bytes, tick, arrivedMs });
  if (!loaded.ok) {
    throw new ProblemError('broker_answer_invalid', 'The broker gave an answer that cannot be used', {}, { cause: new Error(`${list} does not fit at ${loaded.where}`) });
  }
  if (loaded.masked > 0) desk.onMasked(loaded.masked, list);
  desk.outside.saw(loaded.differences);
  return { arrivedMs };
}

/** One shared list: however many ask, one read at a time, and pages from the host. */
export function createSnapshotList<L extends ListName>(desk: Desk, options: SnapshotListOptions<L>) {
  const { list, read } = options;
  const freshness = createFreshness({ clock: desk.clock, log: desk.log.child({ list }), minMs: desk.minMs, read: () => loadList(desk, list, read) });
  return {
    freshness,
    page: (query: ListQuery): Promise<Page<ShownOf<L>>> => askPage(desk, freshness, options, query),
    /** Single rows by id, null for each that is not there. */
    async rows(ids: readonly string[]): Promise<(ShownOf<L> | null)[]> {
      await askAll(freshness, options);
      const rows = await desk.host.ask('rows', { owner: desk.owner, list, ids, nowMs: desk.clock.now() });
      return (rows ?? ids.map(() => null)) as (ShownOf<L> | null)[]; // the list's name says what its rows are
    },
  };
}

async function askAll<L extends ListName>(freshness: Freshness, { beside }: SnapshotListOptions<L>): Promise<Known> {
  const [known] = await Promise.all([freshness.ask(), beside?.()]);
  return known;
}
async function askPage<L extends ListName>(desk: Desk, freshness: Freshness, options: SnapshotListOptions<L>, query: ListQuery): Promise<Page<ShownOf<L>>> {
  const { list } = options;
  const asked = tableQuery(query, options.names);
  let known = await askAll(freshness, options);
  const ask = () => desk.host.ask('page', { owner: desk.owner, list, query: asked, nowMs: desk.clock.now() });
  let found = await ask();
  if (found === null) {
    // The worker that held the rows was replaced.
    freshness.lose();
    known = await freshness.ask();
    found = await ask();
  }
  if (found === null) throw new ProblemError('internal', 'The list could not be kept');
  const rows = found.rows as ShownOf<L>[]; // as above
  return { ...found, rows, ...dated(known.arrivedMs, desk.clock), stale: known.stale, hiddenByScope: 0 };
}
