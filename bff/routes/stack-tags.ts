import { route } from '#bff/pipeline/route.ts';
import {
  addStackAnnotation,
  addStackLabel,
  readStackAnnotations,
  readStackLabels,
  removeStackAnnotation,
  removeStackLabel,
} from '#contract/stack-tags.ts';
import { readStackNow } from './read-stack-now.ts';
import { tagActions } from './tag-sets.ts';

const tags = tagActions({
  tags: ({ lists }) => lists.stackTags,
  broker: ({ broker }) => broker.stackTags,
  exists: (stackId, context) => context.world.lists.stacks.identity(stackId, context),
  readNow: readStackNow,
  outdated: (stackId, { reach }) => reach.changed(stackId),
});

export const stackTagRoutes = [
  route(readStackLabels, ({ params }, context) => tags.readLabels(params.stackId, context)),
  route(addStackLabel, ({ params, headers, body }, context) => tags.addLabel(params.stackId, headers['if-match'], body.label, context)),
  route(removeStackLabel, ({ params, headers, body }, context) =>
    tags.removeLabel(params.stackId, headers['if-match'], body.label, context),
  ),
  route(readStackAnnotations, ({ params }, context) => tags.readAnnotations(params.stackId, context)),
  route(addStackAnnotation, ({ params, headers, body }, context) => tags.addAnnotation(params.stackId, headers['if-match'], body, context)),
  route(removeStackAnnotation, ({ params, headers, body }, context) =>
    tags.removeAnnotation(params.stackId, headers['if-match'], body.key, context),
  ),
];
