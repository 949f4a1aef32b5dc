import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';

/** Health, as monitoring reads it: names keep the snake_case of the requirements. */
export const ComponentHealth = z.object({
  component: z.enum(['broker', 'database', 'disk']),
  status: z.enum(['ok', 'degraded', 'failed']),
  /** Signed-in people only; anonymous callers see names and states. */
  message: z.optional(z.string()),
  latency_ms: z.optional(z.number()),
});
export const Health = z.object({ status: z.enum(['ok', 'degraded', 'failed']), components: z.array(ComponentHealth) });
export type Health = z.infer<typeof Health>;
/** A whole is as bad as its worst part. */
export const worstOf = (parts: readonly Pick<Health, 'status'>[]): Health['status'] =>
  (['failed', 'degraded'] as const).find((state) => parts.some(({ status }) => status === state)) ?? 'ok';

/** Something about this installation that a person should mend (requirement 11.8). */
export const Warning = z.enum(['default_admin_pak_active', 'plain_http_upstream', 'audit_chain_broken', 'changes_stopped']);
export const Status = z.object({
  version: z.string(),
  commit: z.nullable(z.string()),
  builtAt: z.nullable(z.string()),
  startedAt: z.string(),
  uptimeMs: z.int(),
  environment: z.string(),
  sessions: z.int(),
  changesHandled: z.int(),
  activeAgents: z.nullable(z.int()),
  lastHeartbeatAgeMs: z.nullable(z.int()),
  health: Health,
  /** Configuration in effect, secrets as "set" or "unset". */
  configuration: z.record(z.string(), z.string()),
  warnings: z.array(Warning),
});
export type Status = z.infer<typeof Status>;
export const readStatus = endpoint('GET /api/status', { policy: 'session', audit: 'none', request: {}, response: Status });
