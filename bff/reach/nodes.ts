import { IntSet } from '#bff/lists/int-set.ts';

/** The time of what was not read yet. */
export const never = Number.NEGATIVE_INFINITY;

/** Times are when the question was asked: what changed after that may not be in the answer. */
interface Node {
  readonly id: string;
  readonly number: number;
  labels: readonly number[];
  annotations: readonly number[];
  labelsMs: number;
  annotationsMs: number;
  /** When a read last found something else than was known. */
  changedMs: number;
}
export interface AgentNode extends Node {
  /** Stacks of its explicit targets, where those were read. */
  targets: readonly number[];
  targetsMs: number;
  /** Stacks that the broker named for it beyond what targets, tags and consent explain. */
  beyond: readonly number[];
  /** Stacks that its tags and consent explain, but that the broker did not name. */
  denied: readonly number[];
  /** When the broker was asked which stacks reach it. */
  stacksMs: number;
  registrationsMs: number;
  /** Pairs in which computation and broker disagreed when last compared. */
  differences: number;
}
export interface StackNode extends Node {
  generator: GeneratorNode;
  /** Agents that have it among `targets` or `beyond`. */
  readonly given: IntSet;
  readonly denied: IntSet;
  /** How many agents it reaches; null until asked for and after wide changes. */
  count: number | null;
}
export interface GeneratorNode {
  readonly id: string;
  readonly stacks: Set<StackNode>;
  readonly agents: IntSet;
  agentsMs: number;
}
export type TagKind = 'labels' | 'annotations';
export const tagsOf = (node: Node) => [...node.labels, ...node.annotations];

/** An agent of which nothing is known yet. */
export const newAgent = (id: string, number: number): AgentNode => ({
  id,
  number,
  labels: [],
  annotations: [],
  targets: [],
  beyond: [],
  denied: [],
  differences: 0,
  labelsMs: never,
  annotationsMs: never,
  targetsMs: never,
  stacksMs: never,
  registrationsMs: never,
  changedMs: never,
});
/** A stack of which nothing is known but whose it is. */
export const newStack = (id: string, number: number, generator: GeneratorNode): StackNode => ({
  id,
  number,
  generator,
  labels: [],
  annotations: [],
  given: new IntSet(),
  denied: new IntSet(),
  count: null,
  labelsMs: never,
  annotationsMs: never,
  changedMs: never,
});
export const newGenerator = (id: string): GeneratorNode => ({ id, stacks: new Set(), agents: new IntSet(), agentsMs: never });
