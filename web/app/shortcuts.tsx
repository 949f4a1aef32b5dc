import { words } from '#web/lib/words/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { CloseIcon } from '#web/ui/icons.tsx';
import { Overlay } from '#web/ui/overlay.tsx';
import { paletteKeys } from './palette-keys.ts';
import css from './palette.module.css';

const say = words.palette.shortcuts;
const groups: readonly { title: string; keys: readonly { keys: readonly string[]; does: string }[] }[] = [
  {
    title: say.groups.anywhere,
    keys: [
      { keys: paletteKeys, does: say.palette },
      { keys: ['?'], does: say.this },
      { keys: ['Esc'], does: say.close },
    ],
  },
  {
    title: say.groups.lists,
    keys: [
      { keys: ['/'], does: say.search },
      { keys: ['↑', '↓'], does: say.rows },
      { keys: ['Home', 'End'], does: say.ends },
      { keys: ['↵'], does: say.open },
    ],
  },
  {
    title: say.groups.map,
    keys: [
      { keys: ['←', '→', '↑', '↓'], does: say.cells },
      { keys: ['Home', 'End'], does: say.cellEnds },
      { keys: ['PgUp', 'PgDn'], does: say.clusters },
      { keys: ['↵'], does: say.openCell },
    ],
  },
];

/** Every key the console listens to. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Overlay label={say.title} onClose={onClose}>
      <div className={css['head']}>
        <h2>{say.title}</h2>
        <IconButton label={words.ui.close} onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      <div className={css['groups']}>
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(({ keys: caps, does }) => (
                <div key={does}>
                  <dt>
                    {caps.map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Overlay>
  );
}
