import { type HealthRecord, healthFreshMs, objectFilter, objectStates } from '#contract/reach.ts';
import type { ObjectHealth, ObjectState } from '#contract/reach.ts';
import { normalCause } from './reach-matrix.ts';

type Resource = HealthRecord['resources'][number];
type Identity = Pick<ObjectHealth, 'kind' | 'namespace' | 'name'>;
export interface ObjectsRolledUp {
  objects: ObjectHealth[];
  total: number;
  reached: number;
  recorded: number;
  cut: number;
}
/** More objects than anyone reads at once; those that are not ready come first. */
const mostObjects = 100;

/** The suffixes that Kubernetes makes up, of a replica set and its pod or of a pod alone: with a digit, else in letters that spell nothing. */
const madeUp = /-(?:(?=[a-z]*\d)[0-9a-z]{6,10}-[0-9a-z]{5}|(?:[24-9b-df-hj-np-tv-xz]{6,10}-)?[24-9b-df-hj-np-tv-xz]{5})$/;
/** What is the same of an object on every agent. */
const identityOf = ({ kind, namespace, name }: Resource): Identity => ({
  kind,
  namespace,
  name: kind === 'Pod' ? name.replace(madeUp, '-…') : name,
});

interface Said {
  object: Identity;
  state: ObjectState;
  message: string | null;
}
/** What one record says of each object it names: not ready where any part of it is not. */
function saidBy({ resources, ageMs }: HealthRecord): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  for (const resource of resources) {
    const object = identityOf(resource);
    const key = `${object.kind} ${object.namespace}/${object.name}`;
    const before = said.get(key);
    if (!resource.ready) said.set(key, { object, state: 'not_ready', message: before?.message ?? resource.message });
    else if (before === undefined) said.set(key, { object, state: ageMs <= healthFreshMs ? 'ready' : 'old', message: null });
  }
  return said;
}

/** What an agent is found by under the filter `object`. */
export const objectValues = (health: HealthRecord | null): string[] =>
  health === null ? [] : Array.from(saidBy(health).values(), ({ object, state }) => objectFilter(state, object));

/** The records of reached agents, null where one has none, object by object, worst first. */
export function rollUpObjects(records: readonly (HealthRecord | null)[]): ObjectsRolledUp {
  const objects = new Map<string, ObjectHealth & { messages: Map<string, { text: string; times: number }> }>();
  let recorded = 0;
  let cut = 0;
  for (const record of records) {
    if (record === null) continue;
    recorded += 1;
    if (record.resourcesLeft > 0) cut += 1;
    for (const [key, { object, state, message }] of saidBy(record)) {
      const known = objects.get(key) ?? { ...object, counts: { not_ready: 0, old: 0, ready: 0 }, message: null, messages: new Map() };
      objects.set(key, known);
      known.counts[state] = (known.counts[state] ?? 0) + 1;
      if (message === null) continue;
      // The same but for what differs from agent to agent is told as one.
      const alike = normalCause(message);
      const { text, times } = known.messages.get(alike) ?? { text: message, times: 0 };
      known.messages.set(alike, { text: text === message ? text : alike, times: times + 1 });
    }
  }
  const worstFirst = [...objects].toSorted(([aKey, a], [bKey, b]) => {
    for (const state of objectStates) {
      const more = (b.counts[state] ?? 0) - (a.counts[state] ?? 0);
      if (state !== 'ready' && more !== 0) return more;
    }
    return aKey < bKey ? -1 : 1;
  });
  return {
    objects: worstFirst.slice(0, mostObjects).map(([, { messages, ...object }]) => ({ ...object, message: mostOf(messages) })),
    total: objects.size,
    reached: records.length,
    recorded,
    cut,
  };
}
function mostOf(messages: ReadonlyMap<string, { text: string; times: number }>): string | null {
  let most: { text: string; times: number } | undefined;
  for (const message of messages.values()) if (most === undefined || message.times > most.times) most = message;
  return most?.text ?? null;
}
