import type { Annotation } from '#contract/agent-tags.ts';
import type { ReachIndex } from './index.ts';
import type { ReachKind } from './records.ts';

/** Where the facts come from; each call is one request to the broker. @throws ProblemError */
export interface ReachSource {
  labels(agentId: string, signal: AbortSignal): Promise<string[]>;
  annotations(agentId: string, signal: AbortSignal): Promise<Annotation[]>;
  stacksOf(agentId: string, signal: AbortSignal): Promise<string[]>;
  stackLabels(stackId: string, signal: AbortSignal): Promise<string[]>;
  stackAnnotations(stackId: string, signal: AbortSignal): Promise<Annotation[]>;
  /** Ids of the agents that registered with a generator. */
  registeredAgents(generatorId: string, signal: AbortSignal): Promise<string[]>;
}
/** First what the console itself changed, then what somebody looks at, then everything in turn. */
const levels = ['changed', 'shown', 'rest'] as const;
type Level = (typeof levels)[number];
/** All that is to be read of one thing, one request after the other. */
export interface Visit {
  kind: ReachKind;
  id: string;
  level: Level;
  /** Requests still to come. */
  steps: Step[];
  failures: number;
}
export type Step = (askedMs: number, signal: AbortSignal) => Promise<void>;

/** What has to be asked about a thing, and where the answers go. */
export function stepsOf(source: ReachSource, { put }: ReachIndex): Record<ReachKind, (id: string) => Step[]> {
  return {
    generator: (id) => [async (askedMs, signal) => put.generatorAgents(id, await source.registeredAgents(id, signal), askedMs)],
    stack: (id) => [
      async (askedMs, signal) => put.stackLabels(id, await source.stackLabels(id, signal), askedMs),
      async (askedMs, signal) => put.stackAnnotations(id, await source.stackAnnotations(id, signal), askedMs),
    ],
    // The broker's own list comes last, so that it is compared with facts as fresh as itself.
    agent: (id) => [
      async (askedMs, signal) => put.agentLabels(id, await source.labels(id, signal), askedMs),
      async (askedMs, signal) => put.agentAnnotations(id, await source.annotations(id, signal), askedMs),
      async (askedMs, signal) => put.agentStacks(id, await source.stacksOf(id, signal), askedMs),
    ],
  };
}

/** The line in which visits wait. */
export function createVisitQueue(isDue: (visit: Visit) => boolean) {
  /** Visits between two of their requests: there are never more of them than requests at once. */
  const inHand: Visit[] = [];
  const open = new Set<Visit>();
  const urgent = { changed: new Map<string, Visit>(), shown: new Map<string, Visit>() };
  /** Last in, first out. What explains is read before what it explains: generators, stacks, then agents. */
  let rest: Record<ReachKind, string[]> = { generator: [], stack: [], agent: [] };

  const isUnderWay = ({ kind, id }: Visit) => [...open].some((other) => other.id === id && other.kind === kind);
  function takeUrgent(level: 'changed' | 'shown'): Visit | undefined {
    for (const [key, visit] of urgent[level]) {
      urgent[level].delete(key);
      // What is under way began before the change, so that it does not count.
      if (isDue(visit) && (level === 'changed' || !isUnderWay(visit))) return visit;
    }
    return undefined;
  }
  function takeRest(): Visit | undefined {
    for (const kind of ['generator', 'stack', 'agent'] as const) {
      for (let id = rest[kind].pop(); id !== undefined; id = rest[kind].pop()) {
        const visit: Visit = { kind, id, level: 'rest', steps: [], failures: 0 };
        if (isDue(visit) && !isUnderWay(visit)) return visit;
      }
    }
    return undefined;
  }
  return {
    /** Its next request waits in front of its level. */
    resume: (visit: Visit) => void inHand.push(visit),
    end: (visit: Visit) => void open.delete(visit),
    put(level: 'changed' | 'shown', kind: ReachKind, id: string, failures = 0) {
      const key = `${kind}/${id}`;
      if (level === 'shown' && urgent.changed.has(key)) return;
      urgent.shown.delete(key);
      urgent[level].set(key, { kind, id, level, steps: [], failures });
    },
    /** Everything, most urgent last. */
    refill: (ids: Record<ReachKind, string[]>) => void (rest = ids),
    putNext: (kind: ReachKind, ids: readonly string[]) => {
      for (const id of ids) rest[kind].push(id);
    },
    take(): Visit | undefined {
      for (const level of levels) {
        const at = inHand.findIndex((visit) => visit.level === level);
        const visit = at === -1 ? (level === 'rest' ? takeRest() : takeUrgent(level)) : inHand.splice(at, 1)[0];
        if (visit === undefined) continue;
        open.add(visit);
        return visit;
      }
      return undefined;
    },
    left: () => inHand.length + urgent.changed.size + urgent.shown.size + rest.generator.length + rest.stack.length + rest.agent.length,
  };
}
