import { type ReactNode, useId } from 'react';
import css from './field.module.css';

export interface FieldLabels {
  label: string;
  /** Below the control, always there. */
  hint?: ReactNode;
  /** Why what is in it was refused; takes the hint's place in attention, not in space. */
  error?: string | undefined;
  required?: boolean;
}
export interface FieldWiring {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-errormessage'?: string;
  'aria-required'?: true;
}
/** Label above, hint and refusal below, all tied to the control for those who cannot see them. */
export function Field({ label, hint, error, required = false, children }: FieldLabels & { children: (wiring: FieldWiring) => ReactNode }) {
  const id = useId();
  const wiring: FieldWiring = {
    id,
    ...(hint !== undefined && { 'aria-describedby': `${id}-hint` }),
    ...(error !== undefined && { 'aria-invalid': true, 'aria-errormessage': `${id}-error` }),
    ...(required && { 'aria-required': true }),
  };
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      {children(wiring)}
      {hint !== undefined && (
        <p className={css['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <p className={css['error']} id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  );
}
