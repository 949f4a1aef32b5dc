import type { Endpoint } from '#contract/endpoint.ts';

/** `fact`: written once it is over (sign-in, sign-out, queries). `change`: written before it begins and again when it has ended. */
export function modeOf({ audit, method }: Endpoint): 'plain' | 'fact' | 'change' {
  if (audit === 'none') return 'plain';
  return method === 'GET' || audit.startsWith('auth.') ? 'fact' : 'change';
}
/** Needs a person whose key it is; setting up has none yet, and its link can be spent only once. */
export const needsIdempotencyKey = (endpoint: Endpoint): boolean => modeOf(endpoint) === 'change' && endpoint.policy !== 'public';
