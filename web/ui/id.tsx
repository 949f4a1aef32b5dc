import { CopyIconButton } from './copy-button.tsx';
import css from './id.module.css';

/** An identifier in mono, whole, with its copy button. `what` names it: "agent id". */
export function Id({ id, what }: { id: string; what: string }) {
  return (
    <span className={css['id']}>
      <span className={css['text']}>{id}</span>
      <CopyIconButton text={id} what={what} />
    </span>
  );
}
