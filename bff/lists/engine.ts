import { createBreath } from './breath.ts';
import { createRhythms } from './rhythm.ts';
import { createShelf, registeredIds } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import type { HostCall, HostCalls } from './snapshot-host.ts';

type Answer<C extends HostCall> = HostCalls[C]['answer'];
type Handlers = { [C in HostCall]: (ask: HostCalls[C]['ask']) => Answer<C> | Promise<Answer<C>> };
/** Answers the calls of a snapshot host: loads piece by piece, everything else at once. */
export type Engine = <C extends HostCall>(call: C, ask: HostCalls[C]['ask']) => Promise<Answer<C>>;

/** The lists of all credentials, and how often their agents beat. `rest` lets other calls in while a large list is loaded. */
export function createEngine(rest: () => Promise<void>): Engine {
  const shelves = new Map<string, Shelf>();
  const rhythms = createRhythms();
  const shelf = (owner: string): Shelf => {
    const known = shelves.get(owner) ?? createShelf(rhythms);
    shelves.set(owner, known);
    return known;
  };
  const handlers: Handlers = {
    load: ({ owner, ...ask }) => shelf(owner).load(ask, createBreath(rest)),
    page: ({ owner, list, query, nowMs }) => shelf(owner).page(list, query, nowMs),
    rows: ({ owner, list, ids, nowMs }) => {
      const table = shelf(owner).table(list);
      return table === undefined ? null : ids.map((id) => table.show(id, nowMs) ?? null);
    },
    putAgent: ({ owner, ...ask }) => shelf(owner).putAgent(ask),
    removeAgent: ({ owner, agentId, tick }) => shelf(owner).removeAgent(agentId, tick),
    putStack: ({ owner, stack, tick, nowMs }) => shelf(owner).stacks.put(stack, tick, nowMs),
    removeStack: ({ owner, stackId, tick }) => shelf(owner).stacks.remove(stackId, tick),
    knowStacks: ({ owner, version, knowledge }) => shelf(owner).stacks.know(version, knowledge),
    knowAgents: (ask) => shelf(ask.owner).know(ask),
    strangers: ({ owner, most }) => shelf(owner).strangers(most),
    stackOwners: ({ owner }) => shelf(owner).stackOwners(),
    registeredIds: ({ bytes }) => registeredIds(bytes, createBreath(rest)),
    groups: (ask) => shelf(ask.owner).groups(ask),
    map: (ask) => shelf(ask.owner).map(ask),
    find: (ask) => shelf(ask.owner).find(ask),
    reached: (ask) => shelf(ask.owner).reached(ask),
    reachMatrix: (ask) => shelf(ask.owner).reachMatrix(ask),
    reachedObjects: (ask) => shelf(ask.owner).reachedObjects(ask),
    rollUp: (ask) => shelf(ask.owner).rollUp(ask),
    judgeAgent: (ask) => shelf(ask.owner).judgeAgent(ask),
    drop: ({ owner, list }) => {
      if (list === undefined) shelves.delete(owner);
      else shelf(owner).drop(list);
      return null;
    },
    restoreRhythms: ({ rhythms: learned }) => {
      rhythms.restore(learned);
      return null;
    },
    takeRhythms: ({ limit }) => rhythms.take(limit),
  };
  return async (call, ask) => handlers[call](ask);
}
