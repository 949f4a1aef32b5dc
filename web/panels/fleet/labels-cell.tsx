import { words } from '#web/lib/words/index.ts';
import { FittingLabels } from '#web/ui/fitting-labels.tsx';
import css from './fleet.module.css';

/** `undefined` while they are read, `null` where the broker did not answer for this agent. */
export function LabelsCell({ labels }: { labels: readonly string[] | null | undefined }) {
  if (labels === null) return <span className={css['warn']}>{words.fleet.labelsNotRead}</span>;
  return labels !== undefined && <FittingLabels labels={labels} />;
}
