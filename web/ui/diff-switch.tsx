import { submit } from '#web/lib/words/en/submit.ts';
import { Segments } from './segments.tsx';

const { view: say } = submit.changes;

interface DiffSwitchProps {
  view: 'unified' | 'split';
  choose: (view: 'unified' | 'split') => void;
}
/** One text below the other's lines, or both side by side. */
export function DiffSwitch({ view, choose }: DiffSwitchProps) {
  return (
    <Segments
      label={say.label}
      value={view}
      onChange={choose}
      options={[
        { value: 'unified', label: say.unified },
        { value: 'split', label: say.split },
      ]}
    />
  );
}
