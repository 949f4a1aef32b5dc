import { countMarked, mark } from '#bff/lists/int-set.ts';
import type { Graph } from './graph.ts';
import type { StackNode } from './nodes.ts';

/** How many agents a tag of a stack reaches, and how many of them nothing else is known to reach. */
export interface TagCount {
  agents: number;
  alone: number;
}

/** @returns by number of the tag */
export function tagCounts(graph: Graph, stack: StackNode): Map<number, TagCount> {
  const reached = graph.reachedMarks(stack);
  const once = reached.slice().fill(0);
  const again = reached.slice().fill(0);
  // What is known to be a target, no tag reaches alone. The broker's word alone is no target: a tag may be all that explains it.
  for (const number of stack.given.values()) if (graph.agentAt(number)?.targets.includes(stack.number)) mark(again, number);
  const marks = [...stack.labels, ...stack.annotations].map((tag) => {
    const found = reached.slice().fill(0);
    graph.tags.mark('agents', tag, found);
    stack.generator.agents.keep(found);
    found.forEach((word, at) => {
      const there = word & (reached[at] ?? 0);
      again[at] = (again[at] ?? 0) | ((once[at] ?? 0) & there);
      once[at] = (once[at] ?? 0) | there;
      found[at] = there;
    });
    return { tag, found };
  });
  return new Map(
    marks.map(({ tag, found }) => [
      tag,
      { agents: countMarked(found), alone: countMarked(found.map((word, at) => word & ~(again[at] ?? 0))) },
    ]),
  );
}
