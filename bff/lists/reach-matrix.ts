import type { HealthRecord } from '#contract/reach.ts';
import { reachStates } from '#contract/stacks.ts';
import type { ReachState, RollUp } from '#contract/stacks.ts';
import { reachSeverity, rollUp } from './reach-state.ts';

/** One reached agent after `reachState` and `causeOf`. */
export interface JudgedAgent {
  agentId: string;
  name: string;
  clusterName: string;
  state: ReachState;
  /** What it says itself; null when it does not. */
  cause: string | null;
}
export interface ClusterRow {
  name: string;
  counts: RollUp;
  reached: number;
}
export interface CauseGroup<A> {
  state: ReachState;
  /** Null: the agents name no cause, or too few of them the same. */
  cause: string | null;
  agents: number;
  /** By name. */
  first: A[];
}
const mostCausesPerState = 20;
const firstOfCause = 5;
const mostCharacters = 300;

/** Cluster × state, the worst cluster first: more in the worst state, else in the next. */
export function clusterRows(agents: readonly Pick<JudgedAgent, 'clusterName' | 'state'>[]): ClusterRow[] {
  const rows = [...Map.groupBy(agents, ({ clusterName }) => clusterName)].map(([name, own]) => ({
    name,
    counts: rollUp(own.map(({ state }) => state)),
    reached: own.length,
  }));
  return rows.toSorted((a, b) => {
    for (const state of reachStates) {
      if (state !== 'healthy' && a.counts[state] !== b.counts[state]) return b.counts[state] - a.counts[state];
    }
    return a.name < b.name ? -1 : 1;
  });
}

interface Told {
  state: ReachState;
  answer: { message: string | null } | null;
  health: Pick<HealthRecord, 'conditions' | 'resources'> | null;
}
/** The agent's own words for the state it is in. */
export function causeOf({ state, answer, health }: Told): string | null {
  if (state === 'failed') return answer?.message ?? null;
  if (state !== 'failing' && state !== 'degraded') return null;
  if (health !== null && health.conditions.length > 0) return health.conditions.join(', ');
  return health?.resources.find(({ ready, message }) => !ready && message !== null)?.message ?? null;
}

/** Without what differs from agent to agent though the cause is one: names of pods, ids, digests, times, addresses. */
export function normalCause(text: string): string {
  return text
    .slice(0, mostCharacters * 4)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, '…')
    .replaceAll(/-[a-z0-9]{6,10}-[a-z0-9]{5}\b/g, '-…')
    .replaceAll(/\b(?:\d+(?:\.\d+)?(?:h|ms|m|s|µs|ns))+\b/g, '…')
    .replaceAll(/\d+(?:[.:]\d+)*/g, '…')
    .slice(0, mostCharacters);
}

/** Agents with the same cause together, the worst state first, then the most common cause. Who is healthy has none. */
export function causeGroups<A extends JudgedAgent>(agents: readonly A[]): CauseGroup<A>[] {
  const troubled = Map.groupBy(
    agents.filter(({ state }) => state !== 'healthy'),
    ({ state }) => state,
  );
  return [...troubled]
    .toSorted(([a], [b]) => reachSeverity(a) - reachSeverity(b))
    .flatMap(([state, own]) => {
      const byCause = [...Map.groupBy(own, ({ cause }) => (cause === null ? null : normalCause(cause)))];
      const named = byCause
        .flatMap(([normal, alike]) => (normal === null ? [] : [{ cause: commonText(normal, alike), alike }]))
        .toSorted((a, b) => b.alike.length - a.alike.length || (a.cause < b.cause ? -1 : 1));
      const shown = named.slice(0, mostCausesPerState);
      const others = [...named.slice(mostCausesPerState).flatMap(({ alike }) => alike), ...own.filter(({ cause }) => cause === null)];
      return [...shown, ...(others.length > 0 ? [{ cause: null, alike: others }] : [])].map(({ cause, alike }) => ({
        state,
        cause,
        agents: alike.length,
        first: alike.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, firstOfCause),
      }));
    });
}
/** The agents' own text where all say the very same. */
function commonText(normal: string, alike: readonly JudgedAgent[]): string {
  const texts = new Set(alike.map(({ cause }) => cause));
  const [only] = texts;
  return texts.size === 1 && typeof only === 'string' ? only.slice(0, mostCharacters) : normal;
}
