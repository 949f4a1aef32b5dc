import { admin, adminOrAgent, agentOnly, anyone, type Caller } from './caller.ts';
import { publishAgent } from './fleet.ts';
import { refreshActive } from './measures.ts';
import { mintPak, pakHash } from './pak.ts';
import { query, text } from './query.ts';
import { created, fits, noContent, notUnique, ok, refuse, storable } from './replies.ts';
import { vitals } from './rhythms.ts';
import type { On } from './router.ts';
import type { Agent, Socket } from './rows.ts';
import { anything, boolean, defaulted, int32, list, optional, required, string, struct, uuid } from './shapes.ts';
import { heap } from './table.ts';
import { type Micros, rfc3339, rfc3339OrNull } from './time.ts';
import { isBlank } from './white-space.ts';
import type { World } from './world.ts';

const newAgent = struct('CreateAgentRequest', {
  name: required(string),
  cluster_name: required(string),
  generator_ids: defaulted(list(uuid), []),
});
const heartbeat = struct('HeartbeatRequest', { k8s_reachable: optional(boolean), k8s_api_latency_ms: optional(int32) });
interface NewAgent {
  name: string;
  cluster_name: string;
  id?: string | undefined;
  at?: Micros;
}
export type Heartbeat = ReturnType<typeof heartbeat>;

export function agentWire(agent: Agent, now: number) {
  const seen = vitals(agent, now);
  return {
    id: agent.id,
    created_at: rfc3339(agent.created_at),
    updated_at: rfc3339(seen.updated_at),
    deleted_at: rfc3339OrNull(agent.deleted_at),
    name: agent.name,
    cluster_name: agent.cluster_name,
    last_heartbeat: rfc3339OrNull(seen.last_heartbeat),
    status: agent.status,
    k8s_reachable: seen.k8s_reachable,
    k8s_api_latency_ms: seen.k8s_api_latency_ms,
    k8s_reported_at: rfc3339OrNull(seen.k8s_reported_at),
  };
}
export const liveAgent = (world: World, id: string): Agent => {
  const agent = world.agents.get(id);
  return agent?.deleted_at === null ? agent : refuse(404, 'agent_not_found', 'agent not found');
};
function named(world: World, name: string, cluster: string): Agent | undefined {
  for (const agent of world.agents.values())
    if (agent.name === name && agent.cluster_name === cluster && agent.deleted_at === null) return agent;
  return undefined;
}
/** Sets the agent's PAK; the one before it is dead at once, and so is the socket that rides it. */
function issuePak(world: World, agent: Agent): string {
  const pak = mintPak(world.chance);
  forgetPak(world, agent);
  world.agents.update(agent, { pak_hash: pakHash(pak) ?? null, updated_at: world.stamp() });
  if (agent.pak_hash !== null) world.paks.set(agent.pak_hash, { kind: 'agent', id: agent.id });
  world.keyGiven(agent);
  return pak;
}
function forgetPak(world: World, agent: Agent): void {
  if (agent.pak_hash !== null) world.paks.delete(agent.pak_hash);
  if (agent.rhythm) agent.rhythm = { ...agent.rhythm, until: Math.min(world.now(), agent.rhythm.until ?? world.now()) };
  disconnect(world, agent);
}
export function connect(world: World, agent: Agent, socket: Socket = { since: world.stamp(), messagesIn: 0, messagesOut: 0 }): void {
  agent.socket = socket;
  publishAgent(world, agent);
}
export function disconnect(world: World, agent: Agent): void {
  const { socket } = agent;
  if (socket === null) return;
  agent.socket = null;
  socket.link?.close();
  publishAgent(world, agent);
}
/** A heartbeat, by whatever way it came; Kubernetes columns are written only when it speaks of them. */
export function recordHeartbeat(world: World, agent: Agent, report: Heartbeat): void {
  const at = world.stamp();
  const seen =
    report.k8s_reachable === null
      ? {}
      : { k8s_reachable: report.k8s_reachable, k8s_api_latency_ms: report.k8s_api_latency_ms, k8s_reported_at: at };
  world.agents.update(agent, { last_heartbeat: at, updated_at: at, ...seen });
}
export function registerWith(world: World, agentId: string, generatorId: string, at = world.stamp()) {
  const isKnown = world.targeting.isRegistered(agentId, generatorId);
  if (isKnown) notUnique('agent_generator_registrations_agent_id_generator_id_key');
  return world.registrations.add({ id: world.chance.uuid(), agent_id: agentId, generator_id: generatorId, registered_at: at });
}
export function storeAgent(world: World, { name, cluster_name, id = world.chance.uuid(), at = world.stamp() }: NewAgent): Agent {
  return world.agents.add({
    id,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    name,
    cluster_name,
    last_heartbeat: null,
    status: 'INACTIVE',
    k8s_reachable: null,
    k8s_api_latency_ms: null,
    k8s_reported_at: null,
    pak_hash: null,
    socket: null,
    rhythm: null,
  });
}

export function agents(on: On, world: World): void {
  const wire = (agent: Agent) => agentWire(agent, world.now());
  const visible = (caller: Caller): Agent[] => {
    if (caller.kind === 'admin') return heap(world.agents);
    if (caller.kind === 'agent') return refuse(403, 'generator_required', 'generator access required');
    const generator = world.generators.get(caller.id);
    if (generator?.deleted_at !== null) return refuse(403, 'generator_not_found', 'generator not found');
    if (generator.is_system) return refuse(403, 'system_generator_not_a_tenant', 'the system generator is not a tenant');
    return heap(world.agents).filter((agent) => world.targeting.isRegistered(agent.id, caller.id));
  };

  on('GET /api/v1/agents', anyone, ({ caller }) => {
    if (caller.kind === 'admin') refreshActive(world);
    return ok(visible(caller).map(wire));
  });
  on('POST /api/v1/agents', admin, { body: newAgent }, ({ body }) => {
    for (const id of body.generator_ids) {
      if (world.generators.get(id)?.deleted_at !== null) refuse(400, 'invalid_generator_id', `generator ${id} does not exist`);
    }
    if (isBlank(body.name)) refuse(400, 'invalid_agent', 'Agent name cannot be empty');
    if (isBlank(body.cluster_name)) refuse(400, 'invalid_agent', 'Cluster name cannot be empty');
    fits(body.name, 255, 'failed to create agent');
    fits(body.cluster_name, 255, 'failed to create agent');
    if (named(world, body.name, body.cluster_name)) notUnique('unique_agent_cluster');
    const agent = storeAgent(world, { name: body.name, cluster_name: body.cluster_name });
    const pak = issuePak(world, agent);
    for (const id of [world.systemGenerator.id, ...body.generator_ids]) registerWith(world, agent.id, id); // not one transaction: a repeated id leaves the agent behind
    const details = { name: agent.name };
    world.audit.record('admin', {
      action: 'agent.created',
      resource_type: 'agent',
      resource_id: agent.id,
      details: { cluster_name: agent.cluster_name, ...details },
    });
    world.audit.record('admin', {
      action: 'pak.created',
      resource_type: 'pak',
      resource_id: agent.id,
      details: { entity: 'agent', ...details },
    });
    return created({ agent: wire(agent), initial_pak: pak });
  });
  on(
    'GET /api/v1/agents/',
    anyone,
    { query: query({ name: text, cluster_name: text }) },
    ({ caller, query: { name, cluster_name: cluster } }) => {
      if (name === undefined || cluster === undefined)
        return refuse(400, 'name_and_cluster_required', 'name and cluster_name are required');
      storable(name, 'failed to fetch agent');
      storable(cluster, 'failed to fetch agent');
      const agent = named(world, name, cluster) ?? refuse(404, 'agent_not_found', 'agent not found');
      adminOrAgent(caller, agent.id);
      return ok(wire(agent));
    },
  );
  on('GET /api/v1/agents/{id}', adminOrAgent, ({ id }) => ok(wire(liveAgent(world, id))));
  on('PUT /api/v1/agents/{id}', adminOrAgent, { body: anything }, ({ id, body }) => {
    const agent = liveAgent(world, id);
    const sent = new Map(Object.entries(typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}));
    const change: { name?: string; cluster_name?: string; status?: string } = {};
    for (const [key, limit] of [
      ['name', 255],
      ['cluster_name', 255],
      ['status', 50],
    ] as const) {
      const value: unknown = sent.get(key);
      if (typeof value !== 'string') continue;
      fits(value, limit, `failed to update agent ${id}`);
      change[key] = value;
    }
    const other = named(world, change.name ?? agent.name, change.cluster_name ?? agent.cluster_name);
    if (other && other !== agent) notUnique('unique_agent_cluster');
    world.agents.update(agent, { ...change, updated_at: world.stamp() });
    world.audit.record('admin', {
      action: 'agent.updated',
      resource_type: 'agent',
      resource_id: id,
      details: { cluster_name: agent.cluster_name, name: agent.name, status: agent.status },
    });
    return ok(wire(agent));
  });
  on('DELETE /api/v1/agents/{id}', admin, ({ id }) => {
    const agent = world.agents.get(id);
    if (agent?.deleted_at === null) {
      const at = world.stamp();
      world.agents.update(agent, { deleted_at: at, updated_at: at });
      for (const event of world.events.in('agent', id)) world.events.update(event, { deleted_at: event.deleted_at ?? at, updated_at: at });
      forgetPak(world, agent);
    }
    world.audit.record('admin', { action: 'agent.deleted', resource_type: 'agent', resource_id: id, details: null });
    return noContent; // whether there was one or not
  });
  on('POST /api/v1/agents/{id}/rotate-pak', adminOrAgent, ({ id }) => {
    const agent = liveAgent(world, id);
    const pak = issuePak(world, agent);
    world.audit.record('admin', { action: 'pak.rotated', resource_type: 'agent', resource_id: id, details: { agent_name: agent.name } });
    return ok({ agent: wire(agent), pak });
  });
  on(
    'POST /api/v1/agents/{id}/heartbeat',
    agentOnly,
    { body: heartbeat, unread: { k8s_reachable: null, k8s_api_latency_ms: null } },
    ({ id, body }) => {
      const agent = liveAgent(world, id);
      recordHeartbeat(world, agent, body);
      world.metrics.heartbeatAge(id, agent.name, 0);
      publishAgent(world, agent);
      return noContent;
    },
  );
}
