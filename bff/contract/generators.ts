import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { ListQuery, page } from './list.ts';

/** A tenant. Its key is never part of any answer. */
export const GeneratorRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  isActive: z.boolean(),
  createdAt: z.string(),
});
export type GeneratorRow = z.infer<typeof GeneratorRow>;
export const generatorSorts = ['name', 'createdAt'] as const;
export const generatorFilters = ['active'] as const;
export const listGenerators = endpoint('GET /api/generators', {
  policy: 'read',
  audit: 'none',
  request: { query: ListQuery },
  response: page(GeneratorRow),
});
