import {
  readSession,
  setUp,
  signInToExplore,
  signInWithAccount,
  signInWithPak,
  signOut,
  type SignedIn,
  type SignedOut,
} from '#contract/session.ts';
import { ProblemError } from '#contract/problem.ts';
import type { AttemptOrigin, SignedInAs, SignIn } from '#bff/people/sign-in.ts';
import { refusals } from '#bff/pipeline/policy.ts';
import { route, type AnyRoute, type Context } from '#bff/pipeline/route.ts';

/** Who is here and what they may do; how to get in, for whoever is not. */
export const sessionRoutes: readonly AnyRoute[] = [
  route(readSession, async (_request, context): Promise<SignedIn | SignedOut> => {
    const { caller, services, clock } = context;
    const { ways, waysNote, explore, ...facts } = services.facts();
    const common = { ...facts, now: new Date(clock.now()).toISOString() };
    if (!caller) return { ...common, signedIn: false, ways, waysNote, explore, needsSetup: (await services.signIn?.needsSetup()) ?? false };
    const refused = refusals(services.policy, services.endpoints, caller.person.role);
    return { ...common, signedIn: true, person: caller.person, refusals: refused, endsAt: new Date(caller.sessionEndsAtMs).toISOString() };
  }),
  route(signInWithAccount, async ({ body }, context) => {
    context.observe({ resource: { kind: 'account', id: null, name: null }, after: { way: 'account' } });
    return enter(context, await waysIn(context).withAccount(body, attemptOf(context)));
  }),
  route(signInWithPak, async ({ body }, context) => {
    context.observe({ resource: { kind: 'pak', id: null, name: null }, after: { way: 'pak' } });
    return enter(context, await waysIn(context).withPak(body, attemptOf(context)));
  }),
  route(signInToExplore, async ({ body }, context) => {
    context.observe({ resource: { kind: 'explore', id: body.role, name: null }, after: { way: 'explore' } });
    return enter(context, await waysIn(context).explore(body.role));
  }),
  route(
    setUp,
    async ({ body }, context) => {
      const entered = await waysIn(context).setUp(body);
      const { id, name, role } = entered.session.person;
      context.observe({ resource: { kind: 'account', id, name }, after: { name, role } });
      return enter(context, entered);
    },
    ({ body }, context) => waysIn(context).assertLink(body.token),
  ),
  route(signOut, async (_request, { services, session, caller, observe }) => {
    if (caller) observe({ resource: { kind: 'session', id: caller.sessionId, name: null } });
    if (session.presented !== null) await services.sessions.end(session.presented);
    session.next = null;
    return { done: true as const };
  }),
];

function waysIn({ services }: Context): SignIn {
  if (!services.signIn) throw new ProblemError('not_found', 'Nobody signs in here');
  return services.signIn;
}
const attemptOf = ({ origin, requestId, signal, observe }: Context): AttemptOrigin => ({
  ip: origin.ip,
  requestId,
  signal,
  note: (resource) => observe({ resource }),
});

/** A new session under a token nobody has seen; the one that was presented ends, and so do those beyond the limit. */
async function enter(context: Context, { token, session, ended }: SignedInAs) {
  const { services, origin, requestId, observe } = context;
  observe({ person: session.person });
  if (context.session.presented !== null) await services.sessions.end(context.session.presented);
  for (const { id, person } of ended) {
    const revoked = {
      type: 'auth.session.revoked',
      person: session.person,
      sessionId: session.id,
      method: 'POST',
      path: '/api/sign-in',
      reason: null,
    } as const;
    const resource = { kind: 'session', id, name: person.name };
    await services.audit.record(
      { ...revoked, resource, requestId, ...origin },
      { outcome: 'success', code: null, status: null, after: { sessionId: id, why: 'too_many_sessions' } },
    );
  }
  context.session.next = token;
  return { person: session.person };
}
