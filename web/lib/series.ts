/** Where nothing was measured: runs of missing points, as first and last index. */
export function gapsOf(lines: readonly (readonly (number | null)[])[]): { from: number; to: number }[] {
  const length = Math.max(0, ...lines.map((points) => points.length));
  const gaps: { from: number; to: number }[] = [];
  for (let at = 0; at < length; at += 1) {
    if (lines.some((points) => points[at] !== null && points[at] !== undefined)) continue;
    const open = gaps.at(-1);
    if (open !== undefined && open.to === at - 1) open.to = at;
    else gaps.push({ from: at, to: at });
  }
  return gaps;
}
/** Points between two missing ones: no line goes through them, so they are drawn as dots. */
export const lonePoints = (points: readonly (number | null | undefined)[]): number[] =>
  points.flatMap((value, at) => (value != null && points[at - 1] == null && points[at + 1] == null ? [at] : []));

/** The end of a scale from zero that holds `highest`: 1, 2 or 5 times a power of ten. */
export function scaleEnd(highest: number): number {
  if (!(highest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const share = highest / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}
/** Three digits that matter. */
export function shortNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.005) return '<0.01';
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2 });
}
