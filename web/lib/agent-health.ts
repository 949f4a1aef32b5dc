import type { ReachingStack } from '#contract/reach.ts';
import { healthTold, isFresh } from './reached-agent.ts';
import type { MarkKind, StateSign } from './state-vocabulary.ts';
import { agentReach } from './words/en/agent-reach.ts';
import { reach } from './words/en/reach.ts';

/** One object of a stack that reaches an agent, or what stands for all of it where the record names none. */
export interface ObjectHere {
  key: string;
  stackId: string;
  stack: string;
  /** Null: the revision as a whole. */
  object: { kind: string; namespace: string; name: string } | null;
  sign: StateSign;
  said: string;
  /** Null: there is no record. */
  stored: { at: string; ageMs: number } | null;
}
const say = agentReach.health;
const badness: readonly MarkKind[] = ['bad', 'warn', 'silent', 'stale', 'pending', 'unknown', 'ok'];

/**
 * What an agent says of each object of the stacks that reach it, worst first.
 * @param sinceMs time since the answer left the server, which its ages count from
 */
export function objectsHere(stacks: readonly ReachingStack[], sinceMs: number): ObjectHere[] {
  return stacks
    .filter(({ current }) => current !== null)
    .flatMap((stack) => rowsOf(stack, sinceMs))
    .toSorted(
      (a, b) => badness.indexOf(a.sign.kind) - badness.indexOf(b.sign.kind) || a.stack.localeCompare(b.stack) || a.key.localeCompare(b.key),
    );
}

function rowsOf({ stackId, name: stack, health, state }: ReachingStack, sinceMs: number): ObjectHere[] {
  const of = { stackId, stack };
  if (health === null) {
    // Without a state the records themselves were not read.
    const { sign, meaning = '' } = healthTold(null, undefined, state !== null);
    return [{ ...of, key: stackId, object: null, sign, said: meaning, stored: null }];
  }
  const stored = { at: health.checkedAt, ageMs: health.ageMs };
  const fresh = isFresh(health.ageMs + sinceMs);
  const whole: ObjectHere = {
    ...of,
    key: stackId,
    object: null,
    sign: healthTold(health, health.ageMs + sinceMs, true).sign,
    said: [reach.podsInFull(health.podsReady, health.podsTotal), ...health.conditions].filter(Boolean).join(', ') || say.noObjects,
    stored,
  };
  const objects = health.resources.map(({ kind, namespace, name, ready, message }): ObjectHere => ({
    ...of,
    key: JSON.stringify([stackId, kind, namespace, name]),
    object: { kind, namespace, name },
    sign: fresh
      ? { kind: ready ? 'ok' : 'bad', word: ready ? say.ready : say.notReady }
      : { kind: 'stale', word: ready ? say.wasReady : say.wasNotReady },
    said: message ?? '',
    stored,
  }));
  // A verdict that its objects do not explain, or a record without objects, is told of the revision as a whole.
  return objects.length === 0 || health.status !== 'healthy' ? [whole, ...objects] : objects;
}
