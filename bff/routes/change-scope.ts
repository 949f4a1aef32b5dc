import type { CallScope } from '#bff/broker/broker-http.ts';
import type { Context } from '#bff/pipeline/route.ts';

/** For the one call that changes something: its answer's status goes to the audit row. */
export function changeScope({ requestId, observe }: Context): CallScope {
  return { requestId, answered: (upstreamStatus) => observe({ upstreamStatus }) };
}
