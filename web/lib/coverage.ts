import type * as z from 'zod/mini';
import type { Coverage as CoverageSchema } from '#contract/list.ts';

/** How much of a derived figure is known. */
export type Coverage = z.infer<typeof CoverageSchema>;
/** Everything was read. Where there is no statement, or nothing to state it of, nothing is known to be whole. */
export const isWhole = (coverage: Coverage | undefined): boolean =>
  coverage !== undefined && coverage.total > 0 && coverage.known >= coverage.total;
/** A number of reached agents that says something: none so far, while some are not known, does not. */
export const isReachCounted = (reached: number | null, coverage: Coverage | undefined): reached is number =>
  reached !== null && (reached > 0 || isWhole(coverage));
