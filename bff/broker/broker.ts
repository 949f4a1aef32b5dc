import type { Credential } from '#contract/ports.ts';
import { brokerAgentBonds } from './agent-bonds.ts';
import { brokerAgentTags } from './agent-tags.ts';
import { brokerAgents } from './agents.ts';
import { brokerAuditLogs } from './audit-logs.ts';
import { createBrokerHttp } from './broker-http.ts';
import type { BrokerOptions } from './broker-http.ts';
import { brokerDeploymentObjects } from './deployment-objects.ts';
import { brokerGenerators } from './generators.ts';
import { brokerStackTags } from './stack-tags.ts';
import { brokerStacks } from './stacks.ts';

/** Every operation of the closed table, on one credential, by noun. */
export function createBroker(credential: Credential, options: BrokerOptions) {
  const http = createBrokerHttp(credential, options);
  return {
    agents: brokerAgents(http),
    agentTags: brokerAgentTags(http),
    agentBonds: brokerAgentBonds(http),
    generators: brokerGenerators(http),
    stacks: brokerStacks(http),
    stackTags: brokerStackTags(http),
    deploymentObjects: brokerDeploymentObjects(http),
    auditLogs: brokerAuditLogs(http),
    now: http.now,
  };
}
export type Broker = ReturnType<typeof createBroker>;
