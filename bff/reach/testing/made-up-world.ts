import type { Annotation } from '#contract/agent-tags.ts';

export interface MadeUpAgent {
  labels: Set<string>;
  annotations: Map<string, string>;
  targets: Set<string>;
  registrations: Set<string>;
}
export interface MadeUpStack {
  generatorId: string;
  labels: Set<string>;
  annotations: Map<string, string>;
}
/** A broker's world in plain sets, and targeting as CONTRACT 5.1 and 5.2 put it, one pair at a time. */
export function madeUpWorld(seed: number) {
  let state = seed;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(chance() * limit);
  const newAgent = (): MadeUpAgent => ({ labels: new Set(), annotations: new Map(), targets: new Set(), registrations: new Set() });
  const agents = new Map([['a0', newAgent()]]);
  const stacks = new Map<string, MadeUpStack>([['s0', { generatorId: 'g1', labels: new Set(), annotations: new Map() }]]);
  const labels = ['region:eu', 'region:us', 'region=eu', 'tier:gold', 'tier', 'edge'];
  const generators = ['g1', 'g2', 'g3'];
  function pick<T>(from: readonly T[]): T {
    const item = from[below(from.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  function flip<T>(set: Set<T>, item: T) {
    if (!set.delete(item)) set.add(item);
  }
  function annotate(of: Map<string, string>) {
    const key = pick(['owner', 'zone']);
    if (chance() < 0.3) of.delete(key);
    else of.set(key, pick(['a', 'b']));
  }
  const changes: (() => void)[] = [
    () => void agents.set(`a${below(30)}`, newAgent()),
    () => void (agents.size > 1 && chance() < 0.2 && agents.delete(pick([...agents.keys()]))),
    () => void stacks.set(`s${below(12)}`, { generatorId: pick(generators), labels: new Set(), annotations: new Map() }),
    () => void (stacks.size > 1 && chance() < 0.2 && stacks.delete(pick([...stacks.keys()]))),
    () => onAgent(({ labels: of }) => flip(of, pick(labels))),
    () => onAgent(({ labels: of }) => flip(of, pick(labels))),
    () => onAgent(({ annotations }) => annotate(annotations)),
    () => onAgent(({ targets }) => flip(targets, `s${below(12)}`)),
    () => onAgent(({ registrations }) => flip(registrations, pick(generators))),
    () => onStack(({ labels: of }) => flip(of, pick(labels))),
    () => onStack(({ annotations }) => annotate(annotations)),
    () => onStack((stack) => void (chance() < 0.1 && (stack.generatorId = pick(generators)))),
  ];
  function onAgent(change: (agent: MadeUpAgent) => void) {
    change(pick([...agents.values()]));
  }
  function onStack(change: (stack: MadeUpStack) => void) {
    change(pick([...stacks.values()]));
  }
  function matches(agent: MadeUpAgent, stack: MadeUpStack): boolean {
    for (const label of agent.labels) if (stack.labels.has(label)) return true;
    for (const [key, value] of agent.annotations) if (stack.annotations.get(key) === value) return true;
    return false;
  }
  const listed = (of: Map<string, string>): Annotation[] => [...of].map(([key, value]) => ({ key, value }));

  return {
    agents,
    stacks,
    chance,
    pick,
    change() {
      pick(changes)();
    },
    matches,
    /** `GET /agents/{id}/stacks`. */
    stacksOf(agentId: string): string[] {
      const agent = agents.get(agentId);
      if (agent === undefined) return [];
      return [...stacks].flatMap(([id, stack]) =>
        agent.targets.has(id) || (agent.registrations.has(stack.generatorId) && matches(agent, stack)) ? [id] : [],
      );
    },
    labels: (of: MadeUpAgent | MadeUpStack | undefined) => [...(of?.labels ?? [])],
    annotations: (of: MadeUpAgent | MadeUpStack | undefined) => listed(of?.annotations ?? new Map<string, string>()),
    registered: (generatorId: string) => [...agents].flatMap(([id, { registrations }]) => (registrations.has(generatorId) ? [id] : [])),
    generatorIds: () => [...new Set([...stacks.values()].map(({ generatorId }) => generatorId))],
    rows: () => [...stacks].map(([id, { generatorId }]) => ({ id, generatorId })),
  };
}
export type MadeUpWorld = ReturnType<typeof madeUpWorld>;
