import { useState } from 'react';
import { words } from '#web/lib/words/index.ts';
import { classes } from './classes.ts';
import { Field, type FieldLabels } from './field.tsx';
import css from './field.module.css';
import { focusProps } from './focus.ts';
import { EyeIcon, EyeOffIcon } from './icons.tsx';

/** What `draft.field(name)` gives. */
export interface FieldValue {
  name: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
}
interface TextFieldProps extends FieldLabels, FieldValue {
  /** An identifier of the broker. */
  mono?: boolean;
  /** Hidden until shown; never part of a draft. */
  secret?: boolean;
  lines?: number;
  autoComplete?: string;
  focusFirst?: boolean;
  readOnly?: boolean;
  placeholder?: string;
}
export function TextField({
  name,
  value,
  onChange,
  onBlur,
  mono = false,
  secret = false,
  lines = 1,
  autoComplete = 'off',
  focusFirst,
  readOnly,
  placeholder,
  ...labels
}: TextFieldProps) {
  const [shown, setShown] = useState(false);
  const shared = { name, value, autoComplete, readOnly, placeholder, ...(onBlur && { onBlur }), ...focusProps(focusFirst) };
  return (
    <Field {...labels}>
      {(wiring) => (
        <div className={classes(css['control'], mono && css['mono'])}>
          {lines > 1 ? (
            <textarea {...wiring} {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
          ) : (
            <input
              {...wiring}
              {...shared}
              type={secret && !shown ? 'password' : 'text'}
              spellCheck={false}
              autoCapitalize="none"
              autoCorrect="off"
              onChange={(event) => onChange(event.target.value)}
            />
          )}
          {secret && (
            <button
              type="button"
              className={css['reveal']}
              aria-label={shown ? words.ui.hideSecret : words.ui.showSecret}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOffIcon /> : <EyeIcon />}
            </button>
          )}
        </div>
      )}
    </Field>
  );
}
