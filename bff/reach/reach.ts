import type { AgentReached, ReachParts, Reach } from '#bff/lists/reach.ts';
import { createAgentReads } from './agent-reads.ts';
import { coverageOf } from './answers.ts';
import { createReachIndex } from './index.ts';
import { keepReach } from './keeper.ts';
import { createMembership } from './membership.ts';
import type { walkBudget } from './pace.ts';
import type { ReachStore } from './records.ts';
import { brokerSource } from './source.ts';
import { createReachWalk } from './walk.ts';

/**
 * How often it is looked for agents and stacks that came or went, how old the lists of them may be for that, and how far apart
 * walks begin; quicker where lists are never kept (`minMs` of 0), as there somebody waits for what they changed elsewhere.
 */
const usual = { syncMs: 10_000, listsMs: 55_000, leastWalkMs: 60_000 };
const restless = { syncMs: 1_000, listsMs: 1_000, leastWalkMs: 3_000 };
/** Lists that are ordered by what the index knows change at most so often while it walks. */
const versionMs = 2_000;

interface Options {
  store: ReachStore;
  budget?: typeof walkBudget;
}
/** The reach index of one credential: read in the background from when it is first resumed, and kept over restarts. */
export function createReach({ broker, owner, host, clock, log, minMs, ownScope, lists }: ReachParts, { store, budget }: Options): Reach {
  const index = createReachIndex((agentId) => membership.learned(agentId));
  const { syncMs, listsMs, leastWalkMs } = minMs === 0 ? restless : usual;
  const walk = createReachWalk({
    index,
    source: brokerSource({ broker, host, ownScope }),
    clock,
    log,
    leastWalkMs,
    ...(budget && { budget }),
  });
  const membership = createMembership({ host, owner, index, walk });
  const agentReads = createAgentReads({ broker, index, clock, minMs });
  let keeper: ReturnType<typeof keepReach> | undefined;
  let isPaused = true;
  let isClosed = false;
  let cancelSync: (() => void) | undefined;
  let version = { at: Number.NEGATIVE_INFINITY, seen: 0, value: 0 };

  async function look(): Promise<void> {
    await Promise.all([lists().agents.glance(listsMs), lists().stacks.glance(listsMs)]);
    if (!(await membership.sync()) || isClosed) return;
    // What an earlier life knew is brought back once it is known what is still there.
    keeper ??= keepReach({ index, store, owner, clock, log });
    await keeper.restored;
    if (!isPaused) walk.resume();
  }
  const looked = (error: unknown) => log.debug('reach has nothing to walk over', { error });
  async function goOn(): Promise<void> {
    await look().catch(looked);
    cancelSync?.();
    if (!isPaused) cancelSync = clock.setTimer(() => void goOn(), syncMs);
  }
  /** Takes over what came or went meanwhile, so that it can be asked about. */
  async function urgent(things: Parameters<typeof walk.changed>[0]): Promise<void> {
    version.at = Number.NEGATIVE_INFINITY;
    await membership.sync().catch(looked);
    walk.changed(things);
  }

  return {
    version() {
      const now = clock.now();
      if (index.version() !== version.seen && now - version.at >= versionMs)
        version = { at: now, seen: index.version(), value: version.value + 1 };
      return version.value;
    },
    stackIds: () => index.stackIds(),
    count: (stackId) => index.count(stackId),
    labels: (stackId) => index.tagsOfStack(stackId)?.labels ?? null,
    coverage: () => coverageOf(index.agentsKnown(), clock.now()),
    rollUp: (stackId, revisionId, scope) => lists().reached.rollUp(stackId, revisionId, scope),
    changed: (stackId) => void urgent({ stacks: [stackId] }),
    agentChanged(agentId, generatorIds = []) {
      agentReads.forget(agentId);
      void urgent({ agents: [agentId], generators: generatorIds });
    },
    shown: (things) => walk.shown(things),
    told: () => membership.tell(),
    async marks(stackId, by) {
      await membership.tell();
      return index.agentMarksOf(stackId, by);
    },
    reasons: (stackId, agentIds) => new Map(index.agentsOf(stackId, agentIds).map(({ id, reasons }) => [id, reasons])),
    ofTags: (stackId) => index.tagReachOf(stackId),
    async ofAgent(agentId, scope): Promise<AgentReached> {
      if (index.readMs('agent', agentId) === undefined) await look().catch(looked);
      const { value: named, arrivedMs } = await agentReads.read(agentId, scope);
      walk.shown({ stacks: named });
      const known = index.stacksOf(agentId);
      const reasonsOf = new Map(known?.reached.map(({ id, reasons }) => [id, reasons]));
      const isUnexplained = (stackId: string) => reasonsOf.get(stackId)?.length === 0 && index.tagsOfStack(stackId) !== null;
      return {
        reached: named.map((stackId) => ({ stackId, reasons: reasonsOf.get(stackId) ?? [] })),
        nearly: (known?.nearly ?? []).filter(({ id }) => !named.includes(id)).map(({ id: stackId, shares }) => ({ stackId, shares })),
        agrees: (known?.differences ?? 0) === 0 && !named.some(isUnexplained),
        coverage: coverageOf(index.stacksKnown(), clock.now()),
        arrivedMs,
      };
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      void goOn();
    },
    pause() {
      isPaused = true;
      cancelSync?.();
      walk.pause();
    },
    async close() {
      isClosed = true;
      isPaused = true;
      cancelSync?.();
      walk.close();
      await keeper?.close();
    },
  };
}
