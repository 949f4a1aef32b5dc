import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Endpoint } from '#contract/endpoint.ts';
import type { Role, SignedIn } from '#contract/session.ts';
import { navigationOf } from '#web/app/navigation.tsx';
import { newQueryClient } from '#web/api/query-client.ts';
import { SessionProvider } from '#web/context/session.tsx';
import { dropAllDrafts } from '#web/stores/drafts.ts';
import { UiProvider } from '#web/ui/provider.tsx';

export const aSession = (role: Role = 'admin', refused: readonly Endpoint[] = []): SignedIn => ({
  signedIn: true,
  version: '0.1.0',
  environment: 'test',
  broker: { kind: 'embedded', host: '127.0.0.1' },
  now: new Date().toISOString(),
  idleMs: 1_800_000,
  person: { id: `account:${role}`, name: `Test ${role}`, role, verified: true },
  refusals: Object.fromEntries(refused.map(({ id, policy }) => [id, { needs: policy === 'administer' ? 'admin' : 'operator' }])),
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
});

interface Options {
  /** Where the page is. */
  at: string;
  /** Which addresses show the panel. */
  path: string;
  session?: SignedIn;
  /** Pixels; a desktop unless told. */
  width?: number;
}
/**
 * A panel as the app shows it: router, session, query client and widgets above it, the console as the test stubbed it. The
 * clock on its wall stands still, so that "12 s ago" is so however long the test takes.
 */
export async function renderPanel(panel: ReactElement, { at, path, session = aSession(), width = 1440 }: Options) {
  vi.setSystemTime(Date.now()); // faked timers would run on while a locator waits
  await page.viewport(width, 900);
  const client = newQueryClient();
  const router = createMemoryRouter(
    [
      { path, element: panel },
      { path: '*', element: <p>elsewhere</p> },
    ],
    { initialEntries: [at] },
  );
  const navigation = navigationOf(router);
  onTestFinished(() => {
    vi.useRealTimers();
    client.clear();
    router.dispose();
    dropAllDrafts();
  });
  const screen = await render(
    <UiProvider navigation={navigation}>
      <QueryClientProvider client={client}>
        <SessionProvider session={session}>
          <div style={{ height: '100vh' }}>
            <RouterProvider router={router} />
          </div>
        </SessionProvider>
      </QueryClientProvider>
    </UiProvider>,
  );
  return { screen, router, client };
}
