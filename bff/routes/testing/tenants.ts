import { aGenerator, anAgent, aStack } from '#simulator/builders.ts';
import { startTestConsole } from './console.ts';
import type { TestConsole } from './console.ts';

/** The keys of the two generators. */
export const paks = { red: 'brokkr_BRtstred_9DrnSwYy5Jo3cVgZx8LeQt2MhAbFkW4uR', blue: 'brokkr_BRtstblu_7BpnQuWw3Gm1cSgZx6JeNr8KfYbDhV2sR' };
/** Ids of what two tenants own, and of the agent that is registered with both. */
type Ids = Record<'red' | 'blue' | 'redStack' | 'blueStack' | 'redAgent' | 'blueAgent' | 'both', string>;
export type Tenant = keyof typeof paks;

/** A console over a broker with two tenants, red and blue. */
export async function startWithTenants(options: Parameters<typeof startTestConsole>[0] = {}): Promise<{ it: TestConsole; ids: Ids }> {
  const it = await startTestConsole({ scenario: 'empty', ...options });
  const { generators, stacks, agents } = it.simulator.seed({
    generators: [aGenerator({ name: 'red', pak: paks.red }), aGenerator({ name: 'blue', pak: paks.blue })],
    stacks: [aStack({ name: 'red-shop', generator: 'red', labels: ['tier:1'] }), aStack({ name: 'blue-bank', generator: 'blue' })],
    agents: [
      anAgent({ name: 'red-one', generators: ['red'], labels: ['region:eu'] }),
      anAgent({ name: 'blue-one', generators: ['blue'], clusterName: 'lab-blue' }),
      anAgent({ name: 'shared', generators: ['red', 'blue'], heartbeatAgeSeconds: 3_600 }),
    ],
  });
  const id = (rows: { id: string }[], at: number) => rows[at]?.id ?? '';
  const ids = {
    red: id(generators, 0),
    blue: id(generators, 1),
    redStack: id(stacks, 0),
    blueStack: id(stacks, 1),
    redAgent: id(agents, 0),
    blueAgent: id(agents, 1),
    both: id(agents, 2),
  };
  return { it, ids };
}
