/** Counts of the requirements: a tenth (or less) of them in every run, all of them in `npm run test:long`. */
export const isLong = Boolean(process.env['TEST_LONG']);
export const sized = (full: number, everyRun: number): number => (isLong ? full : everyRun);
/** Time for whatever size runs. */
export const longTimeout = isLong ? 1_800_000 : 60_000;
