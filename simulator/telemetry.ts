import { anyone } from './caller.ts';
import { type FrameQueue, frameQueue } from './frame-queue.ts';
import { integer, query, timestamp } from './query.ts';
import type { Feed } from './ports.ts';
import { ok } from './replies.ts';
import type { On } from './router.ts';
import { ownStack } from './stacks.ts';
import { type Micros, parseRfc3339, rfc3339, second } from './time.ts';
import type { World } from './world.ts';

const bufferFrames = 1024;
const retentionSeconds = 21_600;
const evictionMs = 60_000;
const nil = '00000000-0000-0000-0000-000000000000';

interface KubernetesEvent {
  agent_id: string;
  stack_id: string;
  /** RFC 3339, to the nanosecond if so told. */
  observed_at: string;
  reason: string;
  message: string;
  event_type: string;
  source: string | null;
  involved_object: { api_version: string; kind: string; namespace: string | null; name: string; uid: string | null };
}
interface LogLine {
  agent_id: string;
  stack_id: string;
  namespace: string;
  pod: string;
  container: string;
  ts: string;
  line: string;
}
interface LogGap {
  agent_id: string;
  stack_id: string;
  since_ts: string;
  dropped_count: number;
  reason: 'rate_limit' | 'buffer_full' | 'disconnected';
}
export type TelemetryFrame =
  | { type: 'k8s_event'; body: KubernetesEvent }
  | { type: 'pod_log_line'; body: LogLine }
  | { type: 'log_gap'; body: LogGap };
type Kept<T> = T & { id: string; created_at: Micros };
export interface Telemetry {
  /** Forwards to whoever listens to the stack, then keeps it for six hours; gaps are forwarded only. */
  take(frame: TelemetryFrame): void;
  subscribe(stackId: string): Feed;
  readonly subscribers: number;
  readonly events: ReadonlyMap<string, readonly Kept<KubernetesEvent>[]>;
  readonly lines: ReadonlyMap<string, readonly Kept<LogLine>[]>;
  end(): void;
}
type Needs = Pick<World, 'clock' | 'stacks' | 'stamp' | 'now' | 'every' | 'metrics' | 'noise'>;

/** What agents tell about a stack's pods: one queue per subscriber, and a marker where a slow one missed frames (CONTRACT 6.4). */
export function telemetry({ clock, stacks, stamp, now, every, metrics, noise }: Needs): Telemetry {
  const open = new Map<FrameQueue, string>();
  const events = new Map<string, Kept<KubernetesEvent>[]>();
  const lines = new Map<string, Kept<LogLine>[]>();
  function keep<T extends { stack_id: string }>(rows: Map<string, Kept<T>[]>, body: T): void {
    if (!stacks.get(body.stack_id)) return; // the database refuses it, and nobody is told
    const kept = rows.get(body.stack_id) ?? [];
    kept.push({ id: noise.uuid(), ...body, created_at: stamp() });
    rows.set(body.stack_id, kept);
  }
  function evict(table: string, rows: Map<string, Kept<unknown>[]>): void {
    const oldest = now() - retentionSeconds * second;
    for (const [stackId, kept] of rows) {
      const fresh = kept.findIndex((row) => row.created_at >= oldest);
      const gone = fresh < 0 ? kept.length : fresh;
      if (gone > 0) metrics.add('brokkr_ws_telemetry_evicted_total', { table }, gone);
      if (gone === kept.length) rows.delete(stackId);
      else kept.splice(0, gone);
    }
  }
  every(evictionMs, () => {
    metrics.add('brokkr_ws_log_eviction_runs_total');
    evict('agent_k8s_events', events);
    evict('agent_pod_logs', lines);
  });
  const missed = (stackId: string) => (count: number) => {
    const body: LogGap = {
      agent_id: nil,
      stack_id: stackId,
      since_ts: rfc3339(Math.floor(clock.now() * 1000)),
      dropped_count: count,
      reason: 'buffer_full',
    };
    return JSON.stringify({ type: 'log_gap', body });
  };
  return {
    take({ type, body }) {
      const listening = [...open].filter(([, stackId]) => stackId === body.stack_id);
      if (listening.length > 0) {
        const frame = JSON.stringify({ type, body });
        for (const [queue] of listening) queue.push(frame);
      }
      if (type === 'k8s_event') keep(events, body);
      if (type === 'pod_log_line') keep(lines, body);
    },
    subscribe(stackId) {
      const queue = frameQueue({ limit: bufferFrames, loses: 'oldest', missed: missed(stackId), onClose: () => open.delete(queue) });
      open.set(queue, stackId);
      return { frames: queue.frames, close: () => queue.close() };
    },
    get subscribers() {
      return open.size;
    },
    events,
    lines,
    end() {
      for (const queue of open.keys()) queue.close();
    },
  };
}

const hint = 'Brokkr retains telemetry for at most 6 hours. For long-term log centralisation, ship to Datadog or equivalent.';
const stored = (text: string) => {
  const time = parseRfc3339(text);
  return typeof time === 'number' ? rfc3339(time) : text; // the database keeps microseconds
};

/** The history of the last six hours, newest first: a page is cut at its old end, and says nothing of what it left out. */
export function telemetryHistory(on: On, world: World): void {
  const page = query({ since: timestamp, limit: integer });
  function newest<T extends { created_at: Micros }>(
    rows: readonly T[] = [],
    since: Micros | undefined,
    limit: number | undefined,
  ): { retention: unknown; found: T[] } {
    const from = Math.max(since ?? 0, world.now() - retentionSeconds * second);
    const found = rows
      .filter((row) => row.created_at >= from)
      .toReversed()
      .slice(0, Math.min(5000, Math.max(1, limit ?? 500)));
    const oldest = found.at(-1)?.created_at;
    const retention = {
      retention_ceiling_seconds: retentionSeconds,
      effective_retention_seconds: retentionSeconds,
      oldest_available_ts: oldest === undefined ? null : rfc3339(oldest),
      long_term_sink_hint: hint,
    };
    return { retention, found };
  }

  on('GET /api/v1/stacks/{id}/events', anyone, { query: page }, ({ id, caller, query: { since, limit } }) => {
    ownStack(world, caller, id);
    const { retention, found } = newest(world.telemetry.events.get(id), since, limit);
    return ok({
      retention,
      events: found.map((row) => ({ ...row, observed_at: stored(row.observed_at), created_at: rfc3339(row.created_at) })),
    });
  });
  on('GET /api/v1/stacks/{id}/logs', anyone, { query: page }, ({ id, caller, query: { since, limit } }) => {
    ownStack(world, caller, id);
    const { retention, found } = newest(world.telemetry.lines.get(id), since, limit);
    return ok({ retention, lines: found.map((row) => ({ ...row, ts: stored(row.ts), created_at: rfc3339(row.created_at) })) });
  });
}
