import { route } from '#bff/pipeline/route.ts';
import {
  addAgentAnnotation,
  addAgentLabel,
  listLabelsOfAgents,
  readAgentAnnotations,
  readAgentLabels,
  removeAgentAnnotation,
  removeAgentLabel,
} from '#contract/agent-tags.ts';
import { readAgentNow } from './read-agent-now.ts';
import { tagActions } from './tag-sets.ts';

const tags = tagActions({
  tags: ({ lists }) => lists.agentTags,
  broker: ({ broker }) => broker.agentTags,
  exists: (agentId, context) => context.world.lists.agents.identity(agentId, context),
  readNow: readAgentNow,
  outdated(agentId, { lists, reach }) {
    lists.agents.outdated(agentId);
    reach.agentChanged(agentId);
  },
});

export const agentTagRoutes = [
  route(listLabelsOfAgents, async ({ query }, context) => {
    const rows = await context.world.lists.agentTags.labelsOf(query.agents, context);
    return { rows: rows.map(({ ownerId: agentId, labels, ageMs }) => ({ agentId, labels, ageMs })) };
  }),
  route(readAgentLabels, ({ params }, context) => tags.readLabels(params.agentId, context)),
  route(addAgentLabel, ({ params, headers, body }, context) => tags.addLabel(params.agentId, headers['if-match'], body.label, context)),
  route(removeAgentLabel, ({ params, headers, body }, context) =>
    tags.removeLabel(params.agentId, headers['if-match'], body.label, context),
  ),
  route(readAgentAnnotations, ({ params }, context) => tags.readAnnotations(params.agentId, context)),
  route(addAgentAnnotation, ({ params, headers, body }, context) => tags.addAnnotation(params.agentId, headers['if-match'], body, context)),
  route(removeAgentAnnotation, ({ params, headers, body }, context) =>
    tags.removeAnnotation(params.agentId, headers['if-match'], body.key, context),
  ),
];
