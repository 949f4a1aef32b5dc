import type { QueryClient } from '@tanstack/react-query';
import type { LoaderFunctionArgs } from 'react-router';
import { uuid } from '#contract/fields.ts';
import { revisionDetail } from '#web/queries/revisions.ts';
import { comparison } from '#web/queries/submit.ts';
import { ComparePanel } from './compare-panel.tsx';

export const compareRoute = (client: QueryClient) => ({
  loader({ request }: LoaderFunctionArgs) {
    const search = new URL(request.url).searchParams;
    const [from, to] = ['from', 'to'].map((side) => uuid.safeParse(search.get(side)).data);
    for (const id of [from, to]) if (id !== undefined) void client.prefetchQuery(revisionDetail(id));
    if (from !== undefined && to !== undefined) void client.prefetchQuery(comparison(from, to));
    return null;
  },
  Component: ComparePanel,
});
