import type { Chance } from './chance.ts';
import { storeEvent } from './events.ts';
import { storeHealth } from './health.ts';
import { refusalOf, summaryOf, verdictOf } from './pods.ts';
import { lastBeat } from './rhythms.ts';
import type { Agent, DeploymentObject } from './rows.ts';
import { pairKey } from './tables.ts';
import { second } from './time.ts';
import type { World } from './world.ts';

const stepMs = 2000;
const steps = 15;
/** Whose clusters admit these registries only: regions of the crowd, by the start of a cluster's name. */
const strict: Record<string, readonly string[]> = { lon: ['registry.example.test'], gru: ['registry.example.test'] };
export const crowdCluster = ({ cluster_name: cluster }: Agent) => {
  const registries = strict[cluster.slice(0, 3)];
  return { health: 'healthy' as const, ...(registries ? { registries } : {}) };
};

/** The many that heartbeat by arithmetic answer a new revision as well: over half a minute, some every other second, one in two hundred never. */
export function crowdLife(world: World, source: Chance): void {
  const isAwake = (agent: Agent, object: DeploymentObject) => {
    if (agent.deleted_at !== null || agent.status !== 'ACTIVE' || !agent.rhythm?.isReachable) return false;
    const beat = lastBeat(agent.rhythm, world.now());
    const isWaiting = world.events.in('pair', pairKey(agent.id, object.id)).length === 0;
    return isWaiting && beat !== null && beat > world.now() - 60 * second;
  };
  function answer(agent: Agent, object: DeploymentObject): void {
    const refusal = object.yaml_content === '' ? undefined : refusalOf(object.yaml_content, crowdCluster(agent));
    const outcome = { status: refusal === undefined ? 'SUCCESS' : 'FAILURE', message: refusal ?? null };
    storeEvent(world, { agent_id: agent.id, deployment_object_id: object.id, event_type: 'DEPLOY', ...outcome });
    if (refusal !== undefined || object.is_deletion_marker) return;
    const verdict = verdictOf(object, crowdCluster(agent));
    storeHealth(world, agent.id, {
      deployment_object_id: object.id,
      status: verdict.status,
      summary: summaryOf(object, verdict, agent.id),
      checked_at: world.now(),
    });
  }
  world.onSubmitted((object) => {
    const stack = world.stacks.get(object.stack_id);
    if (!stack) return;
    const reached = [...world.targeting.agentsOf(stack)].flatMap((id) => world.agents.get(id) ?? []);
    const waiting = reached.filter((agent) => agent.rhythm !== null && source.int(200) > 0);
    const share = Math.ceil(waiting.length / steps);
    const step = () => {
      if (world.targeting.newest(stack.id) !== object) return; // a newer one came in between
      for (const agent of waiting.splice(0, share)) if (isAwake(agent, object)) answer(agent, object);
      if (waiting.length > 0) world.after(stepMs, step);
    };
    if (waiting.length > 0) world.after(stepMs, step);
  });
}
