import type { CallScope } from '#bff/broker/broker-http.ts';
import type { TagSet, TagSets } from '#bff/lists/tag-sets.ts';
import { route } from '#bff/pipeline/route.ts';
import type { Context } from '#bff/pipeline/route.ts';
import {
  addAgentAnnotation,
  addAgentLabel,
  listLabelsOfAgents,
  readAgentAnnotations,
  readAgentLabels,
  removeAgentAnnotation,
  removeAgentLabel,
} from '#contract/agent-tags.ts';
import { ProblemError } from '#contract/problem.ts';
import { changeScope } from './change-scope.ts';
import { readAgentNow } from './read-agent-now.ts';

interface Change<T> {
  sets: TagSets<T>;
  /** What the audit calls the set, and the one item that comes or goes. */
  noun: 'labels' | 'annotations';
  item: object;
  /** The set with the change made. */
  apply: (items: readonly T[]) => T[];
  send: (scope: CallScope) => Promise<unknown>;
}

/** Adds to or takes from one agent's set, if it still is what the person saw. */
async function changeSet<T>(
  agentId: string,
  etag: string,
  context: Context,
  { sets, noun, item, apply, send }: Change<T>,
): Promise<TagSet<T>> {
  const [, before] = await Promise.all([readAgentNow(agentId, context), sets.fresh(agentId, context)]);
  if (before.etag !== etag) throw new ProblemError('changed_meanwhile', `The ${noun} were changed meanwhile`, { current: before });
  context.observe({ before: { [noun]: before.items } });
  await send(changeScope(context));
  context.world.lists.agents.outdated(agentId);
  const after = await sets.changed(agentId, apply(before.items), context);
  context.observe({ after: { ...item, [noun]: after.items } });
  return after;
}
/** The broker answers an empty set for any id; a person asks about an agent that exists. */
async function readSet<T>(agentId: string, context: Context, sets: TagSets<T>): Promise<TagSet<T>> {
  const { lists } = context.world;
  const [set] = await Promise.all([sets.read(agentId, lists.minMs, context), lists.agents.identity(agentId, context)]);
  return set;
}

export const agentTagRoutes = [
  route(listLabelsOfAgents, async ({ query }, context) => ({ rows: await context.world.lists.agentTags.labelsOf(query.agents, context) })),
  route(readAgentLabels, ({ params }, context) => readSet(params.agentId, context, context.world.lists.agentTags.labels)),
  route(addAgentLabel, ({ params: { agentId }, headers, body: { label } }, context) => {
    const { broker, lists } = context.world;
    return changeSet(agentId, headers['if-match'], context, {
      sets: lists.agentTags.labels,
      noun: 'labels',
      item: { label },
      apply: (labels) => [...labels, label].toSorted(),
      send: (scope) => broker.agentTags.addLabel(agentId, label, scope),
    });
  }),
  route(removeAgentLabel, ({ params: { agentId }, headers, body: { label } }, context) => {
    const { broker, lists } = context.world;
    return changeSet(agentId, headers['if-match'], context, {
      sets: lists.agentTags.labels,
      noun: 'labels',
      item: { label },
      apply: (labels) => labels.filter((other) => other !== label),
      send: (scope) => broker.agentTags.removeLabel(agentId, label, scope),
    });
  }),
  route(readAgentAnnotations, ({ params }, context) => readSet(params.agentId, context, context.world.lists.agentTags.annotations)),
  route(addAgentAnnotation, ({ params: { agentId }, headers, body: { key, value } }, context) => {
    const { broker, lists } = context.world;
    return changeSet(agentId, headers['if-match'], context, {
      sets: lists.agentTags.annotations,
      noun: 'annotations',
      item: { key, value },
      apply: (annotations) => [...annotations, { key, value }].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      send: (scope) => broker.agentTags.addAnnotation(agentId, { key, value }, scope),
    });
  }),
  route(removeAgentAnnotation, ({ params: { agentId }, headers, body: { key } }, context) => {
    const { broker, lists } = context.world;
    return changeSet(agentId, headers['if-match'], context, {
      sets: lists.agentTags.annotations,
      noun: 'annotations',
      item: { key },
      apply: (annotations) => annotations.filter((other) => other.key !== key),
      send: (scope) => broker.agentTags.removeAnnotation(agentId, key, scope),
    });
  }),
];
