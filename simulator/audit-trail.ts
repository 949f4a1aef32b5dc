import type { Caller } from './caller.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './ports.ts';
import type { Micros } from './time.ts';

export interface AuditEntry {
  id: string;
  timestamp: Micros;
  actor_type: 'admin' | 'agent' | 'generator' | 'system';
  actor_id: string | null;
  action: string;
  resource_type: string;
  resource_id: string | null;
  details: Record<string, unknown> | null;
  ip_address?: string;
  user_agent?: string;
}
type Change = Omit<AuditEntry, 'id' | 'timestamp' | 'actor_type' | 'actor_id'>;
export interface AuditTrail {
  /** Oldest first; what is not flushed yet is not among them. */
  readonly entries: readonly AuditEntry[];
  record(actor: Caller | 'admin', change: Change): void;
  authFailed(attempt: { path: string; forwardedFor: string | undefined; userAgent: string | undefined }): void;
  /** Rows as they stood before this broker started. */
  seed(entry: AuditEntry): void;
}

const batchSize = 100;
const flushMs = 1000;
const retention = 90 * 86_400_000_000;

/** Writes reach the log in batches, at most a second late; all rows of a batch carry the time of the flush. */
interface Needs {
  clock: Clock;
  chance: Chance;
  stamp: () => Micros;
  after: (ms: number, callback: () => void) => void;
}
export function auditTrail({ clock, chance, stamp, after }: Needs): AuditTrail {
  const started = clock.now();
  let entries: AuditEntry[] = [];
  let waiting: Omit<AuditEntry, 'timestamp'>[] = [];
  function flush() {
    if (waiting.length === 0) return;
    const timestamp = stamp();
    if (entries[0] && entries[0].timestamp < timestamp - retention)
      entries = entries.filter((entry) => entry.timestamp >= timestamp - retention);
    for (const entry of waiting) entries.push({ ...entry, timestamp });
    waiting = [];
  }
  function add(entry: Omit<AuditEntry, 'id' | 'timestamp'>) {
    waiting.push({ id: chance.uuid(), ...entry });
    if (waiting.length >= batchSize) flush();
    else if (waiting.length === 1) after(flushMs - ((clock.now() - started) % flushMs), flush);
  }
  return {
    get entries() {
      return entries;
    },
    record(actor, change) {
      const isAdmin = actor === 'admin' || actor.kind === 'admin';
      add({ actor_type: isAdmin ? 'admin' : actor.kind, actor_id: isAdmin ? null : actor.id, ...change });
    },
    authFailed({ path, forwardedFor, userAgent }) {
      const address = forwardedFor?.split(',')[0]?.trim();
      add({
        actor_type: 'system',
        actor_id: null,
        action: 'auth.failed',
        resource_type: 'system',
        resource_id: null,
        details: { path, reason: 'invalid_pak' },
        ...(address ? { ip_address: address } : {}),
        ...(userAgent ? { user_agent: userAgent } : {}),
      });
    },
    seed: (entry) => void entries.push(entry),
  };
}
