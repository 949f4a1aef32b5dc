import type { Endpoint } from '#contract/endpoint.ts';
import { ProblemError } from '#contract/problem.ts';
import type { Call, Context, Observation } from './route.ts';
import type { Services } from './services.ts';

/** All that an answer function may know, built for one call and passed to it; `observe` collects into `noted`. */
export function contextOf(endpoint: Endpoint, call: Call, services: Services, noted: Observation): Context {
  const { requestId, signal, origin, caller, session } = call;
  return {
    requestId,
    // A change that has begun runs to its end: a closed tab must not leave its outcome unknown.
    signal: endpoint.method === 'GET' ? signal : new AbortController().signal,
    origin,
    log: services.log.child({ request_id: requestId, ...(caller && { person: caller.person.id }) }),
    clock: services.clock,
    caller,
    get world() {
      if (!caller) throw new ProblemError('sign_in_required', 'Sign in to continue');
      return services.worlds.of(caller.credential);
    },
    services,
    session,
    observe: (facts) => Object.assign(noted, facts),
  };
}
