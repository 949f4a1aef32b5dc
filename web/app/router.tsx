import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { createBrowserRouter, createHashRouter, type LoaderFunctionArgs, redirect, type RouteObject } from 'react-router';
import { paths } from '#web/lib/paths.ts';
import { sessionQuery } from '#web/queries/session.ts';
import { NotFound } from './not-found.tsx';
import { RouteFailure } from './route-failure.tsx';
import { Shell } from './shell.tsx';
import { ShellSkeleton } from './shell-skeleton.tsx';

interface Screen {
  loader: (navigation: LoaderFunctionArgs) => unknown;
  Component: ComponentType;
}
/** Every address of the page. Screens are chunks of their own; what they read starts with the navigation. */
const routesOf = (client: QueryClient): RouteObject[] => {
  /** Loaders of a branch run side by side: a screen's own must not ask for anything before it is known that somebody is signed in. */
  const signedIn = ({ loader, Component }: Screen) => ({
    Component,
    loader: async (navigation: LoaderFunctionArgs) => ((await client.ensureQueryData(sessionQuery)).signedIn ? loader(navigation) : null),
  });
  return [
    {
      path: paths.home,
      loader: sessionLoader(client),
      // A session that ends under an open page must not navigate away from it: the shell asks over the page instead.
      shouldRevalidate: () => false,
      Component: Shell,
      ErrorBoundary: RouteFailure,
      HydrateFallback: ShellSkeleton,
      children: [
        { index: true, loader: () => redirect(paths.fleet) },
        {
          ErrorBoundary: RouteFailure,
          children: [
            { path: paths.fleet, lazy: async () => signedIn((await import('#web/panels/fleet/route.tsx')).fleetRoute(client)) },
            {
              path: `${paths.fleet}/:agentId/:tab?`,
              lazy: async () => signedIn((await import('#web/panels/agent/route.tsx')).agentRoute(client)),
            },
            { path: paths.audit, lazy: async () => signedIn((await import('#web/panels/audit/route.tsx')).auditRoute(client)) },
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
    {
      path: paths.signIn,
      ErrorBoundary: RouteFailure,
      HydrateFallback: Nothing,
      lazy: async () => (await import('#web/panels/sign-in/route.tsx')).signInRoute(client),
    },
    {
      path: paths.setup,
      ErrorBoundary: RouteFailure,
      HydrateFallback: Nothing,
      lazy: async () => (await import('#web/panels/setup/route.tsx')).setupRoute(client),
    },
  ];
};

/** A static host cannot answer for made-up paths: there the address is behind the #. */
export const startRouter = (client: QueryClient) =>
  import.meta.env.MODE === 'demo' ? createHashRouter(routesOf(client)) : createBrowserRouter(routesOf(client));

const sessionLoader =
  (client: QueryClient) =>
  async ({ request }: LoaderFunctionArgs) => {
    const session = await client.ensureQueryData(sessionQuery);
    if (session.signedIn) return session;
    const { pathname, search } = new URL(request.url);
    throw redirect(paths.signInThen(pathname + search));
  };

function Nothing() {
  return null;
}
