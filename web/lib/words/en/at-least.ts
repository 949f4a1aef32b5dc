import { type Coverage, isWhole } from '#web/lib/coverage.ts';

/** A number of reached agents in words: while the reach of some is not known there may be more. */
export const atLeast = (counted: string, coverage: Coverage | undefined): string => (isWhole(coverage) ? counted : `at least ${counted}`);
