import { maskedKey, withoutPaks } from '#bff/broker/pak.ts';
import type { CallScope } from '#bff/broker/broker-http.ts';
import type { WireRevision, WireSubmission } from '#bff/broker/wire.ts';
import { createBreath, turn } from '#bff/lists/breath.ts';
import { revisionFacts } from '#bff/lists/revision-table.ts';
import { rollUpOf } from '#bff/lists/reach.ts';
import { route } from '#bff/pipeline/route.ts';
import type { Context } from '#bff/pipeline/route.ts';
import { diffBundles, resourcesOf } from '#bff/plans/resource-diff.ts';
import { ProblemError } from '#contract/problem.ts';
import {
  compareRevisions,
  listRevisions,
  previewSubmission,
  readRevision,
  submitDeletionMarker,
  submitRevision,
} from '#contract/revisions.ts';
import type { Revision } from '#contract/stacks.ts';
import { readStackNow } from './read-stack-now.ts';
import { sendChange } from './send-change.ts';

const audited = ({ ageMs: _now, ...facts }: Revision) => facts;
const shown = (wire: WireRevision | WireSubmission, { world }: Context): Revision => world.lists.revisions.aged(revisionFacts(wire));

/** Sends one revision after a last look: whoever reviewed another than the newest is shown the newest instead. */
async function send(
  stackId: string,
  reviewed: string,
  context: Context,
  submit: (scope: CallScope) => Promise<WireRevision>,
): Promise<Revision> {
  const { revisions } = context.world.lists;
  const { current } = await revisions.fresh(stackId, context);
  if (reviewed !== `"${current?.id ?? 'none'}"`)
    throw new ProblemError('changed_meanwhile', 'Another revision was submitted meanwhile', { current });
  context.observe({ before: current && audited(current) });
  revisions.expectChange(stackId);
  return shown(await sendChange(context, submit, () => revisions.changed(stackId)), context);
}

const refusedText = (code: string, message: string) =>
  new ProblemError('invalid_request', 'This text cannot be submitted', { errors: [{ path: 'yaml', code, message }] });

/** The text of a new revision. What stands in the place of a masked key would be applied as if it were one. */
function newText(yaml: string): string {
  if (yaml.includes(maskedKey)) throw refusedText('masked_key', `The text holds "${maskedKey}" where a key was: put the key itself there.`);
  return yaml;
}
/** The text of an earlier revision as it was submitted, keys in it included: the page has shown it masked. */
async function earlierText(stackId: string, revisionId: string, yaml: string, context: Context): Promise<string> {
  const { broker, lists } = context.world;
  const earlier = await lists.revisions.text(revisionId, context);
  if (earlier.stack_id !== stackId || earlier.is_deletion_marker) {
    throw new ProblemError('invalid_request', 'This revision cannot be brought back', {
      errors: [{ path: 'rollbackTo', code: 'unknown', message: 'It is no revision of this stack, or a deletion marker.' }],
    });
  }
  if (earlier.yaml_content !== yaml) throw refusedText('changed', 'The text is not the one of the revision that is brought back.');
  return yaml.includes(maskedKey) ? broker.deploymentObjects.text(revisionId, context) : yaml;
}

export const revisionRoutes = [
  route(listRevisions, ({ params, query }, context) => context.world.lists.revisions.page(params.stackId, query, context)),
  route(readRevision, async ({ params }, context) => {
    const { revisions, stacks } = context.world.lists;
    const wire = await revisions.text(params.revisionId, context);
    const [stack] = await stacks.rows([wire.stack_id]);
    const yaml = wire.yaml_content;
    return { revision: shown(wire, context), stackId: wire.stack_id, stackName: stack?.name ?? null, yaml, resources: resourcesOf(yaml) };
  }),
  route(compareRevisions, async ({ query }, context) => {
    const { revisions } = context.world.lists;
    const [from, to] = await Promise.all([revisions.text(query.from, context), revisions.text(query.to, context)]);
    return {
      from: shown(from, context),
      to: shown(to, context),
      ...(await diffBundles(from.yaml_content, to.yaml_content, createBreath(turn))),
    };
  }),
  route(previewSubmission, async ({ params: { stackId }, body }, context) => {
    const { lists, reach } = context.world;
    const { current, arrivedMs } = await lists.revisions.current(stackId, context);
    const [before, rollUp] = await Promise.all([
      current && lists.revisions.text(current.id, context),
      rollUpOf(reach, context.clock, stackId, current, context),
    ]);
    return {
      diff: { from: current, to: null, ...(await diffBundles(before?.yaml_content ?? '', withoutPaks(body.yaml), createBreath(turn))) },
      based: current,
      reached: reach.count(stackId),
      clusters: rollUp?.clusters ?? null,
      rollUp: rollUp?.counts ?? null,
      coverage: reach.coverage(),
      asOf: new Date(arrivedMs).toISOString(),
    };
  }),
  route(submitRevision, async ({ params: { stackId }, headers, body: { yaml, rollbackTo } }, context) => {
    const { broker } = context.world;
    if (rollbackTo !== undefined) context.observe({ type: 'stack.revision.rolled_back' });
    await readStackNow(stackId, context);
    const text = rollbackTo === undefined ? newText(yaml) : await earlierText(stackId, rollbackTo, yaml, context);
    const revision = await send(stackId, headers['if-match'], context, (scope) => broker.deploymentObjects.submit(stackId, text, scope));
    context.observe({ after: { ...audited(revision), ...(rollbackTo !== undefined && { rollbackTo }) } });
    return revision;
  }),
  route(submitDeletionMarker, async ({ params: { stackId }, headers }, context) => {
    const { broker } = context.world;
    await readStackNow(stackId, context);
    const revision = await send(stackId, headers['if-match'], context, (scope) => broker.deploymentObjects.submitMarker(stackId, scope));
    context.observe({ after: audited(revision) });
    return revision;
  }),
];
