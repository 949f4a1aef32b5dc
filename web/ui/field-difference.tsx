import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import css from './field-difference.module.css';

interface FieldOfBoth {
  label: string;
  yours: string;
  now: string;
  /** Before anybody changed it, where the field merges: only one side changed it, and that one stands. */
  before?: string;
  /** Gives this one field up. */
  onTakeTheirs?: () => void;
}
interface FieldDifferenceProps {
  /** What stands in the first column: what was typed, or what was looked at. */
  yours: string;
  fields: readonly FieldOfBoth[];
}
/** The fields of a form on both sides of a conflict. */
export function FieldDifference({ yours: head, fields }: FieldDifferenceProps) {
  const say = words.agents.changedMeanwhile;
  return (
    <table className={css['both']}>
      <thead>
        <tr>
          <th scope="col">{say.field}</th>
          <th scope="col">{head}</th>
          <th scope="col">{say.now}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ label, yours, now, before = now, onTakeTheirs }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {yours === now ? (
              <td colSpan={2} className="muted">
                {before === now ? say.same : say.theirsStands} <span className="mono">{now}</span>
              </td>
            ) : (
              <>
                <td className="mono">{yours}</td>
                <td>
                  <span className="mono">{now}</span>{' '}
                  {onTakeTheirs && before !== now && (
                    <Button size="small" variant="ghost" onClick={onTakeTheirs} aria-label={say.takeTheirsOf(label)}>
                      {say.takeThis}
                    </Button>
                  )}
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
