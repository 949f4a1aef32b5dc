import { ProblemError } from '#contract/problem.ts';
import { createBrokerHttp } from './broker-http.ts';
import type { BrokerOptions, CallScope } from './broker-http.ts';
import { WireIdentity } from './wire.ts';

/** What a pasted key is. */
export type KeyKind = { kind: 'admin'; readonly: boolean } | { kind: 'generator'; id: string } | { kind: 'agent'; id: string };

/** Asks the broker about a key. @returns undefined when the broker refuses it @throws ProblemError when it cannot be asked */
export async function introspect(pak: string, options: BrokerOptions, scope: CallScope): Promise<KeyKind | undefined> {
  // Anything else could not be a key, and some of it could not be a header.
  if (!/^[\x21-\x7e]{1,512}$/.test(pak)) return undefined;
  const http = createBrokerHttp({ id: 'introspection', pak }, { ...options, onRefused: () => undefined });
  try {
    const { admin, readonly, agent, generator } = await http.json('introspect', {}, WireIdentity, scope);
    if (admin) return { kind: 'admin', readonly };
    if (generator !== null) return { kind: 'generator', id: generator };
    return agent === null ? undefined : { kind: 'agent', id: agent };
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'sign_in_required') return undefined;
    throw error;
  }
}
