import { words } from '#web/lib/words/index.ts';
import { Labels } from '#web/ui/label.tsx';
import { useWidth } from '#web/ui/use-width.ts';
import css from './fleet.module.css';

/** Of the chips' own style: 11.5 px mono, its padding, the gap behind it, and the widest a chip gets. */
const chip = { letterPx: 6.9, paddingPx: 12, gapPx: 4, widestPx: 260 };
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

/** `undefined` while they are read, `null` where the broker did not answer for this agent. */
export function LabelsCell({ labels }: { labels: readonly string[] | null | undefined }) {
  const [measure, width] = useWidth();
  if (labels === null) return <span className={css['notRead']}>{words.fleet.labelsNotRead}</span>;
  return (
    <span ref={measure} className={css['labels']}>
      {labels !== undefined && width !== undefined && <Labels labels={labels} limit={labelsThatFit(labels, width)} />}
    </span>
  );
}
