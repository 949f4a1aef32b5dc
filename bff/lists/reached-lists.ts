import type * as z from 'zod/mini';
import type { CallScope } from '#bff/broker/broker-http.ts';
import type { ResponseOf } from '#contract/endpoint.ts';
import type { Filter, ListQuery, Page } from '#contract/list.ts';
import { ProblemError } from '#contract/problem.ts';
import { reachedAgentFilters, reachedAgentSorts } from '#contract/reach.ts';
import type { listObjectHealth, ReachedAgent, ReachMatrix, ReachReason } from '#contract/reach.ts';
import type { Revision } from '#contract/stacks.ts';
import type { AgentLists } from './agents.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import { createKeptLists } from './kept-lists.ts';
import { tableQuery } from './list-query.ts';
import { createPageReads } from './page-reads.ts';
import type { Judged } from './reached.ts';
import type { RevisionLists } from './revisions.ts';
import { createSharedReads } from './shared-reads.ts';
import { loadList } from './snapshot-list.ts';
import type { RolledUp } from './reach.ts';

/** Revisions whose health is kept: those that people look at. */
const mostKept = 300;
/** Agents look at their objects every 60 s. */
const healthMs = 30_000;
/** So many revisions are asked about at a time. */
const healthReads = 3;

const lost = () => new ProblemError('internal', 'The list could not be kept');
const isReason = (text: string): text is ReachReason['by'] => text === 'target' || text === 'label' || text === 'annotation';

export interface JudgedRevision {
  current: Revision;
  /** Null while the fleet does not have the agent, and before its events were ever read. */
  judged: Judged | null;
  /** Without its health the verdict cannot be told. */
  isHealthRead: boolean;
}

/**
 * What agents made of revisions. The host judges, as it has the fleet, the events and the health records; who is reached it
 * is told as marks, and the reasons join the few rows that leave.
 */
export function createReachedLists(desk: Desk, agents: AgentLists, revisions: RevisionLists) {
  const { broker, host, owner, clock, reach, minMs } = desk;
  const healthReadsOf = createSharedReads<null>({ clock, most: mostKept });
  const kept = createKeptLists(desk, { most: mostKept, listOf: (revisionId) => `health/${revisionId}`, open: () => null });
  const loadHealth = (revisionId: string, maxAgeMs: number, scope: CallScope) =>
    healthReadsOf.read(revisionId, { maxAgeMs, signal: scope.signal }, async (signal) => {
      kept.use(revisionId);
      try {
        await loadList(desk, `health/${revisionId}`, () =>
          broker.deploymentObjects.health(revisionId, { requestId: scope.requestId, signal }),
        );
      } catch (error) {
        // What cannot be read is not told any more: nothing is called healthy then.
        if (!signal.aborted) {
          healthReadsOf.forget(revisionId);
          await host.ask('drop', { owner, list: `health/${revisionId}` });
        }
        throw error;
      }
      return null;
    });
  const maxAgeMs = minMs === 0 ? 0 : healthMs;
  const healthOfMany = createPageReads({
    clock,
    most: healthReads,
    maxAgeMs,
    peek: healthReadsOf.peek,
    young: healthReadsOf.young,
    load: loadHealth,
  });

  /** One after the other: whether the host still has its lists shows when it is asked for the fleet, and events go with that. */
  async function readyAndHeard(): Promise<void> {
    await agents.ready();
    await agents.heard();
  }
  /** Everything the host needs to judge. @returns when the health records had arrived; null when they could not be read */
  async function prepare(revisionId: string | null, scope: CallScope): Promise<{ healthMs: number | null }> {
    const [health] = await Promise.all([healthOfMany(revisionId === null ? [] : [revisionId], scope), readyAndHeard()]);
    return { healthMs: health.get(revisionId ?? '')?.arrivedMs ?? null };
  }
  const ages = (healthReadMs: number | null) => ({
    healthAgeMs: healthReadMs === null ? null : dated(healthReadMs, clock).ageMs,
    eventsAgeMs: agents.eventsAgeMs(),
  });
  const about = (revisionId: string | null, marks: Uint32Array) => ({
    owner,
    revisionId,
    marks,
    nowMs: clock.now(),
    brokerMs: broker.now(),
  });
  /** Reasons are the index's to know: agents are found by them before the host looks at the rest. */
  async function marksBy(stackId: string, filters: readonly Filter[]): Promise<Uint32Array> {
    const marks = await reach.marks(stackId);
    for (const { values, negated } of filters) {
      const each = await Promise.all(values.filter(isReason).map((by) => reach.marks(stackId, by)));
      marks.forEach((word, at) => {
        const found = each.reduce((all, one) => all | (one[at] ?? 0), 0);
        marks[at] = word & (negated ? ~found : found);
      });
    }
    return marks;
  }
  function withReasons(stackId: string, judged: readonly Judged[]): ReachedAgent[] {
    const reasons = reach.reasons(
      stackId,
      judged.map(({ agentId }) => agentId),
    );
    return judged.map(({ cause: _cause, ...agent }) => ({ ...agent, reasons: reasons.get(agent.agentId) ?? [] }));
  }
  return {
    /** Agents that a stack reaches, with their word on its current revision. @throws `not_found` without such a stack */
    async page(stackId: string, query: ListQuery, scope: CallScope): Promise<Page<ReachedAgent> & ReturnType<typeof ages>> {
      const asked = tableQuery({ ...query, sort: query.sort ?? 'state' }, { sorts: reachedAgentSorts, filters: reachedAgentFilters });
      const { current, arrivedMs } = await revisions.current(stackId, scope);
      const read = await prepare(current?.id ?? null, scope);
      const filters = asked.filters.filter(({ field }) => field !== 'by');
      const marks = await marksBy(
        stackId,
        asked.filters.filter(({ field }) => field === 'by'),
      );
      const page = await host.ask('reached', { ...about(current?.id ?? null, marks), query: { ...asked, filters } });
      if (page === null) throw lost();
      const rows = withReasons(stackId, page.rows);
      reach.shown({ stacks: [stackId], agents: rows.map(({ agentId }) => agentId) });
      return {
        ...page,
        rows,
        ...dated(arrivedMs, clock),
        stale: null,
        hiddenByScope: 0,
        coverage: reach.coverage(),
        ...ages(read.healthMs),
      };
    },
    /** @throws `not_found` without such a stack */
    async matrix(stackId: string, scope: CallScope): Promise<z.infer<typeof ReachMatrix>> {
      const { current } = await revisions.current(stackId, scope);
      const read = await prepare(current?.id ?? null, scope);
      const matrix = await host.ask('reachMatrix', about(current?.id ?? null, await reach.marks(stackId)));
      if (matrix === null) throw lost();
      reach.shown({ stacks: [stackId] });
      return {
        ...matrix,
        causes: matrix.causes.map((group) => ({ ...group, first: withReasons(stackId, group.first) })),
        coverage: reach.coverage(),
        ...ages(read.healthMs),
        asOf: new Date(clock.now()).toISOString(),
      };
    },
    /** @throws `not_found` without such a stack */
    async objects(stackId: string, scope: CallScope): Promise<ResponseOf<typeof listObjectHealth>> {
      const { current } = await revisions.current(stackId, scope);
      const read = await prepare(current?.id ?? null, scope);
      const objects = await host.ask('reachedObjects', about(current?.id ?? null, await reach.marks(stackId)));
      if (objects === null) throw lost();
      reach.shown({ stacks: [stackId] });
      return {
        ...objects,
        coverage: reach.coverage(),
        healthAgeMs: ages(read.healthMs).healthAgeMs,
        asOf: new Date(clock.now()).toISOString(),
      };
    },
    /** Null while nobody is known to be reached, and where health could not be read: half a verdict looks better than it is. */
    async rollUp(stackId: string, revisionId: string, scope: CallScope): Promise<RolledUp | null> {
      if (reach.coverage().known === 0) return null;
      const { healthMs: readMs } = await prepare(revisionId, scope);
      return readMs === null ? null : host.ask('rollUp', about(revisionId, await reach.marks(stackId)));
    },
    /** The current revision of stacks that reach an agent, and what it made of it; each stack costs the broker two reads. */
    async ofAgent(agentId: string, stackIds: readonly string[], scope: CallScope): Promise<ReadonlyMap<string, JudgedRevision>> {
      const readyAndPerhapsHeard = agents.ready().then(() => agents.heard().catch(() => undefined)); // without events nothing is judged
      const [known] = await Promise.all([revisions.ofMany(stackIds, scope), readyAndPerhapsHeard]);
      const current = [...known].flatMap(([stackId, read]) => (read?.value.current ? [{ stackId, revision: read.value.current }] : []));
      const revisionIds = current.map(({ revision }) => revision.id);
      const health = await healthOfMany(revisionIds, scope);
      const judged = await host.ask('judgeAgent', { owner, agentId, revisionIds, nowMs: clock.now(), brokerMs: broker.now() });
      return new Map(
        current.map(({ stackId, revision }, at) => [
          stackId,
          { current: revisions.aged(revision), judged: judged?.[at] ?? null, isHealthRead: (health.get(revision.id) ?? null) !== null },
        ]),
      );
    },
  };
}
