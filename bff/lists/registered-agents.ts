import type { Desk } from './desk.ts';
import { createSnapshotList } from './snapshot-list.ts';

/** Tenants' views kept at once: those that people look at. */
const mostTenants = 32;

/** Which agents are registered with a generator: what a view of its fleet leaves. */
export function createRegisteredAgents(desk: Desk) {
  const lists = new Map<string, ReturnType<typeof open>>();
  function open(generatorId: string) {
    return createSnapshotList(desk, {
      list: `registered/${generatorId}`,
      names: { sorts: [''], filters: [] },
      read: (scope) => desk.broker.generators.registeredAgents(generatorId, scope),
    });
  }
  function drop(generatorId: string) {
    lists.get(generatorId)?.close();
    lists.delete(generatorId);
    void desk.host.ask('drop', { owner: desk.owner, list: `registered/${generatorId}` });
  }
  return {
    /** Makes sure that the host knows them. @throws `not_found` for a generator that is none */
    async load(generatorId: string): Promise<void> {
      const list = lists.get(generatorId) ?? open(generatorId);
      lists.delete(generatorId);
      lists.set(generatorId, list);
      for (const oldest of lists.keys()) {
        if (lists.size <= mostTenants) break;
        drop(oldest);
      }
      await list.rows([]);
    },
    close() {
      for (const generatorId of lists.keys()) drop(generatorId);
    },
  };
}
