/** Joins class names; what is false or absent leaves no trace. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
