import { registerWith, storeAgent } from './agents.ts';
import type { AgentSeed, EventSeed, GeneratorSeed, HealthSeed, Seed, StackSeed } from './builders.ts';
import { aGenerator } from './builders.ts';
import { storeObject } from './deployment-objects.ts';
import { storeEvent } from './events.ts';
import { storeGenerator } from './generators.ts';
import { healthSummary, storeHealth } from './health.ts';
import type { Life } from './life.ts';
import { pakHash } from './pak.ts';
import type { Agent, Generator, Stack } from './rows.ts';
import { storeStack } from './stacks.ts';
import { type Micros, second } from './time.ts';
import type { World } from './world.ts';

export interface Seeded {
  generators: Generator[];
  stacks: Stack[];
  agents: Agent[];
}

const notThere = (what: string, key: string): never => {
  throw new Error(`There is no ${what} "${key}" to seed with.`);
};
const rhythmOf = ({ everySeconds, burst }: NonNullable<AgentSeed['pulse']>, k8s: AgentSeed['k8s'], heard: Micros) => {
  const period = everySeconds * second;
  // A burst has just ended with the beat that was heard.
  const from = burst ? heard - Math.floor(burst.lastsSeconds / everySeconds) * period : heard;
  return {
    from,
    period,
    ...(burst ? { burst: { every: burst.everySeconds * second, lasts: burst.lastsSeconds * second } } : {}),
    isReachable: k8s?.isReachable ?? true,
    latencyMs: k8s?.latencyMs ?? 9,
  };
};

/** Puts told objects into a world, as if they had come about in the past. */
export function seeder(world: World, life: Life) {
  const before = (ageSeconds: number): Micros => world.now() - Math.round(ageSeconds * second);
  const generatorOf = (key: string): Generator => {
    for (const row of world.generators.values()) if (row.id === key || row.name === key) return row;
    return addGenerator(aGenerator({ name: key }));
  };
  const stackOf = (key: string): Stack => {
    for (const row of world.stacks.values()) if (row.id === key || row.name === key) return row;
    return notThere('stack', key);
  };
  const agentOf = (key: string): Agent => {
    const [name, cluster] = key.split('@');
    for (const row of world.agents.values())
      if (row.id === key || (row.name === name && row.cluster_name === (cluster ?? row.cluster_name))) return row;
    return notThere('agent', key);
  };
  const objectOf = (key: string, revisionsBack = 0) =>
    world.objects.in('stack', stackOf(key).id).at(-1 - revisionsBack) ?? notThere('revision of stack', key);

  function addGenerator(told: GeneratorSeed): Generator {
    const at = before(told.createdAgeSeconds);
    const row = storeGenerator(world, { ...told, at });
    const hash = told.pak === undefined ? undefined : pakHash(told.pak);
    if (hash !== undefined) {
      row.pak_hash = hash;
      world.paks.set(hash, { kind: 'generator', id: row.id });
    }
    return row;
  }
  function addStack(told: StackSeed): Stack {
    const { name, description } = told;
    const row = storeStack(world, {
      ...told,
      name,
      description,
      generator_id: generatorOf(told.generator).id,
      at: before(told.createdAgeSeconds),
    });
    for (const label of told.labels) world.stackLabels.add({ id: world.chance.uuid(), stack_id: row.id, label });
    for (const [key, value] of Object.entries(told.annotations))
      world.stackAnnotations.add({ id: world.chance.uuid(), stack_id: row.id, key, value });
    const last = told.revisions.length - 1;
    told.revisions.forEach((yaml, index) => {
      const from = told.createdAgeSeconds;
      const newest = told.revisedAgeSeconds ?? (last === 0 ? from : 0);
      const age = last === 0 ? newest : newest + (from - newest) * (1 - index / last) ** 2;
      storeObject(world, row.id, { yaml_content: yaml, is_deletion_marker: false }, before(age));
    });
    return row;
  }
  function addAgent(told: AgentSeed): Agent {
    const row = storeAgent(world, { ...told, cluster_name: told.clusterName, at: before(told.createdAgeSeconds) });
    const heard = told.heartbeatAgeSeconds === null ? null : before(told.heartbeatAgeSeconds);
    Object.assign(row, { status: told.status, updated_at: Math.max(row.created_at, heard ?? 0), last_heartbeat: heard });
    if (heard !== null && told.k8s) {
      Object.assign(row, { k8s_reachable: told.k8s.isReachable, k8s_api_latency_ms: told.k8s.latencyMs, k8s_reported_at: heard });
    }
    const hash = told.pak === undefined ? undefined : pakHash(told.pak);
    if (hash !== undefined) {
      row.pak_hash = hash;
      world.paks.set(hash, { kind: 'agent', id: row.id });
    }
    for (const label of told.labels) world.labels.add({ id: world.chance.uuid(), agent_id: row.id, label });
    for (const [key, value] of Object.entries(told.annotations))
      world.annotations.add({ id: world.chance.uuid(), agent_id: row.id, key, value });
    const targeted = told.targets.map(stackOf);
    const generators = [
      world.systemGenerator.id,
      ...told.generators.map((key) => generatorOf(key).id),
      ...targeted.map((stack) => stack.generator_id),
    ];
    for (const id of new Set(generators)) registerWith(world, row.id, id, row.created_at);
    for (const stack of targeted) world.targets.add({ id: world.chance.uuid(), agent_id: row.id, stack_id: stack.id });
    if (told.isConnected) row.socket = { since: Math.max(row.created_at, before(7200)), messagesIn: 0, messagesOut: 0 };
    if (told.pulse && heard !== null) row.rhythm = rhythmOf(told.pulse, told.k8s, heard);
    if (told.life) life.adopt(row, told.life);
    return row;
  }
  const addEvent = ({ agent, stack, revisionsBack, eventType, status, message, ageSeconds }: EventSeed) =>
    storeEvent(
      world,
      { agent_id: agentOf(agent).id, deployment_object_id: objectOf(stack, revisionsBack).id, event_type: eventType, status, message },
      before(ageSeconds),
    );
  const addHealth = ({ agent, stack, status, ageSeconds }: HealthSeed) => {
    const object = objectOf(stack);
    return storeHealth(world, agentOf(agent).id, {
      deployment_object_id: object.id,
      status,
      summary: healthSummary(object, status),
      checked_at: before(ageSeconds),
    });
  };
  return ({ generators = [], stacks = [], agents = [], events = [], health = [] }: Seed): Seeded => {
    const seeded = { generators: generators.map(addGenerator), stacks: stacks.map(addStack), agents: agents.map(addAgent) };
    for (const event of events.toSorted((a, b) => b.ageSeconds - a.ageSeconds)) addEvent(event);
    for (const record of health) addHealth(record);
    return seeded;
  };
}
