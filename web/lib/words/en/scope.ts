import { counted } from '#web/lib/numbers.ts';

/** Words of the tenant scope: whose agents and stacks the pages show. */
export const scope = {
  all: 'All tenants',
  label: (tenant: string) => `Tenant scope: ${tenant}`,
  notScoped: 'not scoped',
  choose: 'Show the agents and stacks of',
  find: 'Find a tenant',
  reading: 'Reading the tenants…',
  notRead: 'The tenants were not read.',
  none: 'No tenant of this name',
  more: (shown: number, total: number) => `${shown} of ${counted(total, 'tenant')}; type to find others.`,
  inactive: 'inactive',
  unknown: (id: string) => `tenant ${id.slice(0, 8)}`,
  hiddenAgents: (count: number) => `${counted(count, 'agent')} hidden by scope`,
  meaning: {
    applied: 'A generator is a tenant. The lists show its stacks, and the agents registered with it. It hides, it does not protect.',
    object: 'This page shows one thing whole, whatever the scope. The scope is kept for the lists.',
    none: 'This page is about the whole installation and cannot be scoped. The scope is kept for the lists.',
  },
  own: (tenant: string) => `Your key: ${tenant}`,
  ownMeaning: (tenant: string) =>
    `You ride the key of the generator ${tenant}: all you see is its own world. It shows its stacks and the records of agents registered with it; what the broker does not show to it says so.`,
} as const;
