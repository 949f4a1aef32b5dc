import type { ReachRecord, ReachStore } from './records.ts';

/** An index that rests in memory only: for the demo, where a walk over the simulator is short. */
export function createMemoryReachStore(): ReachStore {
  const owners = new Map<string, Map<string, ReachRecord>>();
  return {
    read(owner, kind, after, limit) {
      const records = [...(owners.get(owner)?.values() ?? [])].filter((record) => record.kind === kind && record.id > after);
      return Promise.resolve(records.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit));
    },
    save(owner, records, gone) {
      const kept = owners.get(owner) ?? new Map<string, ReachRecord>();
      owners.set(owner, kept);
      for (const record of records) kept.set(`${record.kind}/${record.id}`, record);
      for (const { kind, id } of gone) kept.delete(`${kind}/${id}`);
      return Promise.resolve();
    },
  };
}
