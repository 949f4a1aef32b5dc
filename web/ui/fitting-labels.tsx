import type { ReactNode } from 'react';
import { Labels } from './label.tsx';
import css from './label.module.css';
import { useWidth } from './use-width.ts';

/** Of the chips' own style: 11.5 px mono, its padding, the gap behind it, and the widest a chip gets. */
const chip = { letterPx: 7, paddingPx: 12, gapPx: 4, widestPx: 260 };
const morePx = 28;

/** How many whole labels fit into `width`, with room for "+n" while some are left over; never less than one. */
export function labelsThatFit(labels: readonly string[], width: number): number {
  let taken = 0;
  for (const [index, label] of labels.entries()) {
    taken += Math.min(chip.widestPx, label.length * chip.letterPx + chip.paddingPx) + chip.gapPx;
    const rest = index < labels.length - 1 ? morePx : 0;
    if (taken + rest > width) return Math.max(1, index);
  }
  return labels.length;
}
/** As many whole labels as its place has room for, then how many more. */
export function FittingLabels({ labels, none }: { labels: readonly string[]; none?: ReactNode }) {
  const [measure, width] = useWidth();
  return (
    <span ref={measure} className={css['fitting']}>
      {width !== undefined && <Labels labels={labels} limit={labelsThatFit(labels, width)} none={none} />}
    </span>
  );
}
