import type { Agent } from './rows.ts';
import type { Micros } from './time.ts';

/** When an agent that is not alive heartbeats: every `period` from `from` on, perhaps only in bursts, perhaps until it went silent. */
export interface Rhythm {
  from: Micros;
  period: Micros;
  /** Beats for `lasts`, then nothing until `every` has passed. */
  burst?: { every: Micros; lasts: Micros };
  until?: Micros;
  isReachable: boolean;
  latencyMs: number;
}

/** The last beat at or before `now`; null before the first one. */
export function lastBeat({ from, period, burst, until }: Rhythm, now: Micros): Micros | null {
  const end = Math.min(now, until ?? now);
  if (end < from) return null;
  if (!burst) return from + Math.floor((end - from) / period) * period;
  const start = from + Math.floor((end - from) / burst.every) * burst.every;
  return start + Math.floor(Math.min(end - start, burst.lasts) / period) * period;
}
const beatsBy = (rhythm: Rhythm, now: Micros) =>
  Math.max(0, Math.floor((Math.min(now, rhythm.until ?? now) - rhythm.from) / rhythm.period) + 1);

export interface Vitals {
  last_heartbeat: Micros | null;
  k8s_reachable: boolean | null;
  k8s_api_latency_ms: number | null;
  k8s_reported_at: Micros | null;
  updated_at: Micros;
}
/** What the row says now: its own members, or its rhythm's where that is newer. */
export function vitals(agent: Agent, now: Micros): Vitals {
  const beat = agent.rhythm ? lastBeat(agent.rhythm, now) : null;
  if (!agent.rhythm || beat === null || beat < (agent.last_heartbeat ?? 0)) return agent;
  const jitter = Math.floor(beat / agent.rhythm.period) % 5;
  return {
    last_heartbeat: beat,
    k8s_reachable: agent.rhythm.isReachable,
    k8s_api_latency_ms: agent.rhythm.isReachable ? agent.rhythm.latencyMs + jitter : null,
    k8s_reported_at: beat,
    updated_at: Math.max(beat, agent.updated_at),
  };
}
export const messagesIn = (agent: Agent, now: Micros) => (agent.socket?.messagesIn ?? 0) + (agent.rhythm ? beatsBy(agent.rhythm, now) : 0);
