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
  let telling: Promise<void> = Promise.resolve();

  async function tellAll() {
    while (untold.size > 0) {
      const ids = [...untold].slice(0, chunk);
      for (const id of ids) untold.delete(id);
      const known = ids.map((id) => index.knowledgeOf(id));
      await host.ask('knowAgents', { owner, agents: known.filter((one) => one !== null), gone: ids.filter((_, at) => known[at] === null) });
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
        // Also those that the index has: a host that was replaced knows nothing of them.
        for (const id of [...strangers.there, ...strangers.gone]) untold.add(id);
        if (strangers.there.length < chunk) break;
      }
      await tell();
      return true;
    },
  };
}
