import * as z from 'zod/mini';

/** The closed catalogue of what the console records; one type per change. */
export const auditTypes = [
  'auth.login.success',
  'auth.login.failure',
  'auth.logout',
  'auth.session.revoked',
  'authz.access.denied',
  'authz.csrf.refused',
  'limits.rate_limited',
  'limits.invalid_requests',
  'admin.setup.completed',
  'admin.user.created',
  'admin.user.link_issued',
  'config.update',
  'agent.created',
  'agent.renamed',
  'agent.activated',
  'agent.deactivated',
  'agent.status_changed',
  'agent.deleted',
  'agent.pak_rotated',
  'agent.label.added',
  'agent.label.removed',
  'agent.annotation.added',
  'agent.annotation.removed',
  'agent.target.added',
  'agent.target.removed',
  'agent.registered',
  'agent.deregistered',
  'stack.created',
  'stack.updated',
  'stack.deleted',
  'stack.label.added',
  'stack.label.removed',
  'stack.annotation.added',
  'stack.annotation.removed',
  'stack.revision.submitted',
  'stack.revision.rolled_back',
  'stack.deletion_marker.submitted',
  'change.external_detected',
  'audit.queried',
  'system.started',
  'system.stopped',
] as const;
export const AuditType = z.enum(auditTypes);
export type AuditType = z.infer<typeof AuditType>;

/** `pending` is an intent whose outcome is not written yet; after a crash it becomes `unknown`. */
export const AuditOutcome = z.enum(['pending', 'success', 'failure', 'denied', 'unknown']);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

export const AuditResource = z.object({ kind: z.string(), id: z.nullable(z.string()), name: z.nullable(z.string()) });
/** What whoever may read the object may also read about its changes (requirement 7.10). */
export const AuditRow = z.object({
  seq: z.int(),
  at: z.string(),
  type: AuditType,
  person: z.nullable(z.object({ id: z.string(), name: z.string(), role: z.string() })),
  resource: AuditResource,
  outcome: AuditOutcome,
  /** Problem code when it did not succeed. */
  code: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  requestId: z.string(),
  /** Coalesced floods: how many events this row stands for. */
  count: z.int(),
});
export type AuditRow = z.infer<typeof AuditRow>;
/** Admin only: addresses, session, before and after, the chain. */
export const AuditDetail = z.extend(AuditRow, {
  endedAt: z.nullable(z.string()),
  method: z.string(),
  path: z.string(),
  status: z.nullable(z.int()),
  /** What the broker answered, where it was asked. */
  upstreamStatus: z.nullable(z.int()),
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  sessionHash: z.nullable(z.string()),
  before: z.nullable(z.unknown()),
  after: z.nullable(z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditDetail = z.infer<typeof AuditDetail>;
