import type { Seed } from '#simulator/builders.ts';
import type { ScenarioName } from '#simulator/scenarios.ts';
import { createSimulator, type Simulator } from '#simulator/simulator.ts';
import { listen } from '#simulator/port/listen.ts';
import { systemClock } from '#simulator/port/system-clock.ts';
import { pakShaped } from './canary.ts';

const adminPak = 'brokkr_BRe2etst_7Ws2KqXbV9nRtY4mLpHc6ZdGf8JaEu3T';

export type TestBroker = Awaited<ReturnType<typeof startBroker>>;

/** A simulated broker on a loopback port of the test's own process; remembers every key that it hands out. */
export async function startBroker() {
  const issued = new Set([adminPak]);
  const simulator = createSimulator({ seed: 1, clock: systemClock, scenario: 'empty', adminPak });
  const text = new TextDecoder();
  const tapped: Simulator = {
    ...simulator,
    async send(request) {
      const answer = await simulator.send(request);
      if (request.method === 'POST') for (const pak of pakShaped(text.decode(answer.bytes))) issued.add(pak);
      return answer;
    },
  };
  const port = await listen(tapped, { port: 0 });
  return {
    url: port.url,
    adminPak,
    seed: (told: Seed) => simulator.seed(told),
    faults: simulator.faults,
    /** The agents of the world as it is now. */
    get agents() {
      return simulator.agents;
    },
    count: simulator.count,
    /** Another world, without faults and with the port open. */
    async reset(scenario: ScenarioName = 'empty'): Promise<void> {
      simulator.reset(scenario);
      await port.start();
    },
    /** Ends every connection and refuses new ones, as a killed broker does. */
    kill: () => port.stop(),
    revive: () => port.start(),
    issuedPaks: (): ReadonlySet<string> => issued,
    async close(): Promise<void> {
      simulator.stop();
      await port.stop();
    },
  };
}
