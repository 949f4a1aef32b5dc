import type { Clock } from '#contract/ports.ts';
import { worstStatus, type Health } from '#contract/status.ts';
import { lookAt, type Probe } from './look.ts';

export type ComponentName = Health['components'][number]['component'];
const probeMs = 2_000;
const keptMs = 1_000;

/** For whoever asks how the console is now: looks at all components side by side, at most once a second however many ask. */
export function createHealth(probes: Readonly<Record<ComponentName, Probe>>, clock: Clock): () => Promise<Health> {
  let last: { at: number; health: Promise<Health> } | undefined;
  const look = async (): Promise<Health> => {
    const components = await Promise.all(
      (Object.entries(probes) as [ComponentName, Probe][]).map(async ([component, probe]) => {
        const { status, message, latencyMs } = await lookAt(probe, clock, probeMs);
        return { component, status, message, latency_ms: latencyMs };
      }),
    );
    return { status: worstStatus(components), components };
  };
  return () => {
    // While it looks, `at` is still ahead: whoever asks meanwhile waits for the same answer.
    if (!last || clock.now() - last.at >= keptMs) {
      const mine = { at: Number.POSITIVE_INFINITY, health: look() };
      last = mine;
      void mine.health.then(() => (mine.at = clock.now()));
    }
    return last.health;
  };
}
