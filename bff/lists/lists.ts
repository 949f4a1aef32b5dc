import { createAgentBondLists } from './agent-bonds.ts';
import { createAgentLists } from './agents.ts';
import { singleMs } from './desk.ts';
import type { Desk } from './desk.ts';
import { createGeneratorLists } from './generators.ts';
import { createReachedLists } from './reached-lists.ts';
import { createRevisionLists } from './revisions.ts';
import { createStackFacts } from './stack-facts.ts';
import { createStackLists } from './stacks.ts';
import { createTagLists } from './tag-lists.ts';

/** All shared lists of one credential, by noun. */
export function createLists(desk: Desk) {
  const agents = createAgentLists(desk);
  const generators = createGeneratorLists(desk);
  const stacks = createStackLists(desk, generators);
  const stackTags = createTagLists(desk, desk.broker.stackTags);
  const revisions = createRevisionLists(desk);
  return {
    /** How old what belongs to one object may be when it is shown. */
    singleMs: singleMs(desk),
    agents,
    agentTags: createTagLists(desk, desk.broker.agentTags),
    agentBonds: createAgentBondLists(desk, generators, stacks),
    generators,
    stacks,
    stackTags,
    revisions,
    reached: createReachedLists(desk, agents, revisions),
    stackFacts: createStackFacts(desk, stackTags, revisions),
    close() {
      agents.close();
      generators.close();
      stacks.close();
    },
  };
}
export type Lists = ReturnType<typeof createLists>;
