import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '#web/queries/session.ts';
import { SetupPanel } from './setup-panel.tsx';

/** The token rides behind the #, which no server sees; it leaves the address, and so the history, before anything is read. */
function takeToken(): string | undefined {
  const [, token] = /[#&]token=([A-Za-z0-9_-]{43})$/.exec(location.hash) ?? /^#([A-Za-z0-9_-]{43})$/.exec(location.hash) ?? [];
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  return token;
}
export const setupRoute = (client: QueryClient) => ({
  async loader() {
    const token = takeToken();
    return { token, session: await client.fetchQuery(sessionQuery) };
  },
  shouldRevalidate: () => false,
  Component: SetupPanel,
});
