import { useId, useState } from 'react';
import { readUtc, writeUtc } from '#web/lib/audit-state.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from '#web/ui/button.tsx';
import { ClockIcon } from '#web/ui/icons.tsx';
import { Popover } from '#web/ui/popover.tsx';
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

/** The same behind a button that says what is chosen, for a phone. */
export function TimeRangeMenu(props: TimeRangeProps) {
  const [from, to] = [props.from, props.to].map((value) => value && writeUtc(value));
  return (
    <Popover
      kind="dialog"
      target={
        <Button size="small" variant="ghost" icon={<ClockIcon />}>
          {words.audit.between(from, to)}
        </Button>
      }
    >
      <div className={css['times']}>
        <TimeRange {...props} />
      </div>
    </Popover>
  );
}

function TimeField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const known = value === undefined ? '' : writeUtc(value);
  // What is typed and not taken yet; the address is the truth before and after.
  const [typed, setTyped] = useState<string>();
  if (typed !== undefined && typed === known) setTyped(undefined);
  const [fault, setFault] = useState<string>();
  const id = useId();
  const settle = () => {
    const text = typed?.trim();
    const time = text === undefined ? value : readUtc(text);
    if (text !== undefined && text !== '' && time === undefined) return setFault(words.audit.badTime(text));
    setFault(undefined);
    if (text === undefined) return;
    setTyped(time === undefined ? '' : writeUtc(time));
    onChange(time);
  };
  return (
    <span className={css['time']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={typed ?? known}
        placeholder={words.audit.timeForm}
        spellCheck={false}
        autoComplete="off"
        {...(fault !== undefined && { 'aria-invalid': true, 'aria-errormessage': `${id}-fault` })}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
      <span id={`${id}-fault`} className={css['fault']} role="alert">
        {fault}
      </span>
    </span>
  );
}
