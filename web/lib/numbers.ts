const grouped = new Intl.NumberFormat('en-US');

/** In full up to 9,999, then `12.4 k`; the exact number belongs on hover (`exactNumber`). */
export function formatCount(value: number): string {
  if (Math.abs(value) < 10_000) return grouped.format(value);
  if (Math.abs(value) < 999_950) return `${(value / 1000).toFixed(1).replace(/\.0$/, '')} k`;
  return `${(value / 1_000_000).toFixed(1).replace(/\.0$/, '')} M`;
}
export const exactNumber = (value: number): string => grouped.format(value);

/** `1 agent`, `38 agents`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
