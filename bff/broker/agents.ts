import type { BrokerHttp, CallScope } from './broker-http.ts';
import { WireAgent, WireConnections, WireFleetStatus, WireNewAgent, WireRotatedAgent } from './wire.ts';

/** The members of an agent that a person may change; absent means unchanged. */
export interface AgentChange {
  name?: string | undefined;
  clusterName?: string | undefined;
  status?: 'ACTIVE' | 'INACTIVE' | undefined;
}

export const brokerAgents = (http: BrokerHttp) => ({
  /** Less of each agent than the fleet shows, and all that a generator's key is shown. */
  list: (scope: CallScope) => http.bytes('listAgents', {}, scope),
  fleet: (scope: CallScope) => http.bytes('listFleet', {}, scope),
  /** Events of all agents, in no order. */
  events: (scope: CallScope) => http.bytes('listAgentEvents', {}, scope),
  eventsOf: (agentId: string, scope: CallScope) => http.bytes('listEventsOfAgent', { agentId }, scope),
  read: (agentId: string, scope: CallScope) => http.json('readAgent', { agentId }, WireAgent, scope),
  fleetStatus: (agentId: string, scope: CallScope) => http.json('readFleetStatus', { agentId }, WireFleetStatus, scope),
  /** Open agent sockets of the broker process that answers. */
  connections: (scope: CallScope) => http.json('listConnections', {}, WireConnections, scope),

  /** Not transactional there: a generator named twice, or the system one, would lose the key after the agent exists. */
  async create(agent: { name: string; clusterName: string; generatorIds: readonly string[] }, scope: CallScope) {
    const body = { name: agent.name, cluster_name: agent.clusterName, generator_ids: [...new Set(agent.generatorIds)] };
    const { agent: created, initial_pak: pak } = await http.json('createAgent', {}, WireNewAgent, scope, { body });
    return { agent: created, pak };
  },
  /** The broker merges what it is sent, so only the changed members travel. */
  update: (agentId: string, { name, clusterName, status }: AgentChange, scope: CallScope) =>
    http.json('updateAgent', { agentId }, WireAgent, scope, { body: { name, cluster_name: clusterName, status } }),
  /** 204 for any id: whoever calls has read it before. */
  delete: (agentId: string, scope: CallScope) => http.done('deleteAgent', { agentId }, scope),
  rotatePak: (agentId: string, scope: CallScope) => http.json('rotateAgentPak', { agentId }, WireRotatedAgent, scope),
});
