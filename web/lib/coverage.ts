import type * as z from 'zod/mini';
import type { Coverage as CoverageSchema } from '#contract/list.ts';

/** How much of a derived figure is known. */
export type Coverage = z.infer<typeof CoverageSchema>;
/** Everything was read; without a statement nothing is known to be missing, and nothing to be whole. */
export const isWhole = (coverage: Coverage | undefined): boolean => coverage !== undefined && coverage.known >= coverage.total;
