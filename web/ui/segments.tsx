import type { ReactNode } from 'react';
import css from './segments.module.css';

interface SegmentsProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
  value: Value;
  onChange: (value: Value) => void;
}
/** Two or three ways to look at the same thing, side by side; the pressed one is shown. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  return (
    <fieldset className={css['switch']} aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
          {option.icon}
          <span data-label={option.label}>{option.label}</span>
        </button>
      ))}
    </fieldset>
  );
}
