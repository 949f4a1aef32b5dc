import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '#web/queries/session.ts';
import { SetupPanel, type SetupLink } from './setup-panel.tsx';

/** The token rides behind the #, which no server sees; it leaves the address, and so the history, before anything is read. */
function takeLink(): SetupLink | undefined {
  const [, first, token] = /^#(first=)?([A-Za-z0-9_-]{43})$/.exec(location.hash) ?? [];
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  return token === undefined ? undefined : { token, isFirst: first !== undefined };
}
export const setupRoute = (client: QueryClient) => ({
  async loader() {
    const link = takeLink();
    return { link, session: await client.fetchQuery(sessionQuery) };
  },
  shouldRevalidate: () => false,
  Component: SetupPanel,
});
