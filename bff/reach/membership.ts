import type { AgentKnowledge } from '#bff/lists/agent-table.ts';
import type { SnapshotHost } from '#bff/lists/snapshot-host.ts';
import type { ReachIndex } from './index.ts';
import type { ReachWalk } from './walk.ts';

/** Taken over at a time: small enough that no request feels it. */
const chunk = 1_000;

interface MembershipParts {
  host: SnapshotHost;
  owner: string;
  index: ReachIndex;
  walk: ReachWalk;
}
/**
 * Keeps host and index of one mind: the host has the agents and stacks there are, the index what is known of them. The host
 * finds agents by their labels and numbers, so it is told what the index learns before it is asked.
 */
export function createMembership({ host, owner, index, walk }: MembershipParts) {
  /** Agents of which the index has learned something that the host was not told. */
  const untold = new Set<string>();
  /** Agents that the host was told of. */
  const told = new Set<string>();
  let telling: Promise<void> = Promise.resolve();

  /** Tells a part; `anew` lets the host forget what it was told before. @returns of how many agents it knows then */
  async function tellSome(anew: boolean): Promise<number> {
    const agents: AgentKnowledge[] = [];
    const gone: string[] = [];
    for (const id of untold) {
      if (agents.length + gone.length === chunk) break;
      untold.delete(id);
      const known = index.knowledgeOf(id);
      if (known === null) {
        gone.push(id);
        told.delete(id);
      } else {
        agents.push(known);
        told.add(id);
      }
    }
    return host.ask('knowAgents', { owner, agents, gone, anew });
  }
  async function tellAll() {
    for (let held = await tellSome(false); untold.size > 0 || held !== told.size;) {
      // The thread that held the rows was replaced, or an index before this one told it of others.
      const anew = held !== told.size;
      if (anew) {
        told.clear();
        for (const { id } of index.agentTimes()) untold.add(id);
      }
      held = await tellSome(anew);
    }
  }
  function tell(): Promise<void> {
    telling = telling.catch(() => undefined).then(tellAll);
    return telling;
  }
  return {
    learned: (agentId: string) => void untold.add(agentId),
    tell,
    /** Takes over which agents and stacks the host has; asks the broker nothing. @returns whether the host had both lists */
    async sync(): Promise<boolean> {
      const owners = await host.ask('stackOwners', { owner });
      if (owners === null) return false;
      walk.setStacks(owners);
      for (;;) {
        await tell();
        const strangers = await host.ask('strangers', { owner, most: chunk });
        if (strangers === null) return false;
        walk.changeAgents(strangers.there, strangers.gone);
        for (const id of strangers.gone) untold.add(id);
        if (strangers.there.length < chunk) break;
      }
      await tell();
      return true;
    },
  };
}
