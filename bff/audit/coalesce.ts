import type { AuditType } from '#contract/audit.ts';
import type { Clock } from '#contract/ports.ts';
import type { Entry } from './entry.ts';

interface Flood {
  windowMs: number;
  /** Not worth a row before it happened this often within the window. */
  from: number;
}
const minute = 60_000;
/** What anybody can cause as often as they like. Everything else gets a row each. */
const floods: Partial<Record<AuditType, Flood>> = {
  'auth.login.failure': { windowMs: minute, from: 1 },
  'authz.access.denied': { windowMs: minute, from: 1 },
  'authz.csrf.refused': { windowMs: minute, from: 1 },
  'limits.rate_limited': { windowMs: minute, from: 1 },
  'limits.invalid_requests': { windowMs: minute, from: 20 },
  'audit.queried': { windowMs: 15 * minute, from: 1 },
};
/** Sources told apart at the same time; beyond it one row stands for all the others of its type. */
const mostSources = 50;

export interface Coalescer {
  /** Writes the first of its kind at once and the number of the others when their window is over. */
  put(entry: Entry): Promise<void>;
  /** Writes what is held; for the end of the process. */
  flush(): Promise<void>;
}

export function createCoalescer(clock: Clock, write: (entry: Entry) => Promise<void>, failed: (error: unknown) => void): Coalescer {
  const sources = new Map<string, { last: Entry; held: number; isTold: boolean; stop: () => void }>();

  const writeHeld = async (key: string): Promise<void> => {
    const source = sources.get(key);
    if (!source || source.held === 0) return;
    const count = source.held;
    source.held = 0;
    await write({ ...source.last, count }).catch((error: unknown) => {
      source.held += count; // the next window tries again
      throw error;
    });
  };
  const closeWindow = (key: string, { windowMs, from }: Flood): void => {
    const source = sources.get(key);
    if (!source) return;
    if (source.held === 0 || (!source.isTold && source.held < from)) {
      sources.delete(key);
      return;
    }
    writeHeld(key).catch(failed);
    source.stop = clock.setTimer(() => closeWindow(key, { windowMs, from }), windowMs);
  };

  return {
    async put(entry) {
      const flood = floods[entry.type];
      if (!flood) return write(entry);
      const own = sourceOf(entry);
      const isCrowded = sources.size >= mostSources && !sources.has(own);
      const key = isCrowded ? entry.type : own;
      const told = isCrowded ? { ...entry, person: null, ip: null, userAgent: null, resource: null } : entry;
      let source = sources.get(key);
      if (!source) {
        source = { last: told, held: 0, isTold: false, stop: clock.setTimer(() => closeWindow(key, flood), flood.windowMs) };
        sources.set(key, source);
      }
      source.last = told;
      source.held += 1;
      if (source.isTold || source.held < flood.from) return undefined;
      source.isTold = true;
      return writeHeld(key);
    },
    async flush() {
      for (const { stop } of sources.values()) stop();
      await Promise.all([...sources].filter(([, { isTold }]) => isTold).map(([key]) => writeHeld(key)));
      sources.clear();
    },
  };
}
const sourceOf = (entry: Entry): string =>
  JSON.stringify([entry.type, entry.person?.id, entry.ip, entry.method, entry.path, entry.code, entry.resource?.id, entry.after]);
