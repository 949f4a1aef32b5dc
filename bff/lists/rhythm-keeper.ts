import type { Clock, Log } from '#contract/ports.ts';
import type { RhythmStore } from './rhythm.ts';
import type { SnapshotHost } from './snapshot-host.ts';

const everyMs = 5 * 60_000;
/** Small enough that no message between threads is felt. */
const chunk = 2_000;

/** Brings rhythms back at the start and saves what was learned every five minutes and at the end. */
export function keepRhythms({ host, store, clock, log }: { host: SnapshotHost; store: RhythmStore; clock: Clock; log: Log }) {
  let cancel: (() => void) | undefined;
  let isClosed = false;

  async function restore() {
    for (let after = ''; ;) {
      const rhythms = await store.read(after, chunk);
      if (rhythms.length > 0) await host.ask('restoreRhythms', { rhythms });
      const last = rhythms.at(-1);
      if (last === undefined || rhythms.length < chunk) return;
      after = last.agentId;
    }
  }
  async function save() {
    for (;;) {
      const rhythms = await host.ask('takeRhythms', { limit: chunk });
      if (rhythms.length > 0) await store.save(rhythms);
      if (rhythms.length < chunk) return;
    }
  }
  const logged = (error: unknown) => log.warn('rhythms were not kept', { error });
  function schedule() {
    if (!isClosed) cancel = clock.setTimer(() => void save().catch(logged).then(schedule), everyMs);
  }
  void restore().catch(logged);
  schedule();

  return {
    async close() {
      isClosed = true;
      cancel?.();
      await save().catch(logged);
    },
  };
}
