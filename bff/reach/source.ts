import type { Broker } from '#bff/broker/broker.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import type { SnapshotHost } from '#bff/lists/snapshot-host.ts';
import { ProblemError } from '#contract/problem.ts';
import type { ReachSource } from './visits.ts';

interface SourceParts {
  broker: Broker;
  host: SnapshotHost;
  /** For reads that nobody's request stands behind. */
  ownScope: () => CallScope;
}
/** The broker as the walk asks it. */
export function brokerSource({ broker, host, ownScope }: SourceParts): ReachSource {
  const scope = (signal: AbortSignal): CallScope => ({ ...ownScope(), signal });
  return {
    labels: (agentId, signal) => broker.agentTags.labels(agentId, scope(signal)),
    annotations: (agentId, signal) => broker.agentTags.annotations(agentId, scope(signal)),
    stacksOf: (agentId, signal) => broker.agentBonds.stacks(agentId, scope(signal)),
    stackLabels: (stackId, signal) => broker.stackTags.labels(stackId, scope(signal)),
    stackAnnotations: (stackId, signal) => broker.stackTags.annotations(stackId, scope(signal)),
    /** One answer may name every agent: it is taken apart where it holds up nobody. */
    async registeredAgents(generatorId, signal) {
      const { bytes } = await broker.generators.registeredAgents(generatorId, scope(signal));
      const ids = await host.ask('registeredIds', { bytes });
      if (ids === null) throw new ProblemError('broker_answer_invalid', 'The broker gave an answer that cannot be used');
      return ids;
    },
  };
}
