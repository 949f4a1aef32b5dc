import type { Clock, Log } from '#contract/ports.ts';
import type { ReachIndex } from './index.ts';
import { reachKinds } from './records.ts';
import type { ReachStore } from './records.ts';

const everyMs = 60_000;
/** Small enough that taking or bringing back so many is not felt by a request. */
const chunk = 500;

interface KeeperOptions {
  index: ReachIndex;
  store: ReachStore;
  /** The credential whose index this is. */
  owner: string;
  clock: Clock;
  log: Log;
}
/** Brings an index back and, once that is done, saves what changed every minute and at the end. */
export function keepReach({ index, store, owner, clock, log }: KeeperOptions) {
  let cancel: (() => void) | undefined;
  let isClosed = false;

  async function restore() {
    for (const kind of reachKinds) {
      for (let after = ''; ;) {
        const records = await store.read(owner, kind, after, chunk);
        index.restore(records);
        const last = records.at(-1);
        if (last === undefined || records.length < chunk) break;
        after = last.id;
      }
    }
  }
  async function save() {
    for (;;) {
      const changes = index.takeChanges(chunk);
      if (changes.records.length + changes.gone.length === 0) return;
      try {
        await store.save(owner, changes.records, changes.gone);
      } catch (error) {
        index.returnChanges(changes);
        throw error;
      }
    }
  }
  const logged = (error: unknown) => log.warn('the reach index was not kept', { error });
  function schedule() {
    if (!isClosed) cancel = clock.setTimer(() => void save().catch(logged).then(schedule), everyMs);
  }
  const restored = restore().catch(logged).then(schedule);

  return {
    /** What an earlier life knew is there: a walk that starts after it reads the oldest first. */
    restored,
    async close() {
      isClosed = true;
      cancel?.();
      await restored;
      await save().catch(logged);
    },
  };
}
