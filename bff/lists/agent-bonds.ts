import type { CallScope } from '#bff/broker/broker-http.ts';
import type { AgentRegistration, AgentTarget } from '#contract/agent-bonds.ts';
import { ProblemError } from '#contract/problem.ts';
import { dated, singleMs } from './desk.ts';
import type { Desk } from './desk.ts';
import { createSharedReads } from './shared-reads.ts';
import type { Read, SharedReads } from './shared-reads.ts';
import type { StackLists } from './stacks.ts';
import type { GeneratorLists } from './generators.ts';

const mostAgents = 1_000;

export interface Registration {
  generatorId: string;
  registeredAt: string;
}
export interface Bonds<Row> {
  rows: Row[];
  asOf: string;
  ageMs: number;
}

/** What the broker holds after a change, or what it must hold if it cannot be asked just then: the change is done either way. */
async function reload<T>(agentId: string, reads: SharedReads<T>, read: Promise<Read<T>>, expected: T): Promise<Read<T>> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ProblemError) return reads.put(agentId, expected);
    throw error;
  }
}

/** What binds one agent to stacks and generators, with their names. */
export function createAgentBondLists(desk: Desk, generators: GeneratorLists, stacks: StackLists) {
  const { broker, clock } = desk;
  const targets = createSharedReads<string[]>({ clock, most: mostAgents });
  const registrations = createSharedReads<Registration[]>({ clock, most: mostAgents });

  const load =
    <T>(reads: SharedReads<T>, read: (agentId: string, scope: CallScope) => Promise<T>) =>
    (agentId: string, scope: CallScope) =>
      reads.read(agentId, { maxAgeMs: singleMs(desk), signal: scope.signal }, (signal) =>
        read(agentId, { requestId: scope.requestId, signal }),
      );
  const loadTargets = load(targets, (agentId, scope) => broker.agentBonds.targets(agentId, scope));
  const loadRegistrations = load(registrations, (agentId, scope) => broker.agentBonds.registrations(agentId, scope));

  async function showTargets({ value: stackIds, arrivedMs }: Read<string[]>): Promise<Bonds<AgentTarget>> {
    const known = await stacks.rows(stackIds);
    const rows = stackIds.map((stackId, index) => {
      const stack = known[index];
      return {
        stackId,
        stackName: stack?.name ?? null,
        generatorId: stack?.generatorId ?? null,
        generatorName: stack?.generatorName ?? null,
      };
    });
    return { rows, ...dated(arrivedMs, clock) };
  }
  /** The system generator is in no list: it is asked for by the id that only registrations name. */
  async function generatorOf(
    generatorId: string,
    name: string | undefined,
    scope: CallScope,
  ): Promise<{ name: string | null; isSystem: boolean }> {
    if (name !== undefined) return { name, isSystem: false };
    try {
      return await generators.single(generatorId, scope);
    } catch (error) {
      if (error instanceof ProblemError) return { name: null, isSystem: false };
      throw error;
    }
  }

  async function showRegistrations(
    { value, arrivedMs }: Read<Registration[]>,
    stackIds: readonly string[],
    scope: CallScope,
  ): Promise<Bonds<AgentRegistration>> {
    const [known, targeted] = await Promise.all([generators.rows(value.map(({ generatorId }) => generatorId)), stacks.rows(stackIds)]);
    const rows = await Promise.all(
      value.map(async ({ generatorId, registeredAt }, index) => {
        const { name, isSystem } = await generatorOf(generatorId, known[index]?.name, scope);
        return {
          generatorId,
          generatorName: name,
          isSystem,
          registeredAt,
          targets: targeted.filter((stack) => stack?.generatorId === generatorId).length,
        };
      }),
    );
    return { rows, ...dated(arrivedMs, clock) };
  }
  function forget(agentId: string) {
    targets.forget(agentId);
    registrations.forget(agentId);
  }

  return {
    /** Nothing read before is shown again; targets and registrations hang together. */
    forget,
    targets: async (agentId: string, scope: CallScope) => showTargets(await loadTargets(agentId, scope)),
    async registrations(agentId: string, scope: CallScope): Promise<Bonds<AgentRegistration>> {
      const [read, { value: stackIds }] = await Promise.all([loadRegistrations(agentId, scope), loadTargets(agentId, scope)]);
      return showRegistrations(read, stackIds, scope);
    },
    /** What is bound to the agent this moment, for a change that is about to be made. */
    async before(agentId: string, scope: CallScope): Promise<{ stackIds: string[]; registrations: Registration[] }> {
      forget(agentId);
      const [stackIds, registered] = await Promise.all([loadTargets(agentId, scope), loadRegistrations(agentId, scope)]);
      return { stackIds: stackIds.value, registrations: registered.value };
    },
    /** @param expected ids of the stacks that must be targets now */
    async targetsAfter(agentId: string, expected: string[], scope: CallScope): Promise<Bonds<AgentTarget>> {
      forget(agentId);
      return showTargets(await reload(agentId, targets, loadTargets(agentId, scope), expected));
    },
    async registrationsAfter(
      agentId: string,
      expected: { registrations: Registration[]; stackIds: string[] },
      scope: CallScope,
    ): Promise<Bonds<AgentRegistration>> {
      forget(agentId);
      const [read, { value: stackIds }] = await Promise.all([
        reload(agentId, registrations, loadRegistrations(agentId, scope), expected.registrations),
        reload(agentId, targets, loadTargets(agentId, scope), expected.stackIds),
      ]);
      return showRegistrations(read, stackIds, scope);
    },
  };
}
