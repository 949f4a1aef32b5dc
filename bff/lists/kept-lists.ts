import type { Desk } from './desk.ts';
import type { ListName } from './snapshot-host.ts';

/** Lets the host forget a list, or all of an owner's. A host that cannot be told has died, and its lists with it. */
export function dropFrom({ host, owner }: Pick<Desk, 'host' | 'owner'>, list?: ListName): void {
  host.ask('drop', { owner, ...(list !== undefined && { list }) }).catch(() => undefined);
}

interface KeptListsOptions<T> {
  /** So many are kept: those used last. */
  most: number;
  listOf: (id: string) => ListName;
  /** What is known here of a list that the host keeps. */
  open: (id: string) => T;
  letGo?: (kept: T, id: string) => void;
}
/** Lists of single things, which the host keeps for those that people look at. */
export function createKeptLists<T>(desk: Pick<Desk, 'host' | 'owner'>, { most, listOf, open, letGo }: KeptListsOptions<T>) {
  const lists = new Map<string, T>();

  function drop(id: string, list: T) {
    lists.delete(id);
    letGo?.(list, id);
    dropFrom(desk, listOf(id));
  }
  return {
    /** Makes this the one used last. */
    use(id: string): T {
      const list = lists.get(id) ?? open(id);
      lists.delete(id);
      lists.set(id, list);
      for (const [oldest, other] of lists) {
        if (lists.size <= most) break;
        drop(oldest, other);
      }
      return list;
    },
    close() {
      for (const [id, list] of lists) drop(id, list);
    },
  };
}
