import type { TallyPart } from '#web/lib/roll-up.ts';
import css from './group-band.module.css';
import { ChevronDownIcon, RightIcon } from './icons.tsx';
import { Tally } from './tally.tsx';

interface GroupBandProps {
  name: string;
  /** What the name stands for, where it is none of the broker's. */
  meaning?: string | undefined;
  count: string;
  open: boolean;
  tally: readonly TallyPart[];
  tallyLabel: string;
  onToggle: () => void;
}
/** The head of a group within a table: its name, how many, in which states, and whether its rows are shown. */
export function GroupBand({ name, meaning, count, open, tally, tallyLabel, onToggle }: GroupBandProps) {
  return (
    <span className={css['band']}>
      <button type="button" aria-expanded={open} className={css['toggle']} onClick={onToggle}>
        {open ? <ChevronDownIcon /> : <RightIcon />}
        <span className={meaning === undefined ? css['name'] : css['without']} title={meaning}>
          <bdi>{name}</bdi>
        </span>{' '}
        <span className={css['count']}>{count}</span>
      </button>
      <Tally label={tallyLabel} parts={tally} />
    </span>
  );
}
