import type { Seed } from '#simulator/builders.ts';
import type { Fault } from '#simulator/faults.ts';
import type { ScenarioName } from '#simulator/scenarios.ts';
import { createSimulator, type Simulator } from '#simulator/simulator.ts';
import { listen } from '#simulator/port/listen.ts';
import { systemClock } from '#simulator/port/system-clock.ts';
import { pakShaped } from './canary.ts';

const adminPak = 'brokkr_BRe2etst_7Ws2KqXbV9nRtY4mLpHc6ZdGf8JaEu3T';

interface BrokerRevision {
  id: string;
  sequence_id: number;
  yaml_content: string;
  is_deletion_marker: boolean;
}
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
  let hasFailed = false;
  /** Asks the broker past the console, as another tool does. */
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { authorization: adminPak, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(port.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
  return {
    url: port.url,
    adminPak,
    seed: (told: Seed) => simulator.seed(told),
    faults: {
      set(...faults: readonly Fault[]) {
        hasFailed = true;
        simulator.faults.set(...faults);
      },
    },
    /** Whether it was away or answered by a fault since this was last asked. */
    hasFailed(): boolean {
      const failed = hasFailed;
      hasFailed = false;
      return failed;
    },
    /** The agents of the world as it is now. */
    get agents() {
      return simulator.agents;
    },
    call,
    /** Id of a stack by its name. */
    async stackId(name: string): Promise<string> {
      const stack = (await call<{ id: string; name: string }[]>('GET', '/api/v1/stacks')).find((one) => one.name === name);
      if (stack === undefined) throw new Error(`There is no stack "${name}".`);
      return stack.id;
    },
    /** Revisions of a stack, newest first, as the broker has them. */
    revisions: (stackId: string) => call<BrokerRevision[]>('GET', `/api/v1/stacks/${stackId}/deployment-objects`),
    /** Somebody else submits, without the console. */
    submit: (stackId: string, yaml: string) =>
      call<BrokerRevision>('POST', `/api/v1/stacks/${stackId}/deployment-objects`, { yaml_content: yaml, is_deletion_marker: false }),
    count: simulator.count,
    /** Another world, without faults and with the port open. */
    async reset(scenario: ScenarioName = 'empty'): Promise<void> {
      simulator.reset(scenario);
      await port.start();
    },
    /** Ends every connection and refuses new ones, as a killed broker does. */
    kill(): Promise<void> {
      hasFailed = true;
      return port.stop();
    },
    revive: () => port.start(),
    issuedPaks: (): ReadonlySet<string> => issued,
    async close(): Promise<void> {
      simulator.stop();
      await port.stop();
    },
  };
}
