import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type Role, readSession, setUp, signInToExplore, signInWithAccount, signInWithPak, signOut } from '#contract/session.ts';
import { call } from '#web/api/call.ts';
import { flushDrafts, ownDrafts } from '#web/api/drafts.ts';
import { learnServerTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { expiryStore, sessionRenewed } from '#web/stores/expiry.ts';
import { forgetVisits } from '#web/stores/recent.ts';
import { clearToasts } from '#web/stores/toasts.ts';

const isNotSession = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'session';

function dropTraces(): void {
  forgetVisits();
  clearToasts();
}
/** Somebody is signed in, whichever tab they signed in from. */
function welcome(client: QueryClient, personId: string): void {
  // What another person read, typed, visited or was told is not for this one.
  const isAnother = ownDrafts(personId);
  if (isAnother) {
    dropTraces();
    void client.resetQueries({ predicate: isNotSession });
  }
  if (!expiryStore.getState().expired) return;
  sessionRenewed();
  // Drafts that could not be kept while nobody was signed in, and all that could not be read.
  void flushDrafts();
  if (!isAnother) void client.invalidateQueries({ predicate: isNotSession });
}

/** Who is signed in and what they may do; read at the start, on focus and after signing in, never every 10 s. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal, client }) => {
    const sentAt = Date.now();
    const session = await call(readSession, {}, signal);
    learnServerTime(session.now, sentAt, Date.now());
    if (session.signedIn) welcome(client, session.person.id);
    return session;
  },
  staleTime: 60_000,
  refetchInterval: false,
  refetchOnWindowFocus: 'always',
});

export type Proof =
  | { way: 'account'; name: string; password: string }
  | { way: 'pak'; name: string; pak: string }
  | { way: 'explore'; role: Role }
  | { way: 'setup'; token: string; name: string | undefined; password: string };

function prove(proof: Proof) {
  switch (proof.way) {
    case 'account':
      return call(signInWithAccount, { body: { name: proof.name, password: proof.password } });
    case 'pak':
      return call(signInWithPak, { body: { name: proof.name, pak: proof.pak } });
    case 'explore':
      return call(signInToExplore, { body: { role: proof.role } });
    case 'setup':
      return call(setUp, {
        body: { token: proof.token, password: proof.password, ...(proof.name === undefined ? {} : { name: proof.name }) },
      });
  }
}
/** Every way in. The secret lives in the variables of this call only: `gcTime: 0` and a reset by the form let go of it. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: prove,
    gcTime: 0,
    async onSuccess() {
      // A reading that began before would answer for it.
      await client.cancelQueries({ queryKey: sessionQuery.queryKey });
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    },
  });
}
/** Nothing of the person stays in the page. To be called once their screens are gone: what is still shown would be read again. */
export function useForgetPerson(): () => void {
  const client = useQueryClient();
  return () => {
    ownDrafts(undefined);
    client.clear();
    dropTraces();
    sessionRenewed();
  };
}
/** What was typed is given to the server first, so that it is there at the next sign-in. */
export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await flushDrafts();
      return call(signOut, { body: {} });
    },
    meta: { failure: words.shell.notSignedOut },
  });
}
