import { words } from '#web/lib/words/index.ts';
import { Age } from './age.tsx';
import css from './tag-set.module.css';

/** How old this knowledge is, and a way to renew it: the broker announces no change of it. */
export function ReadAgo({ asOf, onRead }: { asOf: string; onRead: () => void }) {
  return (
    <span className={css['readAgo']}>
      {words.agents.read} <Age at={asOf} ago />
      <button type="button" className="link" onClick={onRead}>
        {words.ui.readAgain}
      </button>
    </span>
  );
}
