import type { Annotation } from '#contract/agent-tags.ts';
import type { Graph } from './graph.ts';
import { never } from './nodes.ts';
import type { AgentNode, GeneratorNode, StackNode, TagKind } from './nodes.ts';
import { annotationTag, labelTag } from './tags.ts';

const isSameSet = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((it) => other.includes(it));

export function isConsentKnown(agent: AgentNode, generator: GeneratorNode): boolean {
  return agent.registrationsMs > never || generator.agentsMs > never;
}
/** Nothing else can be the reason why the broker names this stack for this agent: all that could explain it is known, and does not. */
export function mustBeTarget(agent: AgentNode, stack: StackNode): boolean {
  return [agent, stack].every((it) => it.labelsMs > never && it.annotationsMs > never) && isConsentKnown(agent, stack.generator);
}

/**
 * Takes what was read into the graph. `readMs` is when the question was asked: an older question never overwrites the
 * answer to a newer one, and what is not read again keeps its old time.
 */
export function createFacts(graph: Graph, touched: (node: AgentNode | StackNode | GeneratorNode) => void) {
  const numbersOf = (stackIds: readonly string[]) =>
    [...new Set(stackIds)].flatMap((id) => {
      const stack = graph.stackOf(id);
      return stack === undefined ? [] : [stack.number]; // deleted meanwhile, or newer than the list of stacks
    });

  /** Notes a read of tags. @returns their numbers when they are others than were known */
  function differing(node: AgentNode | StackNode, kind: TagKind, tags: string[], readMs: number): number[] | null {
    if (readMs < node[`${kind}Ms`]) return null;
    node[`${kind}Ms`] = readMs;
    touched(node);
    const next = [...new Set(tags)];
    const isSame = next.length === node[kind].length && next.every((tag) => node[kind].includes(graph.tags.find(tag) ?? -1));
    if (isSame) return null;
    node.changedMs = readMs;
    return next.map((tag) => graph.tags.numberOf(tag));
  }
  function tagAgent(id: string, kind: TagKind, tags: string[], readMs: number) {
    const agent = graph.agentOf(id);
    const next = agent && differing(agent, kind, tags, readMs);
    if (agent && next) graph.tagAgent(agent, kind, next);
  }
  function tagStack(id: string, kind: TagKind, tags: string[], readMs: number) {
    const stack = graph.stackOf(id);
    const next = stack && differing(stack, kind, tags, readMs);
    if (stack && next) graph.tagStack(stack, kind, next);
  }

  /** Agents that are there, and agents that are no more. */
  function changeAgents(there: Iterable<string>, gone: readonly string[]): { added: string[]; removed: string[] } {
    const added = [...there].filter((id) => graph.agentOf(id) === undefined);
    const removed = gone.flatMap((id) => graph.agentOf(id) ?? []);
    for (const agent of removed) graph.removeAgent(agent);
    for (const id of added) touched(graph.addAgent(id));
    return { added, removed: removed.map(({ id }) => id) };
  }

  return {
    changeAgents,
    /** The live agents; what was known of others is forgotten. */
    setAgents(ids: readonly string[]): { added: string[]; removed: string[] } {
      const live = new Set(ids);
      return changeAgents(
        live,
        graph.agents().flatMap(({ id }) => (live.has(id) ? [] : [id])),
      );
    },
    /** The live stacks and who owns them. */
    setStacks(rows: readonly { id: string; generatorId: string }[]): { added: string[]; removed: string[] } {
      const live = new Map(rows.map(({ id, generatorId }) => [id, generatorId]));
      const removed = graph.stacks().filter(({ id }) => !live.has(id));
      const added: string[] = [];
      for (const stack of removed) graph.removeStack(stack);
      for (const [id, generatorId] of live) {
        const stack = graph.stackOf(id);
        if (stack === undefined) {
          touched(graph.addStack(id, generatorId));
          added.push(id);
        } else if (stack.generator.id !== generatorId) {
          graph.moveStack(stack, generatorId);
          touched(stack);
        }
      }
      return { added, removed: removed.map(({ id }) => id) };
    },
    agentLabels: (id: string, labels: readonly string[], readMs: number) => tagAgent(id, 'labels', labels.map(labelTag), readMs),
    agentAnnotations: (id: string, annotations: readonly Annotation[], readMs: number) =>
      tagAgent(id, 'annotations', annotations.map(annotationTag), readMs),
    stackLabels: (id: string, labels: readonly string[], readMs: number) => tagStack(id, 'labels', labels.map(labelTag), readMs),
    stackAnnotations: (id: string, annotations: readonly Annotation[], readMs: number) =>
      tagStack(id, 'annotations', annotations.map(annotationTag), readMs),

    /** Which stacks the broker says reach the agent. It wins over what is computed, but for what changed after it was asked. */
    agentStacks(id: string, stackIds: readonly string[], readMs: number) {
      const agent = graph.agentOf(id);
      if (agent === undefined || readMs < agent.stacksMs || readMs < agent.changedMs) return;
      const named = new Set(numbersOf(stackIds));
      const explained = graph.explained(agent);
      const targets = readMs < agent.targetsMs ? agent.targets : agent.targets.filter((number) => named.has(number));
      const isSettled = (number: number) => (graph.stackAt(number)?.changedMs ?? never) <= readMs && !targets.includes(number);
      const beyond = [...named].filter((number) => !explained.has(number) && isSettled(number));
      const denied = [...explained].filter((number) => !named.has(number) && isSettled(number));
      agent.differences = denied.length + agent.targets.length - targets.length;
      agent.stacksMs = readMs;
      graph.give(agent, { targets, beyond, denied });
      touched(agent);
    },
    /** The agent's explicit targets. What was only taken for one, and is none, goes. */
    agentTargets(id: string, stackIds: readonly string[], readMs: number) {
      const agent = graph.agentOf(id);
      if (agent === undefined || readMs < agent.targetsMs || readMs < agent.stacksMs) return;
      const targets = numbersOf(stackIds);
      const beyond = agent.beyond.filter((number) => {
        const stack = graph.stackAt(number);
        return stack !== undefined && !targets.includes(number) && !mustBeTarget(agent, stack);
      });
      if (!isSameSet(targets, agent.targets) || beyond.length !== agent.beyond.length) agent.changedMs = readMs;
      agent.targetsMs = readMs;
      graph.give(agent, { targets, beyond, denied: agent.denied.filter((number) => !targets.includes(number)) });
      touched(agent);
    },
    /** All generators that the agent consented to. */
    agentRegistrations(id: string, generatorIds: readonly string[], readMs: number) {
      const agent = graph.agentOf(id);
      if (agent === undefined || readMs < agent.registrationsMs) return;
      agent.registrationsMs = readMs;
      touched(agent);
      for (const to of new Set([...generatorIds.map((it) => graph.generator(it)), ...graph.generators()])) {
        const isGiven = generatorIds.includes(to.id);
        if (readMs < to.agentsMs || to.agents.has(agent.number) === isGiven) continue;
        agent.changedMs = readMs;
        graph.consent(to, [[agent, isGiven]]);
      }
    },
    /** All agents that consented to a generator; ids of deleted ones may be among them. */
    generatorAgents(generatorId: string, agentIds: readonly string[], readMs: number) {
      const to = graph.generator(generatorId);
      if (readMs < to.agentsMs) return;
      const given = new Set(agentIds.flatMap((id) => graph.agentOf(id) ?? []));
      const lost = to.agents
        .values()
        .flatMap((number) => graph.agentAt(number) ?? [])
        .filter((agent) => !given.has(agent));
      const changes = [...[...given].map((agent) => [agent, true] as const), ...lost.map((agent) => [agent, false] as const)].filter(
        ([agent, isGiven]) => agent.registrationsMs <= readMs && to.agents.has(agent.number) !== isGiven,
      );
      to.agentsMs = readMs;
      touched(to);
      if (changes.length === 0) return;
      for (const [agent] of changes) {
        agent.changedMs = Math.max(agent.changedMs, readMs);
        touched(agent);
      }
      graph.consent(to, changes);
    },
  };
}
export type Facts = ReturnType<typeof createFacts>;
