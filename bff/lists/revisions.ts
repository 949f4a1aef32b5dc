import type { CallScope } from '#bff/broker/broker-http.ts';
import type { WireSubmission } from '#bff/broker/wire.ts';
import type { ListQuery, Page } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { revisionFilters, revisionSorts } from '#contract/revisions.ts';
import type { Revision } from '#contract/stacks.ts';
import { dated, singleMs } from './desk.ts';
import type { Desk } from './desk.ts';
import { createKeptLists } from './kept-lists.ts';
import { tableQuery } from './list-query.ts';
import type { TableQuery } from './list-query.ts';
import { createPageReads } from './page-reads.ts';
import { createSharedReads } from './shared-reads.ts';
import type { Read } from './shared-reads.ts';
import { loadList } from './snapshot-list.ts';
import type { RevisionFacts } from './revision-table.ts';
import type { TablePage } from './table.ts';

/** Stacks whose revisions are known at once: those of the largest page, and some more that people look at. */
const mostStacks = 300;
/** Texts are large and never change; these are the ones somebody compares just now. */
const mostTexts = 8;
const textsMs = 300_000;

interface Known {
  current: RevisionFacts | null;
  total: number;
  tookMs: number;
}
/** Every stack of a page costs one answer with all its texts: this many at a time, and none again for a minute. */
const revisionReads = 3;
const revisionsMs = 60_000;
const listOf = (stackId: string) => `revisions/${stackId}` as const;
const newest: TableQuery = { offset: 0, limit: 1, sort: { column: 'sequence', isDescending: true }, text: null, filters: [] };

/**
 * Revisions of single stacks. The broker answers every text of a stack at once or none: the thread that owns the rows takes
 * that answer apart and keeps what is not text, and a text is read when somebody wants to see it.
 */
export function createRevisionLists(desk: Desk) {
  const { broker, host, owner, clock } = desk;
  const reads = createSharedReads<Known>({ clock, most: mostStacks });
  const texts = createSharedReads<WireSubmission>({ clock, most: mostTexts });
  const kept = createKeptLists(desk, {
    most: mostStacks,
    listOf,
    open: () => null,
    letGo: (_list, stackId) => reads.forget(stackId),
  });

  async function pageOf(stackId: string, query: TableQuery): Promise<TablePage<RevisionFacts> | null> {
    const page = await host.ask('page', { owner, list: listOf(stackId), query, nowMs: clock.now() });
    return page as TablePage<RevisionFacts> | null; // the list's name says what its rows are
  }
  /** Ages by the broker's own clock, which wrote the times. */
  const aged = (facts: RevisionFacts): Revision => ({
    ...facts,
    ageMs: Math.max(0, Math.round(broker.now() - Date.parse(facts.submittedAt))),
  });

  async function read(stackId: string, scope: CallScope): Promise<Known> {
    const begunMs = clock.now();
    const { arrivedMs } = await loadList(desk, listOf(stackId), () => broker.deploymentObjects.list(stackId, scope));
    const page = await pageOf(stackId, newest);
    if (page === null) throw new ProblemError('internal', 'The list could not be kept');
    return { current: page.rows[0] ?? null, total: page.total, tookMs: arrivedMs - begunMs };
  }
  /** As fresh as asked for, but never read again before ten times the last answer time. */
  function load(stackId: string, maxAgeMs: number, scope: CallScope): Promise<Read<Known>> {
    kept.use(stackId);
    const known = reads.peek(stackId);
    const isSpared = maxAgeMs > 0 && known !== undefined && clock.now() - known.arrivedMs < 10 * known.value.tookMs;
    if (isSpared) return Promise.resolve(known);
    return reads.read(stackId, { maxAgeMs, signal: scope.signal }, (signal) => read(stackId, { requestId: scope.requestId, signal }));
  }
  const shown = ({ value: { current, total }, arrivedMs }: Read<Known>) => ({ current: current && aged(current), total, arrivedMs });

  return {
    aged,
    /** What is known of several stacks, as one page shows them; null where the broker did not answer. */
    ofMany: createPageReads({
      clock,
      most: revisionReads,
      maxAgeMs: desk.minMs === 0 ? 0 : revisionsMs,
      peek: reads.peek,
      young: reads.young,
      load,
    }),
    /** The newest revision, null before the first, and how many there are. @throws `not_found` without such a stack */
    current: async (stackId: string, scope: CallScope) => shown(await load(stackId, singleMs(desk), scope)),
    /** The same this moment. */
    async fresh(stackId: string, scope: CallScope) {
      reads.forget(stackId);
      return shown(await load(stackId, 0, scope));
    },
    /** Newest first unless asked otherwise. @throws `not_found` without such a stack */
    async page(stackId: string, query: ListQuery, scope: CallScope): Promise<Page<Revision>> {
      const asked = tableQuery({ ...query, sort: query.sort ?? '-sequence' }, { sorts: revisionSorts, filters: revisionFilters });
      for (const isLast of [false, true]) {
        const { arrivedMs } = await load(stackId, singleMs(desk), scope);
        const page = await pageOf(stackId, asked);
        if (page !== null) return { ...page, rows: page.rows.map(aged), ...dated(arrivedMs, clock), stale: null, hiddenByScope: 0 };
        // The thread that held the rows was replaced.
        if (!isLast) reads.forget(stackId);
      }
      throw new ProblemError('internal', 'The list could not be kept');
    },
    /** A revision with its text, keys in it masked; revisions never change. @throws `not_found` */
    async text(revisionId: string, scope: CallScope): Promise<WireSubmission> {
      const { value } = await texts.read(revisionId, { maxAgeMs: textsMs, signal: scope.signal }, (signal) =>
        broker.deploymentObjects.read(revisionId, { requestId: scope.requestId, signal }),
      );
      return value;
    },
    /** The console is about to submit: what the next reads show to be new is its own. */
    expectChange: (stackId: string) => desk.outside.expect('revision', stackId),
    /** The console itself submitted: nothing read before is shown again. */
    changed(stackId: string) {
      desk.reach.changed(stackId);
      reads.forget(stackId);
    },
  };
}
export type RevisionLists = ReturnType<typeof createRevisionLists>;
