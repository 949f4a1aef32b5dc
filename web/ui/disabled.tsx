import { type ReactElement, type ReactNode, useId } from 'react';
import { Tip } from './tip.tsx';

export interface OffProps {
  'aria-disabled'?: true;
  'aria-describedby'?: string;
}
/**
 * A control that cannot be used says why. It stays in the tab order (`aria-disabled`, never `disabled`), its reason is its
 * description and shows on hover and focus. The child gets the props to spread and must do nothing when pressed.
 */
export function Disabled({ why, children }: { why: string | undefined; children: (off: OffProps) => ReactElement }): ReactNode {
  const id = useId();
  return (
    <>
      <Tip text={why}>{children(why === undefined ? {} : { 'aria-disabled': true, 'aria-describedby': id })}</Tip>
      {why !== undefined && (
        <span id={id} hidden>
          {why}
        </span>
      )}
    </>
  );
}
