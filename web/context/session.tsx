import { createContext, type ReactNode, useContext } from 'react';
import type { Endpoint } from '#contract/endpoint.ts';
import type { Role, SignedIn } from '#contract/session.ts';
import { words } from '#web/lib/words/index.ts';

const SessionContext = createContext<SignedIn | undefined>(undefined);

export function SessionProvider({ session, children }: { session: SignedIn; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}
/** The signed-in session. @throws outside the shell, where nobody is signed in */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

export interface May {
  allowed: boolean;
  /** In words, for the control that is off; undefined when it is not. */
  why: string | undefined;
  needs: Role | undefined;
}
type AnyEndpoint = Pick<Endpoint, 'id'>;
/** May this person call the endpoint, and if not, why: as the server said at sign-in. The server decides again at each call. */
export function useMay(endpoint: AnyEndpoint): May {
  return useMays()(endpoint);
}
/** The same for many endpoints at once. */
export function useMays(): (endpoint: AnyEndpoint) => May {
  const { refusals, person } = useSession();
  return ({ id }) => {
    const refusal = refusals[id];
    if (refusal === undefined) return { allowed: true, why: undefined, needs: undefined };
    const why = refusal.why === 'key_cannot_read' ? words.session.keyCannotRead : words.session.mayNot(refusal.needs, person.role);
    return { allowed: false, why, needs: refusal.needs };
  };
}
