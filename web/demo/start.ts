import { createSimulator } from '#simulator/simulator.ts';
import { scenarioNames, type ScenarioName } from '#simulator/scenarios.ts';
import type { SavedWorld } from '#simulator/saved-world.ts';
import { demo as words } from '#web/lib/words/en/demo.ts';
import { offerStartOver } from '#web/stores/demo.ts';
import { createDemoConsole, type Kept } from './demo-console.ts';
import { carryHere, demoPak } from './mount-in-browser.ts';
import { showNotice } from './notice.ts';
import { becomeTheDemo, takeOver } from './only-tab.ts';
import { browserClock } from './ports.ts';
import { savedWorlds } from './saved-worlds.ts';

/** Changes with every change of what is kept: an older world is not read, another begins. */
const version = 1;
interface Visit extends Kept {
  version: number;
  broker: SavedWorld;
}

/** Makes this tab the broker and the console of the demo; settles once its calls are answered here, and never where that cannot be. */
export async function startDemo(): Promise<void> {
  if (!globalThis.isSecureContext) return showNotice(words.notHere);
  const wanted = new URLSearchParams(location.search).get('scenario') ?? 'default';
  const scenario = scenarioNames.find((name) => name === wanted);
  if (scenario === undefined) return showNotice({ title: words.noScenario.title(wanted), text: words.noScenario.text(scenarioNames) });
  const held = await becomeTheDemo();
  if (held === undefined) {
    await showNotice(words.elsewhere);
    return takeItHere();
  }
  const stop = await run(scenario);
  void whenLost(held.lost, stop);
}
async function whenLost(lost: Promise<void>, stop: () => void): Promise<void> {
  await lost;
  stop();
  await showNotice(words.lost);
  await takeItHere();
}
/** The stolen lock falls free with this page's end, and its next beginning finds it so. */
async function takeItHere(): Promise<void> {
  await takeOver();
  location.reload();
  return new Promise(() => undefined);
}

async function run(scenario: ScenarioName): Promise<() => void> {
  const saved = savedWorlds(scenario);
  const earlier = (await saved.read()) as Partial<Visit> | undefined;
  const visit = earlier?.version === version ? (earlier as Visit) : undefined;
  const adminPak = demoPak();
  const simulator = createSimulator({ seed: 1, clock: browserClock, scenario, adminPak, ...(visit && { saved: visit.broker }) });
  let isHere = true;
  const keep = async () => {
    const kept = await console.keep();
    if (isHere) await saved.write({ ...kept, version, broker: simulator.save() } satisfies Visit);
  };
  const console = await createDemoConsole({ simulator, adminPak, kept: visit, onChange: keep });
  const carried = await carryHere(console);
  offerStartOver(() => {
    isHere = false;
    void saved.forget().then(() => location.assign(location.pathname + location.search)); // without the #: where one was may not exist any more
  });
  return () => {
    isHere = false;
    carried.stop();
    simulator.stop();
  };
}
