import { createReachIndex } from '../index.ts';

/** One agent `a` of generator `g` and one stack `s` that shares `edge` with it. */
export function smallIndex() {
  const index = createReachIndex();
  index.put.setAgents(['a']);
  index.put.setStacks([{ id: 's', generatorId: 'g' }]);
  index.put.generatorAgents('g', ['a'], 1);
  index.put.stackLabels('s', ['edge'], 1);
  index.put.stackAnnotations('s', [], 1);
  index.put.agentLabels('a', ['edge'], 1);
  index.put.agentAnnotations('a', [], 1);
  index.put.agentStacks('a', ['s'], 1);
  return index;
}
