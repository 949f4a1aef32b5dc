import type { CallScope } from '#bff/broker/broker-http.ts';
import type { Coverage } from '#contract/list.ts';
import type { Clock } from '#contract/ports.ts';
import type { RollUp } from '#contract/stacks.ts';
import type * as z from 'zod/mini';
import { within } from './time.ts';

export interface RolledUp {
  counts: RollUp;
  clusters: number;
}
/** What the reach index knows of stacks. It reads through the lists, so they cannot know the index itself. */
export interface StackReach {
  /** Rises when anything below may answer differently. */
  version(): number;
  stackIds(): Iterable<string>;
  /** Agents that the stack reaches, as far as known; null before any agent is. */
  count(stackId: string): number | null;
  /** Null before they were read. */
  labels(stackId: string): readonly string[] | null;
  /** What reached agents made of this revision, and in how many clusters they are; null while that cannot be told. */
  rollUp(stackId: string, revisionId: string, scope: CallScope): Promise<RolledUp | null>;
  /** How much of the agents the index knows. */
  coverage(): z.infer<typeof Coverage>;
  /** The console itself changed what this stack is, carries or holds: the index is to read it anew, before anything else. */
  changed(stackId: string): void;
}

/** Where there is no index nothing is said about reach. */
export const noReach: StackReach = {
  version: () => 0,
  stackIds: () => [],
  count: () => null,
  labels: () => null,
  rollUp: async () => null,
  coverage: () => ({ known: 0, total: 0, oldestMs: null }),
  changed: () => undefined,
};

/** How long an answer waits for what only adds to it. */
const patienceMs = 2_000;
/** The roll-up of a stack's current revision; null also where it fails or takes too long, so that it never takes the rest with it. */
export async function rollUpOf(reach: StackReach, clock: Clock, stackId: string, current: { id: string } | null, scope: CallScope): Promise<RolledUp | null> {
  return current && within(clock, patienceMs, reach.rollUp(stackId, current.id, scope).catch(() => null));
}
