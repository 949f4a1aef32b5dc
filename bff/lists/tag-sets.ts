import type { CallScope } from '#bff/broker/broker-http.ts';
import { dated } from './desk.ts';
import type { Desk } from './desk.ts';
import { createSharedReads } from './shared-reads.ts';
import type { Read } from './shared-reads.ts';

const mostSets = 20_000;

export interface TagSet<T> {
  items: T[];
  etag: string;
  asOf: string;
  ageMs: number;
}
interface TagSetOptions<T> {
  read: (ownerId: string, scope: CallScope) => Promise<T[]>;
  etag: (items: readonly T[]) => Promise<string>;
}

/** A small set that hangs on each owner, read one owner at a time: the broker has no bulk read and announces no change. */
export function createTagSets<T>({ clock }: Pick<Desk, 'clock'>, { read, etag }: TagSetOptions<T>) {
  const sets = createSharedReads<T[]>({ clock, most: mostSets });

  async function shown({ value, arrivedMs }: Read<T[]>): Promise<TagSet<T>> {
    return { items: value, etag: await etag(value), ...dated(arrivedMs, clock) };
  }
  const load = (ownerId: string, maxAgeMs: number, scope: CallScope) =>
    sets.read(ownerId, { maxAgeMs, signal: scope.signal }, (signal) => read(ownerId, { requestId: scope.requestId, signal }));

  return {
    load,
    peek: sets.peek,
    young: sets.young,
    forget: (ownerId: string) => sets.forget(ownerId),
    /** At most `maxAgeMs` old. */
    read: async (ownerId: string, maxAgeMs: number, scope: CallScope) => shown(await load(ownerId, maxAgeMs, scope)),
    /** As the set is this moment. */
    async fresh(ownerId: string, scope: CallScope): Promise<TagSet<T>> {
      sets.forget(ownerId);
      return shown(await load(ownerId, 0, scope));
    },
    /** After the console's own change: what the broker holds now, or what it must hold if it cannot be asked just then. */
    async changed(ownerId: string, expected: T[], scope: CallScope): Promise<TagSet<T>> {
      sets.forget(ownerId);
      try {
        return await shown(await load(ownerId, 0, scope));
      } catch {
        return shown(sets.put(ownerId, expected));
      }
    },
  };
}
export type TagSets<T> = ReturnType<typeof createTagSets<T>>;
