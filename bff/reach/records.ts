import type { Annotation } from '#contract/agent-tags.ts';
import type { Graph } from './graph.ts';
import { never } from './nodes.ts';
import type { AgentNode, GeneratorNode, StackNode } from './nodes.ts';
import { annotationOf, annotationTag, labelOf, labelTag } from './tags.ts';

interface Read<T> {
  value: T;
  readMs: number;
}
/** One fact sheet of the index as it outlives a restart; null is what was not read yet. */
export type ReachRecord =
  | { kind: 'stack'; id: string; generatorId: string; labels: Read<string[]> | null; annotations: Read<Annotation[]> | null }
  | {
      kind: 'agent';
      id: string;
      labels: Read<string[]> | null;
      annotations: Read<Annotation[]> | null;
      /** Ids of stacks. */
      targets: Read<string[]> | null;
      /** How the broker's answer differs from what the facts explain: ids of stacks. */
      stacks: Read<{ beyond: string[]; denied: string[] }> | null;
      /** Ids of generators. The time is that of the agent's own list, null where only generators were asked. */
      registrations: { value: string[]; readMs: number | null };
    }
  | { kind: 'generator'; id: string; readMs: number };
export type ReachKind = ReachRecord['kind'];
/** Agents name stacks and generators, so they come last when all is brought back. */
export const reachKinds: readonly ReachKind[] = ['stack', 'generator', 'agent'];

/** Where indexes rest, one for each credential. */
export interface ReachStore {
  /** Up to `limit` records of a kind with an id above `after`, by id. */
  read(owner: string, kind: ReachKind, after: string, limit: number): Promise<ReachRecord[]>;
  /** Adds or replaces; forgets those that are gone. */
  save(owner: string, records: readonly ReachRecord[], gone: readonly { kind: ReachKind; id: string }[]): Promise<void>;
}

const read = <T>(value: T, readMs: number): Read<T> | null => (readMs === never ? null : { value, readMs });
const latest = (readMs: number | null | undefined) => readMs ?? never;

/** Fact sheets of a graph, and back. */
export function createRecords(graph: Graph) {
  const labels = (node: AgentNode | StackNode) =>
    read(
      node.labels.map((tag) => labelOf(graph.tags.nameOf(tag))),
      node.labelsMs,
    );
  const annotations = (node: AgentNode | StackNode) =>
    read(
      node.annotations.map((tag) => annotationOf(graph.tags.nameOf(tag))),
      node.annotationsMs,
    );
  const stackIds = (numbers: readonly number[]) => numbers.flatMap((number) => graph.stackAt(number)?.id ?? []);
  const stackNumbers = (ids: readonly string[]) => ids.flatMap((id) => graph.stackOf(id)?.number ?? []);
  const tagNumbers = <T>(from: Read<T[]> | null, name: (item: T) => string) =>
    from?.value.map((item) => graph.tags.numberOf(name(item))) ?? [];

  return {
    ofStack: (stack: StackNode): ReachRecord => ({
      kind: 'stack',
      id: stack.id,
      generatorId: stack.generator.id,
      labels: labels(stack),
      annotations: annotations(stack),
    }),
    ofGenerator: ({ id, agentsMs }: GeneratorNode): ReachRecord => ({ kind: 'generator', id, readMs: agentsMs }),
    ofAgent: (agent: AgentNode): ReachRecord => ({
      kind: 'agent',
      id: agent.id,
      labels: labels(agent),
      annotations: annotations(agent),
      targets: read(stackIds(agent.targets), agent.targetsMs),
      stacks: read({ beyond: stackIds(agent.beyond), denied: stackIds(agent.denied) }, agent.stacksMs),
      registrations: {
        value: graph
          .generators()
          .filter(({ agents }) => agents.has(agent.number))
          .map(({ id }) => id),
        readMs: agent.registrationsMs === never ? null : agent.registrationsMs,
      },
    }),
    /** What was read in an earlier life. Nothing read since is touched: a node of which anything is known stays as it is. */
    restore(record: ReachRecord) {
      if (record.kind === 'generator') {
        const generator = graph.generator(record.id);
        if (generator.agentsMs === never) generator.agentsMs = record.readMs;
        return;
      }
      if (record.kind === 'stack') {
        const stack = graph.stackOf(record.id) ?? graph.addStack(record.id, record.generatorId);
        if (stack.labelsMs !== never || stack.annotationsMs !== never) return;
        graph.tagStack(stack, 'labels', tagNumbers(record.labels, labelTag));
        graph.tagStack(stack, 'annotations', tagNumbers(record.annotations, annotationTag));
        stack.labelsMs = latest(record.labels?.readMs);
        stack.annotationsMs = latest(record.annotations?.readMs);
        return;
      }
      const agent = graph.agentOf(record.id) ?? graph.addAgent(record.id);
      if (agent.labelsMs !== never || agent.annotationsMs !== never || agent.stacksMs !== never) return;
      graph.tagAgent(agent, 'labels', tagNumbers(record.labels, labelTag));
      graph.tagAgent(agent, 'annotations', tagNumbers(record.annotations, annotationTag));
      for (const id of record.registrations.value) graph.consent(graph.generator(id), [[agent, true]]);
      graph.give(agent, {
        targets: stackNumbers(record.targets?.value ?? []),
        beyond: stackNumbers(record.stacks?.value.beyond ?? []),
        denied: stackNumbers(record.stacks?.value.denied ?? []),
      });
      agent.labelsMs = latest(record.labels?.readMs);
      agent.annotationsMs = latest(record.annotations?.readMs);
      agent.targetsMs = latest(record.targets?.readMs);
      agent.stacksMs = latest(record.stacks?.readMs);
      agent.registrationsMs = latest(record.registrations.readMs);
    },
  };
}
