import type { Desk } from './desk.ts';
import { createKeptLists } from './kept-lists.ts';
import { createSnapshotList } from './snapshot-list.ts';

/** Tenants' views kept at once: those that people look at. */
const mostTenants = 32;

/** Which agents are registered with a generator: what a view of its fleet leaves. */
export function createRegisteredAgents(desk: Desk) {
  const lists = createKeptLists(desk, {
    most: mostTenants,
    listOf: (generatorId) => `registered/${generatorId}`,
    open: (generatorId) =>
      createSnapshotList(desk, {
        list: `registered/${generatorId}`,
        names: { sorts: [''], filters: [] },
        read: (scope) => desk.broker.generators.registeredAgents(generatorId, scope),
      }),
    letGo: (list) => list.close(),
  });
  return {
    /** Makes sure that the host knows them. @throws `not_found` for a generator that is none */
    async load(generatorId: string): Promise<void> {
      await lists.use(generatorId).rows([]);
    },
    close: () => lists.close(),
  };
}
