import { isMarked } from '#bff/lists/int-set.ts';
import type { ReachIndex } from '../index.ts';

/** Ids of the agents that a stack reaches, read from the marks that leave the index. */
export function reachedIds(index: ReachIndex, stackId: string): string[] {
  const marks = index.agentMarksOf(stackId);
  return index.agentTimes().flatMap(({ id }) => (isMarked(marks, index.knowledgeOf(id)?.number ?? -1) ? [id] : []));
}
