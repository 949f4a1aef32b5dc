import { discardDraft, readDraft, saveDraft } from '#contract/drafts.ts';
import { ProblemError } from '#contract/problem.ts';
import { route, type AnyRoute, type Context } from '#bff/pipeline/route.ts';

/** What people typed and did not send: each sees only their own. */
export const draftRoutes: readonly AnyRoute[] = [
  route(readDraft, async ({ query }, context) => ({ draft: await context.services.drafts.read(personIdOf(context), query.key) })),
  route(saveDraft, ({ body }, context) => context.services.drafts.save(personIdOf(context), body.key, body.fields)),
  route(discardDraft, async ({ body }, context) => {
    await context.services.drafts.discard(personIdOf(context), body.key);
    return { done: true as const };
  }),
];

function personIdOf({ caller }: Context): string {
  if (!caller) throw new ProblemError('sign_in_required', 'Sign in to continue');
  return caller.person.id;
}
