import { agentReadMs, createAnswers, stackReadMs } from './answers.ts';
import { createFacts } from './facts.ts';
import type { Facts } from './facts.ts';
import { createGraph } from './graph.ts';
import type { AgentNode, GeneratorNode, StackNode } from './nodes.ts';
import { createRecords } from './records.ts';
import type { ReachKind, ReachRecord } from './records.ts';

export interface ReachChanges {
  records: ReachRecord[];
  gone: { kind: ReachKind; id: string }[];
}
/** What is in the index and when the oldest part of it was asked for, `-Infinity` where a part was not read yet. */
export interface ReadTimes {
  id: string;
  readMs: number;
}

/**
 * Which agents each stack reaches and why, held in memory: made for 100,000 agents and 10,000 stacks. `onAgent` is told of
 * each agent of which something was learned, or that is gone.
 */
export function createReachIndex(onAgent: (agentId: string) => void = () => undefined) {
  const graph = createGraph();
  const records = createRecords(graph);
  const changed = { agent: new Set<string>(), stack: new Set<string>(), generator: new Set<string>() };
  let version = 0;
  /** Whether it is known which agents and which stacks there are. */
  const isSet = { agent: false, stack: false, generator: false };
  function note(kind: ReachKind, id: string) {
    changed[kind].add(id);
    if (kind === 'agent') onAgent(id);
    version += 1;
  }
  const put = createFacts(graph, (node: AgentNode | StackNode | GeneratorNode) => {
    note('stacksMs' in node ? 'agent' : 'stacks' in node ? 'generator' : 'stack', node.id);
  });
  const answers = createAnswers(graph, () => version);
  function agentsSet(difference: ReturnType<Facts['setAgents']>) {
    isSet.agent = true;
    for (const id of difference.removed) note('agent', id);
    return difference;
  }

  return {
    put: {
      ...put,
      setAgents: (ids: readonly string[]) => agentsSet(put.setAgents(ids)),
      changeAgents: (there: Iterable<string>, gone: readonly string[]) => agentsSet(put.changeAgents(there, gone)),
      setStacks(rows: readonly { id: string; generatorId: string }[]) {
        isSet.stack = true;
        const difference = put.setStacks(rows);
        for (const id of difference.removed) note('stack', id);
        return difference;
      },
    } satisfies Facts,
    ...answers,
    /** Rises with each change of what is known, times of reading among it. */
    version: () => version,

    /** Undefined for what is not there. */
    readMs(kind: ReachKind, id: string): number | undefined {
      if (kind === 'generator') return graph.generator(id).agentsMs;
      const node = kind === 'agent' ? graph.agentOf(id) : graph.stackOf(id);
      return node && ('stacksMs' in node ? agentReadMs(node) : stackReadMs(node));
    },
    agentTimes: (): ReadTimes[] => graph.agents().map((agent) => ({ id: agent.id, readMs: agentReadMs(agent) })),
    stackTimes: (): ReadTimes[] => graph.stacks().map((stack) => ({ id: stack.id, readMs: stackReadMs(stack) })),
    /** Generators that own a stack: registrations with others lead nowhere. */
    generatorTimes: (): ReadTimes[] =>
      graph
        .generators()
        .filter(({ stacks }) => stacks.size > 0)
        .map(({ id, agentsMs }) => ({ id, readMs: agentsMs })),

    /** Brings back what was known in an earlier life, but for what is gone since; stacks and generators before agents. */
    restore(from: readonly ReachRecord[]) {
      for (const record of from) {
        if (isSet[record.kind] && this.readMs(record.kind, record.id) === undefined) continue;
        records.restore(record);
        if (record.kind === 'agent') onAgent(record.id);
      }
      version += 1;
    },
    /** Up to `limit` records that changed since they were last taken. */
    takeChanges(limit: number): ReachChanges {
      const taken: ReachChanges = { records: [], gone: [] };
      const take = <N>(kind: ReachKind, nodeOf: (id: string) => N | undefined, record: (node: N) => ReachRecord) => {
        for (const id of changed[kind]) {
          if (taken.records.length + taken.gone.length === limit) return;
          changed[kind].delete(id);
          const node = nodeOf(id);
          if (node === undefined) taken.gone.push({ kind, id });
          else taken.records.push(record(node));
        }
      };
      take('stack', (id) => graph.stackOf(id), records.ofStack);
      take('generator', (id) => graph.generator(id), records.ofGenerator);
      take('agent', (id) => graph.agentOf(id), records.ofAgent);
      return taken;
    },
    /** What could not be saved is taken again next time. */
    returnChanges({ records: unsaved, gone }: ReachChanges) {
      for (const { kind, id } of [...unsaved, ...gone]) changed[kind].add(id);
    },
  };
}
export type ReachIndex = ReturnType<typeof createReachIndex>;
