import { words } from '#web/lib/words/index.ts';
import { Anvil } from '#web/ui/anvil.tsx';
import css from './side-navigation.module.css';

/** Mark and name at the top of the side; the mark alone where the side is narrow. */
export function Brand() {
  return (
    <div className={css['brand']}>
      <Anvil />
      <b>{words.shell.product}</b>
      <span>{words.shell.console}</span>
    </div>
  );
}
