import { words } from '#web/lib/words/index.ts';
import css from './set-difference.module.css';

interface SetDifferenceProps {
  label: string;
  /** The members when they were looked at, and now. */
  before: readonly string[];
  now: readonly string[];
  /** What was to be added. */
  yours: string;
}
const signs = { added: '+', removed: '−', yours: '▸', same: '=' } as const;

/** One set in which each member says whether they added it, they removed it, it is yours, or it stayed. */
export function SetDifference({ label, before, now, yours }: SetDifferenceProps) {
  const say = words.agents.changedMeanwhile.marks;
  const rows = [
    ...now.filter((text) => !before.includes(text)).map((text) => ({ text, mark: 'added' as const })),
    ...before.filter((text) => !now.includes(text)).map((text) => ({ text, mark: 'removed' as const })),
    ...(now.includes(yours) ? [] : [{ text: yours, mark: 'yours' as const }]),
    ...now.filter((text) => before.includes(text)).map((text) => ({ text, mark: 'same' as const })),
  ];
  return (
    <ul className={css['set']} aria-label={label}>
      {rows.map(({ text, mark }) => {
        const Member = mark === 'removed' ? 'del' : mark === 'same' ? 'span' : 'ins';
        return (
          <li key={`${mark} ${text}`} data-mark={mark}>
            <span aria-hidden="true" className={css['sign']}>
              {signs[mark]}
            </span>
            <Member className={css['member']}>{text}</Member> <span className="caption">{say[mark]}</span>
          </li>
        );
      })}
    </ul>
  );
}
