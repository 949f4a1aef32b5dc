import type { QueryClient } from '@tanstack/react-query';
import type { LoaderFunctionArgs } from 'react-router';
import { uuid } from '#contract/fields.ts';
import { revisionDetail } from '#web/queries/revisions.ts';
import { stackDetail } from '#web/queries/stacks.ts';
import { SubmitPanel } from './submit-panel.tsx';

export const submitRoute = (client: QueryClient) => ({
  loader({ params, request }: LoaderFunctionArgs) {
    const stackId = params['stackId'] ?? '';
    const from = new URL(request.url).searchParams.get('from');
    if (uuid.safeParse(stackId).success) void client.prefetchQuery(stackDetail(stackId));
    if (uuid.safeParse(from).success && from !== null) void client.prefetchQuery(revisionDetail(from));
    return null;
  },
  Component: SubmitPanel,
});
