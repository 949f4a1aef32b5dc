import type * as z from 'zod/mini';
import { mark } from '#bff/lists/int-set.ts';
import type { Annotation } from '#contract/agent-tags.ts';
import type { Coverage } from '#contract/list.ts';
import type { ReachReason } from '#contract/reach.ts';
import type { TagReach } from '#bff/lists/reach.ts';
import { isConsentKnown, mustBeTarget } from './facts.ts';
import type { Graph } from './graph.ts';
import { never } from './nodes.ts';
import type { AgentNode, StackNode } from './nodes.ts';
import { reachOf, shared } from './reasons.ts';
import type { Tags } from './reasons.ts';
import { tagCounts } from './tag-counts.ts';
import { annotationOf, labelOf } from './tags.ts';

/** How much is known, and since when at the latest; times as the clock gave them, null before anything was read. */
export interface Known {
  known: number;
  total: number;
  oldestReadMs: number | null;
}
export const coverageOf = ({ known: count, total, oldestReadMs }: Known, nowMs: number): z.infer<typeof Coverage> => ({
  known: count,
  total,
  oldestMs: oldestReadMs === null ? null : Math.max(0, nowMs - oldestReadMs),
});
/** A pair and why. Without a reason the broker names the stack, and what would explain it is not read yet. */
export interface ReachedPair {
  id: string;
  reasons: ReachReason[];
  /** When the oldest of the agent's facts was asked for; null while one is missing. */
  readMs: number | null;
}
/** What reaches one agent. */
export interface AgentReach {
  reached: ReachedPair[];
  /** Stacks that would reach it if it were registered with their generator. */
  nearly: { id: string; shares: ReachReason[] }[];
  /** Pairs in which the broker's last answer and the computed one differed; the broker's is told. */
  differences: number;
  readMs: number | null;
}
type ReadTags = { labels: string[]; annotations: Annotation[]; readMs: number };

export const agentReadMs = (agent: AgentNode): number => Math.min(agent.labelsMs, agent.annotationsMs, agent.stacksMs);
export const stackReadMs = (stack: Pick<StackNode, 'labelsMs' | 'annotationsMs'>): number => Math.min(stack.labelsMs, stack.annotationsMs);

const readOrNull = (readMs: number) => (readMs === never ? null : readMs);

/** What part of these was read, and when its oldest part. */
function known<N>(nodes: readonly N[], readMs: (node: N) => number): Known {
  let count = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const at = readMs(node);
    if (at === never) continue;
    count += 1;
    oldest = Math.min(oldest, at);
  }
  return { known: count, total: nodes.length, oldestReadMs: count === 0 ? null : oldest };
}

/** Works it out once for each version. */
function remembered<T>(version: () => number, workOut: () => T): () => T {
  let last: { version: number; value: T } | undefined;
  return () => {
    if (last?.version !== version()) last = { version: version(), value: workOut() };
    return last.value;
  };
}

/** What the graph says, in ids and texts. `version` rises with each change of it. */
export function createAnswers(graph: Graph, version: () => number) {
  const tagsOf = (node: AgentNode | StackNode): Tags => ({
    labels: node.labels.map((tag) => labelOf(graph.tags.nameOf(tag))),
    annotations: node.annotations.map((tag) => annotationOf(graph.tags.nameOf(tag))),
  });
  function readTags(node: StackNode | undefined): ReadTags | null {
    if (node === undefined) return null;
    const readMs = stackReadMs(node);
    const { labels, annotations } = tagsOf(node);
    return readMs === never ? null : { labels: [...labels], annotations: [...annotations], readMs };
  }
  function verdict(agent: AgentNode, stack: StackNode) {
    const targets = agent.targets.includes(stack.number) ? [stack.id] : [];
    const registrations = stack.generator.agents.has(agent.number) ? [stack.generator.id] : [];
    return reachOf({ ...tagsOf(agent), targets, registrations }, { ...tagsOf(stack), id: stack.id, generatorId: stack.generator.id });
  }
  function reasonsOf(agent: AgentNode, stack: StackNode): ReachReason[] {
    const computed = verdict(agent, stack);
    if (computed.verdict === 'reached') return computed.reasons;
    // The broker names the stack, and nothing read so far says why.
    if (!isConsentKnown(agent, stack.generator)) return shared(tagsOf(agent), tagsOf(stack));
    // Targets that were read with the broker's answer would have it: then a tag has changed since it was read.
    return mustBeTarget(agent, stack) && agent.targetsMs < agent.stacksMs ? [{ by: 'target' }] : [];
  }
  const pair = (agent: AgentNode, stack: StackNode, id: string): ReachedPair => ({
    id,
    reasons: reasonsOf(agent, stack),
    readMs: readOrNull(agentReadMs(agent)),
  });

  /** Agents that a stack has as explicit targets: those read as such, and those that can be nothing else. */
  const targetNumbers = (stack: StackNode) =>
    stack.given.values().filter((number) => {
      const agent = graph.agentAt(number);
      return agent !== undefined && reasonsOf(agent, stack).some(({ by }) => by === 'target');
    });

  const agentsKnown = remembered(version, () => known(graph.agents(), agentReadMs));

  return {
    /** Numbers of the agents that a stack reaches, as marks: of all known, or of those that a reason of this kind reaches. */
    agentMarksOf(stackId: string, by?: ReachReason['by']): Uint32Array {
      const stack = graph.stackOf(stackId);
      if (stack === undefined) return new Uint32Array(0);
      if (by === undefined) return graph.reachedMarks(stack);
      if (by !== 'target') return graph.sharingMarks(stack, by === 'label' ? 'labels' : 'annotations');
      const marks = graph.reachedMarks(stack).fill(0);
      for (const number of targetNumbers(stack)) mark(marks, number);
      return marks;
    },
    /** What the thread that has the rows keeps of an agent, to find it by. */
    knowledgeOf(agentId: string): { id: string; number: number; labels: string[] | null } | null {
      const agent = graph.agentOf(agentId);
      if (agent === undefined) return null;
      const { id, number, labelsMs } = agent;
      return { id, number, labels: labelsMs === never ? null : [...tagsOf(agent).labels] };
    },
    stackIds: () => graph.stacks().map(({ id }) => id),
    /** Why it reaches some agents. */
    agentsOf(stackId: string, among: readonly string[]): ReachedPair[] {
      const stack = graph.stackOf(stackId);
      if (stack === undefined) return [];
      return among.flatMap((id) => {
        const agent = graph.agentOf(id);
        return agent !== undefined && graph.reaches(stack, agent) ? [pair(agent, stack, id)] : [];
      });
    },
    stacksOf(agentId: string): AgentReach | null {
      const agent = graph.agentOf(agentId);
      if (agent === undefined) return null;
      const reaching = graph.reaching(agent);
      const nearly = [...graph.sharing(agent)].flatMap((number) => {
        const stack = graph.stackAt(number);
        if (stack === undefined || reaching.has(number) || !isConsentKnown(agent, stack.generator)) return [];
        const computed = verdict(agent, stack);
        return computed.verdict === 'nearly' ? [{ id: stack.id, shares: computed.shares }] : [];
      });
      const reached = [...reaching].flatMap((number) => {
        const stack = graph.stackAt(number);
        return stack === undefined ? [] : [pair(agent, stack, stack.id)];
      });
      return { reached, nearly, differences: agent.differences, readMs: readOrNull(agentReadMs(agent)) };
    },
    /** How many agents a stack reaches, of those known; null before any is, and for a stack that is not there. */
    count(stackId: string): number | null {
      const stack = graph.stackOf(stackId);
      return stack === undefined || agentsKnown().known === 0 ? null : graph.countReached(stack);
    },
    tagsOfStack: (stackId: string) => readTags(graph.stackOf(stackId)),
    /** What each of its tags reaches, of the agents known; nothing while its tags or all agents are unread. */
    tagReachOf(stackId: string): TagReach {
      const stack = graph.stackOf(stackId);
      if (stack === undefined || stackReadMs(stack) === never || agentsKnown().known === 0) return { labels: [], annotations: [] };
      const counts = tagCounts(graph, stack);
      const countOf = (tag: number) => counts.get(tag) ?? { agents: 0, alone: 0 };
      return {
        labels: stack.labels.map((tag) => ({ label: labelOf(graph.tags.nameOf(tag)), ...countOf(tag) })),
        annotations: stack.annotations.map((tag) => ({ ...annotationOf(graph.tags.nameOf(tag)), ...countOf(tag) })),
      };
    },
    /** Agents whose labels, annotations and stacks were all read. */
    agentsKnown,
    /** Stacks whose labels and annotations were both read. */
    stacksKnown: remembered(version, () => known(graph.stacks(), stackReadMs)),
    /** Where the broker's own answers and the computed ones differed when they were last compared. */
    differences(): { agents: number; pairs: number } {
      let agents = 0;
      let pairs = 0;
      for (const agent of graph.agents()) {
        agents += Math.sign(agent.differences);
        pairs += agent.differences;
      }
      return { agents, pairs };
    },
  };
}
