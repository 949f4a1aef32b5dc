import type { Clock } from '#contract/ports.ts';
import type { Difference } from './snapshot-host.ts';

/** How long after a change of our own a difference is taken to be its echo: a slow whole read may still be on its way. */
const echoMs = 120_000;
/** Several credentials read the same things: what one has told the others do not tell again. */
const mostTold = 1_000;
/** A list that comes back as another one is one fact, not a hundred thousand. */
export const mostDifferences = 50;

const keyOf = (of: Difference['of'], id: string) => `${of}/${id}`;

/** Tells changes that others made from the console's own. */
export function createOutsideChanges({ clock, report }: { clock: Clock; report: (difference: Difference) => void }) {
  const ours = new Map<string, number>();
  /** How each object was left, as it was last told. */
  const told = new Map<string, string>();

  return {
    /** The console is about to change this itself. */
    expect(of: Difference['of'], id: string) {
      ours.set(keyOf(of, id), clock.now() + echoMs);
      told.delete(keyOf(of, id));
    },
    saw(differences: readonly Difference[]) {
      for (const [key, untilMs] of ours) if (untilMs < clock.now()) ours.delete(key);
      for (const difference of differences) {
        const [key, after] = [keyOf(difference.of, difference.id), JSON.stringify(difference.after)];
        if (ours.has(key) || told.get(key) === after) continue;
        if (told.size >= mostTold) told.clear();
        told.set(key, after);
        report(difference);
      }
    },
  };
}
export type OutsideChanges = ReturnType<typeof createOutsideChanges>;
