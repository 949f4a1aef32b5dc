import type { Clock } from '#contract/ports.ts';
import type { ComponentHistory } from '#contract/system-health.ts';
import type { Look } from './look.ts';

const minuteMs = 60_000;
const shownMinutes = 60;
const worse = { ok: 0, degraded: 1, failed: 2 } as const;

/** What was seen of one component in the last hour, in memory: before the console started there is nothing, and it says so. */
export function createComponentHistory(component: ComponentHistory['component'], { clock }: { clock: Clock }) {
  const minutes = new Map<number, { status: Look['status']; latencyMs: number }>();
  let latencies: { atMs: number; latencyMs: number }[] = [];
  let current: (Look & { sinceMs: number }) | undefined;
  let lastError: ComponentHistory['lastError'] = null;

  function forgetOld(nowMs: number) {
    const first = Math.floor(nowMs / minuteMs) - shownMinutes;
    for (const minute of minutes.keys()) if (minute <= first) minutes.delete(minute);
    latencies = latencies.filter(({ atMs }) => nowMs - atMs < shownMinutes * minuteMs);
  }
  return {
    saw(look: Look) {
      const nowMs = clock.now();
      current = { ...look, sinceMs: current?.status === look.status ? current.sinceMs : nowMs };
      if (look.status !== 'ok') lastError = { at: new Date(nowMs).toISOString(), message: look.message };
      latencies.push({ atMs: nowMs, latencyMs: look.latencyMs });
      const minute = Math.floor(nowMs / minuteMs);
      const other = minutes.get(minute);
      // A minute is as bad as its worst moment.
      const status = other !== undefined && worse[other.status] > worse[look.status] ? other.status : look.status;
      minutes.set(minute, { status, latencyMs: Math.max(other?.latencyMs ?? 0, look.latencyMs) });
      forgetOld(nowMs);
    },
    /** Undefined before the first look. */
    show(): ComponentHistory | undefined {
      if (current === undefined) return undefined;
      const nowMs = clock.now();
      forgetOld(nowMs);
      const sorted = latencies.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
      const last = Math.floor(nowMs / minuteMs);
      return {
        component,
        status: current.status,
        since: new Date(current.sinceMs).toISOString(),
        message: current.message,
        latencyMs: current.latencyMs,
        p95Ms: sorted[Math.ceil(0.95 * sorted.length) - 1] ?? null,
        lastError,
        minutes: Array.from({ length: shownMinutes }, (_, index) => minutes.get(last - shownMinutes + 1 + index) ?? null),
      };
    },
  };
}
