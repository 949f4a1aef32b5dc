import type { ReactNode } from 'react';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import { CauseNote } from './cause-note.tsx';
import css from './changed-meanwhile.module.css';

interface ChangedMeanwhileProps {
  /** Of what, as a sentence. */
  title: string;
  /** What stands in the first column: what was typed, or what was looked at. */
  yours?: string;
  text: string;
  fields?: readonly { label: string; yours: string; now: string }[];
  /** In place of fields, where it is no form of fields that changed. */
  children?: ReactNode;
  onKeepTheirs?: () => void;
}
/** Somebody was faster: both values side by side, nothing sent, what was typed still in its fields. */
export function ChangedMeanwhile({ title, yours: head, text, fields, children, onKeepTheirs }: ChangedMeanwhileProps) {
  const say = words.agents.changedMeanwhile;
  return (
    <div role="alert">
      <CauseNote kind="warn" title={title}>
        <p>{text}</p>
        {children}
        {fields && (
          <table className={css['both']}>
            <thead>
              <tr>
                <th scope="col">{say.field}</th>
                <th scope="col">{head}</th>
                <th scope="col">{say.now}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ label, yours, now }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {yours === now ? (
                    <td colSpan={2} className="muted">
                      {say.same} <span className="mono">{now}</span>
                    </td>
                  ) : (
                    <>
                      <td className="mono">{yours}</td>
                      <td className="mono">{now}</td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {onKeepTheirs && (
          <Button size="small" variant="ghost" onClick={onKeepTheirs}>
            {say.takeTheirs}
          </Button>
        )}
      </CauseNote>
    </div>
  );
}
