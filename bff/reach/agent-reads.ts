import type { Broker } from '#bff/broker/broker.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import { singleMs } from '#bff/lists/desk.ts';
import { createSharedReads } from '#bff/lists/shared-reads.ts';
import type { Clock } from '#contract/ports.ts';
import type { ReachIndex } from './index.ts';

const mostAgents = 1_000;

/** Reads everything about one agent at once, into the index: five questions, shared by all who look at it. */
export function createAgentReads({ broker, index, clock, minMs }: { broker: Broker; index: ReachIndex; clock: Clock; minMs: number }) {
  const reads = createSharedReads<string[]>({ clock, most: mostAgents });

  async function read(agentId: string, scope: CallScope): Promise<string[]> {
    const askedMs = clock.now();
    const [labels, annotations, targets, registrations, stacks] = await Promise.all([
      broker.agentTags.labels(agentId, scope),
      broker.agentTags.annotations(agentId, scope),
      broker.agentBonds.targets(agentId, scope),
      broker.agentBonds.registrations(agentId, scope),
      broker.agentBonds.stacks(agentId, scope),
    ]);
    index.put.agentLabels(agentId, labels, askedMs);
    index.put.agentAnnotations(agentId, annotations, askedMs);
    index.put.agentRegistrations(
      agentId,
      registrations.map(({ generatorId }) => generatorId),
      askedMs,
    );
    index.put.agentTargets(agentId, targets, askedMs);
    index.put.agentStacks(agentId, stacks, askedMs);
    return stacks;
  }
  return {
    /** Ids of the stacks that the broker says reach it. */
    read: (agentId: string, scope: CallScope) =>
      reads.read(agentId, { maxAgeMs: singleMs({ minMs }), signal: scope.signal }, (signal) =>
        read(agentId, { requestId: scope.requestId, signal }),
      ),
    forget: (agentId: string) => reads.forget(agentId),
  };
}
