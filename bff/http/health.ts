import type { Clock } from '#contract/ports.ts';
import { worstStatus } from '#contract/status.ts';
import type { Health } from '#contract/status.ts';

type ComponentHealth = Health['components'][number];
export type ComponentName = ComponentHealth['component'];
type State = Health['status'];
/** Says how a component is; what it throws is its failure. Has 2 s. */
export type Check = (signal: AbortSignal) => Promise<{ status: State; message: string }>;

const checkMs = 2_000;
const keptMs = 1_000;

/** Runs all checks side by side, at most once a second however many ask. */
export function createHealth(checks: Readonly<Record<ComponentName, Check>>, clock: Clock): () => Promise<Health> {
  let last: { at: number; health: Promise<Health> } | undefined;
  const look = async (): Promise<Health> => {
    const names = Object.keys(checks) as ComponentName[];
    const components = await Promise.all(names.map((component) => lookAt(component, checks[component], clock)));
    return { status: worstStatus(components), components };
  };
  return () => {
    // While checks run, `at` is still ahead: whoever asks meanwhile waits for the same answer.
    if (!last || clock.now() - last.at >= keptMs) {
      const mine = { at: Number.POSITIVE_INFINITY, health: look() };
      last = mine;
      void mine.health.then(() => (mine.at = clock.now()));
    }
    return last.health;
  };
}

async function lookAt(component: ComponentName, check: Check, clock: Clock): Promise<ComponentHealth> {
  const startedAt = clock.now();
  const late = new AbortController();
  const tooLate = Promise.withResolvers<never>();
  const cancel = clock.setTimer(() => {
    late.abort();
    tooLate.reject(new Error(`no answer within ${checkMs} ms`));
  }, checkMs);
  try {
    const { status, message } = await Promise.race([check(late.signal), tooLate.promise]);
    return { component, status, message, latency_ms: clock.now() - startedAt };
  } catch (error) {
    return { component, status: 'failed', message: error instanceof Error ? error.message : 'failed', latency_ms: clock.now() - startedAt };
  } finally {
    cancel();
  }
}
