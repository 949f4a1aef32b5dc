import { readUtc } from '#web/lib/audit-state.ts';
import { words } from '#web/lib/words/index.ts';
import css from './audit.module.css';

interface TimeRangeProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (change: { from?: string | undefined; to?: string | undefined }) => void;
}
/** From and to, in UTC like the ledger itself; an empty end is open. */
export function TimeRange({ from, to, onChange }: TimeRangeProps) {
  return (
    <>
      <TimeField label={words.audit.from} value={from} onChange={(value) => onChange({ from: value })} />
      <TimeField label={words.audit.to} value={to} onChange={(value) => onChange({ to: value })} />
    </>
  );
}
function TimeField({ label, value, onChange }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  return (
    <label className={css['time']}>
      <span>{label}</span>
      <input
        key={value}
        type="datetime-local"
        defaultValue={value?.slice(0, 16)}
        onBlur={(event) => {
          // Half a date is no date yet: it neither filters nor takes the filter away.
          if (event.target.validity.badInput) return;
          const typed = event.target.value === '' ? undefined : readUtc(event.target.value);
          if (typed !== value && event.target.value !== value?.slice(0, 16)) onChange(typed);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </label>
  );
}
