import type { Clock } from '#contract/ports.ts';
import type { Difference } from './snapshot-host.ts';

/** How long after a change of our own a difference is taken to be its echo: a slow whole read may still be on its way. */
const echoMs = 120_000;
/** Several credentials read the same fleet: the same difference is one event. */
const mostReported = 1_000;

/** Tells changes that others made from the console's own. */
export function createOutsideChanges({ clock, report }: { clock: Clock; report: (difference: Difference) => void }) {
  const ours = new Map<string, number>();
  const reported = new Set<string>();

  return {
    /** The console is about to change this agent itself. */
    expect(agentId: string) {
      ours.set(agentId, clock.now() + echoMs);
    },
    saw(differences: readonly Difference[]) {
      for (const [agentId, untilMs] of ours) if (untilMs < clock.now()) ours.delete(agentId);
      for (const difference of differences) {
        const key = JSON.stringify(difference);
        if (ours.has(difference.agentId) || reported.has(key)) continue;
        if (reported.size >= mostReported) reported.clear();
        reported.add(key);
        report(difference);
      }
    },
  };
}
export type OutsideChanges = ReturnType<typeof createOutsideChanges>;
