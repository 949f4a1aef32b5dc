import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import type { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { useStore } from 'zustand';
import { dismissToast, toastStore } from '#web/stores/toasts.ts';
import { Toasts } from '#web/ui/toasts.tsx';
import { UiProvider } from '#web/ui/provider.tsx';
import { navigationOf } from './navigation.tsx';

interface AppProps {
  client: QueryClient;
  router: ReturnType<typeof createBrowserRouter>;
}
/** Everything that outlives a screen. */
export function App({ client, router }: AppProps) {
  const [navigation] = useState(() => navigationOf(router));
  const { toasts } = useStore(toastStore);
  return (
    <UiProvider navigation={navigation}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Toasts toasts={toasts} onDismiss={dismissToast} />
      </QueryClientProvider>
    </UiProvider>
  );
}
