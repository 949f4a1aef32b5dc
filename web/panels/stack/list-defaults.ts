/** The rail shows few at a time, and Roll back… looks no further. */
export const railSize = '25';
/** Worst first, as the lists of agents come by themselves. */
export const reachedDefaults = { sort: 'state' };
/** Only those that an explicit target reaches. */
export const targetedOnly = 'by:target';
