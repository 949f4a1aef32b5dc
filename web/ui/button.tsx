import type { ReactNode, Ref } from 'react';
import css from './button.module.css';
import { classes } from './classes.ts';
import { Disabled } from './disabled.tsx';
import { Link } from './link.tsx';
import type { PopoverButtonProps } from './popover.tsx';

interface Look {
  variant?: 'default' | 'primary' | 'ghost' | 'danger';
  /** small 28 in bars and heads · medium 32 in forms and dialogs · large 36 for what commits a page */
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  /** Fills its line. */
  block?: boolean;
}
interface ButtonProps extends Look, Partial<PopoverButtonProps> {
  children: ReactNode;
  onClick?: () => void;
  type?: 'button' | 'submit';
  /** Id of the form that it submits from outside. */
  form?: string;
  /** Why it cannot be used; it then says so instead of doing anything. */
  why?: string | undefined;
  /** Its work is under way: a second press does nothing. */
  pending?: boolean;
  /** Has the focus when its dialog opens. */
  focusFirst?: boolean;
  'aria-label'?: string;
  ref?: Ref<HTMLButtonElement>;
}
const look = ({ variant = 'default', size = 'medium', block = false }: Look) =>
  classes(css['button'], css[variant], css[size], block && css['block']);

export function Button({
  children,
  onClick,
  type = 'button',
  why,
  pending = false,
  icon,
  variant,
  size,
  block,
  focusFirst,
  ref,
  ...rest
}: ButtonProps) {
  const idle = why === undefined && !pending;
  return (
    <Disabled why={why}>
      {(off) => (
        <button
          ref={ref}
          {...rest}
          {...off}
          {...(focusFirst === true && { 'data-autofocus': true })}
          {...(pending ? { 'aria-disabled': true as const, 'aria-busy': true } : {})}
          type={type}
          className={look({ ...(variant && { variant }), ...(size && { size }), ...(block && { block }) })}
          onClick={(event) => {
            if (!idle) event.preventDefault();
            else onClick?.();
          }}
        >
          {icon}
          <span className={css['text']}>{children}</span>
        </button>
      )}
    </Disabled>
  );
}
/** Looks like a button, is a link: it leads somewhere. */
export function LinkButton({ href, children, icon, ...rest }: Look & { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={look(rest)}>
      {icon}
      <span className={css['text']}>{children}</span>
    </Link>
  );
}
interface IconButtonProps extends Partial<PopoverButtonProps> {
  label: string;
  children: ReactNode;
  onClick?: () => void;
  why?: string | undefined;
  tabIndex?: number;
  ref?: Ref<HTMLButtonElement>;
  'aria-expanded'?: boolean;
  'aria-pressed'?: boolean;
}
/** An icon that does something; `label` is its name. */
export function IconButton({ label, children, onClick, why, ref, ...rest }: IconButtonProps) {
  return (
    <Disabled why={why}>
      {(off) => (
        <button
          ref={ref}
          {...rest}
          {...off}
          type="button"
          aria-label={label}
          title={why === undefined ? label : undefined}
          className={css['iconOnly']}
          onClick={() => {
            if (why === undefined) onClick?.();
          }}
        >
          {children}
        </button>
      )}
    </Disabled>
  );
}
