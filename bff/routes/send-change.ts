import type { CallScope } from '#bff/broker/broker-http.ts';
import type { Context } from '#bff/pipeline/route.ts';

/**
 * Sends the one call that changes something; its answer's status goes to the audit row. `outdated` lets go of what was read
 * before: also when the call failed, as it may have happened all the same.
 */
export async function sendChange<T>(
  { requestId, observe }: Context,
  send: (scope: CallScope) => Promise<T>,
  outdated: () => void = () => undefined,
): Promise<T> {
  try {
    return await send({ requestId, answered: (upstreamStatus) => observe({ upstreamStatus }) });
  } finally {
    outdated();
  }
}
