import type { ReactNode } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { CauseNote } from './cause-note.tsx';

interface ChangedMeanwhileProps {
  /** Of what, as a sentence. */
  title: string;
  text: string;
  /** Both sides: `FieldDifference` of a form, `SetDifference` of a set. */
  children: ReactNode;
  onKeepTheirs?: () => void;
}
/** Somebody was faster: both values side by side, nothing sent, what was typed still in its fields. */
export function ChangedMeanwhile({ title, text, children, onKeepTheirs }: ChangedMeanwhileProps) {
  return (
    <div role="alert">
      <CauseNote kind="warn" title={title}>
        <p>{text}</p>
        {children}
        {onKeepTheirs && (
          <Button size="small" variant="ghost" onClick={onKeepTheirs}>
            {words.agents.changedMeanwhile.takeTheirs}
          </Button>
        )}
      </CauseNote>
    </div>
  );
}
