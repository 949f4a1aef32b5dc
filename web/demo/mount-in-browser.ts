import { setupWorker } from 'msw/browser';
import { createSimulator, type Simulator } from '#simulator/simulator.ts';
import type { ScenarioName } from '#simulator/scenarios.ts';
import type { Role } from '#contract/session.ts';
import { createDemoConsole, type DemoConsole, type DemoParts } from './demo-console.ts';
import { browserClock, browserRandom } from './ports.ts';

export interface Mounted {
  simulator: Simulator;
  stop(): void;
}

/** Puts a console behind this page's `/api`: from here on its calls are answered in the page itself. */
export async function carryHere({ handlers }: DemoConsole): Promise<{ stop(): void }> {
  const worker = setupWorker(...handlers);
  await worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` },
  });
  return { stop: () => void worker.stop() };
}

/** For component tests: the real routes over a made-up broker, in a browser without a server. */
export async function mountInBrowser({
  scenario = 'empty',
  role = 'admin',
}: { scenario?: ScenarioName; role?: Role } = {}): Promise<Mounted> {
  const adminPak = demoPak();
  const simulator = createSimulator({ seed: 1, clock: browserClock, scenario, adminPak });
  const kept: DemoParts['kept'] = { role, sealingKey: browserRandom.bytes(32), ledger: [], drafts: [] };
  const carried = await carryHere(await createDemoConsole({ simulator, adminPak, kept, snapshotMinMs: 0 }));
  return {
    simulator,
    stop() {
      carried.stop();
      simulator.stop();
    },
  };
}

/** Opens the made-up broker of this page and nothing else. */
export const demoPak = (): string =>
  `brokkr_BRdemo00_${Array.from(browserRandom.bytes(33), (byte) => alphabet.charAt(byte % alphabet.length)).join('')}`;
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
