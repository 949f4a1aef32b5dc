import { parseArgs } from 'node:util';
import { scenarioNames, type ScenarioName, scenarios } from '#simulator/scenarios.ts';
import { createSimulator } from '#simulator/simulator.ts';
import { listen } from './listen.ts';
import { systemClock } from './system-clock.ts';

const usage = `npm run simulator -- [--scenario default] [--agents 10000] [--port 3999] [--seed 1] [--admin-pak <key>]

Scenarios:
${scenarioNames.map((name) => `  ${name.padEnd(14)}${scenarios[name].about}`).join('\n')}

Without --admin-pak it accepts the admin key that brokers ship with.`;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  return /^\d+$/.test(text) && value <= most ? value : fail(`--${name} takes a whole number up to ${String(most)}, not "${text}".`);
}
function scenarioOf(text: string): ScenarioName {
  return scenarioNames.find((name) => name === text) ?? fail(`There is no scenario "${text}". There are: ${scenarioNames.join(', ')}.`);
}
function options() {
  try {
    const { values } = parseArgs({
      options: {
        scenario: { type: 'string', default: 'default' },
        agents: { type: 'string', default: '0' },
        port: { type: 'string', default: '3999' },
        seed: { type: 'string', default: '1' },
        'admin-pak': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const told = options();
if (told.help) {
  console.log(usage);
  process.exit(0);
}
const scenario = scenarioOf(told.scenario);
const agents = wholeNumber('agents', told.agents, 100_000);
const port = wholeNumber('port', told.port, 65_535);
const adminPak = told['admin-pak'];
if (adminPak !== undefined && adminPak.split('_').length !== 3) fail('--admin-pak takes a key of three parts joined by "_".');

const simulator = createSimulator({
  seed: told.seed,
  clock: systemClock,
  scenario,
  agents,
  ...(adminPak === undefined ? {} : { adminPak }),
});
const { url } = await listen(simulator, { port }).catch((error: NodeJS.ErrnoException) =>
  fail(error.code === 'EADDRINUSE' ? `Port ${told.port} is taken: stop what listens there, or name another with --port.` : error.message),
);
console.log(`Simulated broker on ${url}: scenario ${scenario}, ${String(simulator.agents.all().length)} agents, seed ${told.seed}.`);
