import type { Sessions } from './sessions.ts';

export interface EndingSessions extends Sessions {
  /** The broker no longer takes this credential: every session on it ends at its next request. */
  refuse(credentialId: string): void;
  isRefused(credentialId: string): boolean;
}

/** Sessions that end with the key they ride. A later sign-in with a key the broker takes again clears its name. */
export function endWithKey(sessions: Sessions, ended: (sessionId: string) => void): EndingSessions {
  const refused = new Set<string>();
  return {
    ...sessions,
    refuse: (credentialId) => void refused.add(credentialId),
    isRefused: (credentialId) => refused.has(credentialId),
    async open(person, ride) {
      if (ride.kind === 'own') refused.delete(ride.credential.id);
      return sessions.open(person, ride);
    },
    async find(token, options) {
      const session = await sessions.find(token, options);
      if (!session || !refused.has(session.credential.id)) return session;
      await sessions.end(token);
      ended(session.id);
      return undefined;
    },
  };
}
