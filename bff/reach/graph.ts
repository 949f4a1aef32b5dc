import { countMarked, unmark, wideEnough } from '#bff/lists/int-set.ts';
import { Names } from './names.ts';
import { newAgent, newGenerator, newStack, tagsOf } from './nodes.ts';
import type { AgentNode, GeneratorNode, StackNode, TagKind } from './nodes.ts';
import { createTagLinks } from './tag-links.ts';
import type { Side } from './tag-links.ts';

/** Agents, stacks and what connects them, as small numbers. Knows what follows from what, but nothing of what is newer. */
export function createGraph() {
  const agentIds = new Names();
  const agents: (AgentNode | undefined)[] = [];
  const stackIds = new Names();
  const stacks: (StackNode | undefined)[] = [];
  const generators = new Map<string, GeneratorNode>();
  const tags = createTagLinks();
  /** Where a stack's agents are worked out; as wide as there are agents. */
  let scratch = new Uint32Array(0);
  /** Stacks whose count is known. */
  let counted = 0;

  function generator(id: string): GeneratorNode {
    const known = generators.get(id) ?? newGenerator(id);
    generators.set(id, known);
    return known;
  }
  function setCount(stack: StackNode, count: number | null) {
    counted += (count === null ? 0 : 1) - (stack.count === null ? 0 : 1);
    stack.count = count;
  }

  /** Stacks that share a tag with an agent. */
  function sharing(agent: AgentNode): Set<number> {
    const found = new Set<number>();
    for (const tag of tagsOf(agent)) for (const number of tags.carriers('stacks', tag)) found.add(number);
    return found;
  }
  /** Those of them whose generator it consented to. */
  function explained(agent: AgentNode): Set<number> {
    const found = sharing(agent);
    for (const number of found) if (!stacks[number]?.generator.agents.has(agent.number)) found.delete(number);
    return found;
  }
  function reaching(agent: AgentNode): Set<number> {
    const found = explained(agent);
    for (const number of agent.denied) found.delete(number);
    for (const number of [...agent.targets, ...agent.beyond]) found.add(number);
    return found;
  }
  /** Marks the agents of a stack in `scratch`. */
  function markReached(stack: StackNode) {
    scratch.fill(0);
    for (const tag of tagsOf(stack)) tags.mark('agents', tag, scratch);
    stack.generator.agents.keep(scratch);
    for (const number of stack.denied.values()) unmark(scratch, number);
    stack.given.mark(scratch);
  }
  /** Lets a change of one agent happen and keeps the counts that are known. */
  function around(agent: AgentNode, change: () => void) {
    const shift = (by: 1 | -1) => {
      if (counted === 0) return;
      for (const number of reaching(agent)) {
        const stack = stacks[number];
        if (stack !== undefined && stack.count !== null) stack.count += by;
      }
    };
    shift(-1);
    change();
    shift(1);
  }

  function retag(side: Side, node: AgentNode | StackNode, kind: TagKind, next: readonly number[]) {
    tags.relink(side, node.number, node[kind], next);
    node[kind] = next;
  }
  function setGiven(agent: AgentNode, targets: readonly number[], beyond: readonly number[]) {
    for (const number of [...agent.targets, ...agent.beyond]) stacks[number]?.given.delete(agent.number);
    for (const number of [...targets, ...beyond]) stacks[number]?.given.add(agent.number);
    agent.targets = targets;
    agent.beyond = beyond;
  }
  function setDenied(agent: AgentNode, next: readonly number[]) {
    for (const number of agent.denied) stacks[number]?.denied.delete(agent.number);
    for (const number of next) stacks[number]?.denied.add(agent.number);
    agent.denied = next;
  }
  /** What the broker left out counts no longer where computation knows something newer. */
  function forgetDenied(stack: StackNode) {
    for (const number of stack.denied.values()) {
      const agent = agents[number];
      if (agent !== undefined)
        setDenied(
          agent,
          agent.denied.filter((it) => it !== stack.number),
        );
    }
  }

  return {
    agentOf: (id: string) => agents[agentIds.find(id) ?? -1],
    stackOf: (id: string) => stacks[stackIds.find(id) ?? -1],
    agentAt: (number: number) => agents[number],
    stackAt: (number: number) => stacks[number],
    agents: () => agents.filter((it) => it !== undefined),
    stacks: () => stacks.filter((it) => it !== undefined),
    generator,
    generators: () => [...generators.values()],
    tags,
    sharing,
    explained,
    reaching,

    addAgent(id: string): AgentNode {
      const number = agentIds.numberOf(id);
      scratch = wideEnough(scratch, number);
      const agent = newAgent(id, number);
      agents[number] = agent;
      return agent;
    },
    removeAgent(agent: AgentNode) {
      around(agent, () => {
        retag('agents', agent, 'labels', []);
        retag('agents', agent, 'annotations', []);
        setGiven(agent, [], []);
        setDenied(agent, []);
      });
      for (const { agents: registered } of generators.values()) registered.delete(agent.number);
      agentIds.release(agent.id);
      agents[agent.number] = undefined;
    },
    addStack(id: string, generatorId: string): StackNode {
      const number = stackIds.numberOf(id);
      const stack = newStack(id, number, generator(generatorId));
      stack.generator.stacks.add(stack);
      stacks[number] = stack;
      return stack;
    },
    removeStack(stack: StackNode) {
      const without = (numbers: readonly number[]) => numbers.filter((it) => it !== stack.number);
      for (const number of stack.given.values()) {
        const agent = agents[number];
        if (agent !== undefined) setGiven(agent, without(agent.targets), without(agent.beyond));
      }
      forgetDenied(stack);
      retag('stacks', stack, 'labels', []);
      retag('stacks', stack, 'annotations', []);
      setCount(stack, null);
      stack.generator.stacks.delete(stack);
      stackIds.release(stack.id);
      stacks[stack.number] = undefined;
    },
    moveStack(stack: StackNode, generatorId: string) {
      stack.generator.stacks.delete(stack);
      stack.generator = generator(generatorId);
      stack.generator.stacks.add(stack);
      forgetDenied(stack);
      setCount(stack, null);
    },
    tagAgent(agent: AgentNode, kind: TagKind, next: readonly number[]) {
      around(agent, () => {
        retag('agents', agent, kind, next);
        setDenied(agent, []);
      });
    },
    tagStack(stack: StackNode, kind: TagKind, next: readonly number[]) {
      retag('stacks', stack, kind, next);
      forgetDenied(stack);
      setCount(stack, null);
    },
    /** Takes over what the broker said of an agent. */
    give(agent: AgentNode, { targets, beyond, denied }: Pick<AgentNode, 'targets' | 'beyond' | 'denied'>) {
      around(agent, () => {
        setGiven(agent, targets, beyond);
        setDenied(agent, denied);
      });
    },
    /** The counts of the generator's stacks are worked out anew when asked for: one answer may tell of every agent. */
    consent(to: GeneratorNode, changes: Iterable<readonly [AgentNode, boolean]>) {
      for (const [agent, isGiven] of changes) {
        if (isGiven) to.agents.add(agent.number);
        else to.agents.delete(agent.number);
        if (agent.denied.length > 0)
          setDenied(
            agent,
            agent.denied.filter((number) => stacks[number]?.generator !== to),
          );
      }
      if (counted > 0) for (const stack of to.stacks) setCount(stack, null);
    },
    /** Numbers of its agents as marks, to be taken elsewhere. */
    reachedMarks(stack: StackNode): Uint32Array {
      markReached(stack);
      return scratch.slice();
    },
    /** Those of them that share a label, or an annotation, with the stack. */
    sharingMarks(stack: StackNode, kind: TagKind): Uint32Array {
      scratch.fill(0);
      for (const tag of stack[kind]) tags.mark('agents', tag, scratch);
      stack.generator.agents.keep(scratch);
      for (const number of stack.denied.values()) unmark(scratch, number);
      return scratch.slice();
    },
    reaches(stack: StackNode, agent: AgentNode): boolean {
      if (stack.given.has(agent.number)) return true;
      if (stack.denied.has(agent.number) || !stack.generator.agents.has(agent.number)) return false;
      return tagsOf(stack).some((tag) => tags.has('agents', tag, agent.number));
    },
    countReached(stack: StackNode): number {
      if (stack.count === null) {
        markReached(stack);
        setCount(stack, countMarked(scratch));
      }
      return stack.count ?? 0;
    },
  };
}
export type Graph = ReturnType<typeof createGraph>;
