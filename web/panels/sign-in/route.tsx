import type { QueryClient } from '@tanstack/react-query';
import { redirect, type LoaderFunctionArgs } from 'react-router';
import { safeNext } from '#web/lib/paths.ts';
import { sessionQuery } from '#web/queries/session.ts';
import { SignInPanel } from './sign-in-panel.tsx';

export const signInRoute = (client: QueryClient) => ({
  /** Whoever is signed in already goes where they wanted. */
  async loader({ request }: LoaderFunctionArgs) {
    const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (session.signedIn) throw redirect(safeNext(new URL(request.url).searchParams.get('next')));
    return session;
  },
  // Once signed in the panel itself leads on.
  shouldRevalidate: () => false,
  Component: SignInPanel,
});
