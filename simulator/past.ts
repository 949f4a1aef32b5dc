import type { Chance } from './chance.ts';
import { storeEvent } from './events.ts';
import { storeHealth } from './health.ts';
import type { Traits } from './life.ts';
import { refusalOf, summaryOf, verdictOf } from './pods.ts';
import type { Agent, DeploymentObject } from './rows.ts';
import { type Micros, second } from './time.ts';
import type { World } from './world.ts';

/** How an agent answered until now; whoever is given here does answer. */
export type PastLife = Pick<Traits, 'registries' | 'health' | 'trouble'> & {
  /** What it says of the newest revision whatever that is. */
  failure?: string;
  /** When it was last heard. */
  heard: Micros;
};
const retention: Micros = 30 * 86_400 * second;

/** What agents had answered and reported before the world was looked at: seconds after each revision came, and of its pods a moment ago. */
export function answerPast(
  world: World,
  source: Chance,
  lives: readonly (readonly [Agent, PastLife])[],
  mostRevisions = Number.POSITIVE_INFINITY,
): void {
  const told: { at: Micros; agent: Agent; object: DeploymentObject; refusal: string | null; life: PastLife; isNewest: boolean }[] = [];
  for (const [agent, life] of lives) {
    for (const stack of world.targeting.stacksOf(agent.id)) {
      const objects = world.objects.in('stack', stack.id).slice(-mostRevisions);
      for (const object of objects) {
        const isNewest = object === objects.at(-1);
        const at = Math.max(object.created_at, agent.created_at) + (2 + source.int(28)) * second;
        const isMissed = at > life.heard || at < world.now() - retention || (!isNewest && object.created_at < agent.created_at);
        if (isMissed) continue;
        const refusal =
          (isNewest ? life.failure : undefined) ?? (object.yaml_content === '' ? undefined : refusalOf(object.yaml_content, life));
        told.push({ at, agent, object, refusal: refusal ?? null, life, isNewest });
      }
    }
  }
  for (const { at, agent, object, refusal, life, isNewest } of told.toSorted((a, b) => a.at - b.at)) {
    const outcome = { status: refusal === null ? 'SUCCESS' : 'FAILURE', message: refusal };
    storeEvent(world, { agent_id: agent.id, deployment_object_id: object.id, event_type: 'DEPLOY', ...outcome }, at);
    if (refusal !== null || object.is_deletion_marker) continue;
    const verdict = verdictOf(object, isNewest ? life : { health: 'healthy' });
    const looked = isNewest ? life.heard - source.int(50) * second : at + 60 * second;
    storeHealth(
      world,
      agent.id,
      {
        deployment_object_id: object.id,
        status: verdict.status,
        summary: summaryOf(object, verdict, agent.id),
        checked_at: Math.max(at, looked),
      },
      at + 5 * second,
    );
  }
}
