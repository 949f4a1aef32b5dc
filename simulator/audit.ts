import type { AuditEntry } from './audit-trail.ts';
import { admin } from './caller.ts';
import { integer, query, text, timestamp, uuid } from './query.ts';
import { ok, storable } from './replies.ts';
import type { On } from './router.ts';
import { rfc3339 } from './time.ts';
import type { World } from './world.ts';

const filters = query({
  actor_type: text,
  actor_id: uuid,
  action: text,
  resource_type: text,
  resource_id: uuid,
  from: timestamp,
  to: timestamp,
  limit: integer,
  offset: integer,
});
type Filters = ReturnType<typeof filters>;

/** With a `*` at its end an action is a beginning, and what stands before goes to SQL's LIKE as it is: `_` and `%` count there. */
function actionTest(wanted: string | undefined): (action: string) => boolean {
  if (!wanted?.endsWith('*')) return (action) => action === (wanted ?? action);
  const parts = (wanted.slice(0, -1).match(/\\?./gsu) ?? []).map((part) => {
    if (part === '%') return '.*';
    return part === '_' ? '.' : part.slice(-1).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  const pattern = new RegExp(`^${parts.join('')}`, 'su');
  return (action) => pattern.test(action);
}
function matches(entry: AuditEntry, wanted: Filters): boolean {
  return (
    entry.actor_type === (wanted.actor_type ?? entry.actor_type) &&
    entry.actor_id === (wanted.actor_id ?? entry.actor_id) &&
    entry.resource_type === (wanted.resource_type ?? entry.resource_type) &&
    entry.resource_id === (wanted.resource_id ?? entry.resource_id) &&
    entry.timestamp >= (wanted.from ?? entry.timestamp) &&
    (wanted.to === undefined || entry.timestamp < wanted.to)
  );
}

export function audit(on: On, world: World): void {
  /** Resolved when read: a deleted actor keeps its name, a vanished one has none. */
  const actorName = ({ actor_type: type, actor_id: id }: AuditEntry): string | null => {
    if (type === 'admin' || type === 'system') return type;
    return (type === 'agent' ? world.agents.get(id ?? '') : world.generators.get(id ?? ''))?.name ?? null;
  };
  const wire = (entry: AuditEntry) => ({
    id: entry.id,
    timestamp: rfc3339(entry.timestamp),
    actor_type: entry.actor_type,
    actor_id: entry.actor_id,
    action: entry.action,
    resource_type: entry.resource_type,
    resource_id: entry.resource_id,
    details: entry.details,
    ...(entry.ip_address === undefined ? {} : { ip_address: entry.ip_address }),
    ...(entry.user_agent === undefined ? {} : { user_agent: entry.user_agent }),
    created_at: rfc3339(entry.timestamp),
    actor_name: actorName(entry),
  });

  on('GET /api/v1/admin/audit-logs', admin, { query: filters }, ({ query: wanted }) => {
    const limit = Math.min(Math.max(wanted.limit ?? 100, 1), 1000);
    const offset = Math.max(wanted.offset ?? 0, 0);
    for (const value of [wanted.actor_type, wanted.action, wanted.resource_type]) storable(value ?? null, 'failed to query audit logs');
    const hasAction = actionTest(wanted.action);
    const found = world.audit.entries.filter((entry) => hasAction(entry.action) && matches(entry, wanted)).toReversed();
    const logs = found.slice(offset, offset + limit).map(wire);
    return ok({ logs, total: found.length, count: logs.length, limit, offset });
  });
}
