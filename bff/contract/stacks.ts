import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { ListQuery, page } from './list.ts';

/** A stack as far as targets need it: which it is and whose. */
export const StackRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  generatorId: z.string(),
  /** Null while the generator is not in the list: the system generator never is. */
  generatorName: z.nullable(z.string()),
});
export type StackRow = z.infer<typeof StackRow>;
export const stackSorts = ['name', 'generator'] as const;
export const stackFilters = ['generator'] as const;
export const listStacks = endpoint('GET /api/stacks', {
  policy: 'read',
  audit: 'none',
  request: { query: ListQuery },
  response: page(StackRow),
});
