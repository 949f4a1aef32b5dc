import { clockTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import type { KnownLabels } from '#web/queries/agent-tags.ts';
import { FittingLabels } from '#web/ui/fitting-labels.tsx';
import css from './fleet.module.css';

/** Nothing while they are read. The broker announces no change of labels, so when they were read is told on hover. */
export function LabelsCell({ known }: { known: KnownLabels | undefined }) {
  if (known === undefined) return null;
  if (known.labels === null) return <span className={css['warn']}>{words.fleet.labelsNotRead}</span>;
  return (
    <span className={css['labels']} title={words.fleet.labelsRead(clockTime(known.readAt))}>
      <FittingLabels labels={known.labels} />
    </span>
  );
}
