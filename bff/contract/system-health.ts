import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { ComponentHealth, Health } from './status.ts';

/** One minute of a component: null while nothing was measured (the console was down, or had not started). */
const Minute = z.nullable(z.object({ status: ComponentHealth.shape.status, latencyMs: z.nullable(z.number()) }));
export const ComponentHistory = z.object({
  component: z.enum(['broker', 'database', 'disk', 'agents', 'audit']),
  status: ComponentHealth.shape.status,
  since: z.string(),
  message: z.string(),
  latencyMs: z.nullable(z.number()),
  p95Ms: z.nullable(z.number()),
  lastError: z.nullable(z.object({ at: z.string(), message: z.string() })),
  /** The last 60 minutes, oldest first. */
  minutes: z.array(Minute),
});
export type ComponentHistory = z.infer<typeof ComponentHistory>;
/**
 * A rate or gauge of the broker over the last hour from real scrapes; null where a scrape is missing, or where the broker started
 * anew and its counters with it: gaps are drawn, never joined. `source` is the metric's own name.
 */
export const MetricSeries = z.object({
  name: z.enum(['http_requests', 'http_failed', 'http_p50', 'http_p95', 'messages_in', 'messages_out', 'connected_agents']),
  unit: z.enum(['per_second', 'ms', 'agents']),
  source: z.string(),
  points: z.array(z.nullable(z.number())),
});
export type MetricSeries = z.infer<typeof MetricSeries>;
/** As bad as the worst component. */
export const SystemHealth = z.object({
  overall: Health.shape.status,
  components: z.array(ComponentHistory),
  /** Time of the newest point; a step is `stepMs`. */
  until: z.string(),
  stepMs: z.int(),
  series: z.array(MetricSeries),
  brokerVersion: z.nullable(z.string()),
  asOf: z.string(),
});
export type SystemHealth = z.infer<typeof SystemHealth>;
/** A generator's key is not told of the agents: they are everybody's. */
export const readSystemHealth = endpoint('GET /api/health', { policy: 'read', audit: 'none', request: {}, response: SystemHealth });
