import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { words } from '#web/lib/words/index.ts';
import { classes } from './classes.ts';
import css from './command-palette.module.css';
import { SearchIcon } from './icons.tsx';
import { Overlay } from './overlay.tsx';

export interface Command {
  key: string;
  label: string;
  icon: ReactNode;
  /** Muted, after the label. */
  note?: ReactNode;
  /** A name of the broker. */
  mono?: boolean;
  run: () => void;
}
export interface CommandGroup {
  label: string;
  commands: readonly Command[];
}
interface CommandPaletteProps {
  label: string;
  /** What the field is for. */
  field: string;
  text: string;
  onText: (text: string) => void;
  groups: readonly CommandGroup[];
  /** Below the list: that it is still searching, or why it could not. */
  note?: ReactNode;
  /** Instead of a list. */
  empty: ReactNode;
  onClose: () => void;
}
const takeFocus = (input: HTMLInputElement | null) => input?.focus();

/** One field over everything that can be reached by name: ↑ ↓ walk, Enter runs, Escape closes. */
export function CommandPalette({ label, field, text, onText, groups, note, empty, onClose }: CommandPaletteProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string>();
  const all = groups.flatMap(({ commands }) => commands);
  // What is typed changes the list; the first then stands ready.
  const current = all.find(({ key }) => key === chosen) ?? all[0];
  const optionId = (key: string) => `${id}-${key}`;
  const show = (command: Command | undefined) => {
    setChosen(command?.key);
    if (command) document.getElementById(optionId(command.key))?.scrollIntoView({ block: 'nearest' });
  };
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const at = current === undefined ? -1 : all.indexOf(current);
    if (event.key === 'Enter') {
      event.preventDefault();
      if (current) run(current);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      show(event.key === 'ArrowDown' ? (all[at + 1] ?? all[0]) : at <= 0 ? all.at(-1) : all[at - 1]);
    } else if (event.key === 'PageDown' || event.key === 'PageUp') {
      event.preventDefault();
      show(event.key === 'PageDown' ? (all[at + 8] ?? all.at(-1)) : all[Math.max(0, at - 8)]);
    }
  };
  return (
    <Overlay label={label} onClose={onClose}>
      <div className={css['head']}>
        <SearchIcon />
        <input
          ref={takeFocus}
          role="combobox"
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current && optionId(current.key)}
          aria-autocomplete="list"
          aria-label={field}
          placeholder={field}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setChosen(undefined);
            list.current?.scrollTo(0, 0);
            onText(event.target.value);
          }}
          onKeyDown={press}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no select holds marks, notes and groups under a field of its own */}
      <div ref={list} className={css['list']} id={`${id}-list`} role="listbox" aria-label={label} tabIndex={-1}>
        {groups
          .filter(({ commands }) => commands.length > 0)
          .map((group) => (
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of a listbox is no fieldset
            <div key={group.label} role="group" aria-label={group.label}>
              <div className={css['group']} aria-hidden="true">
                {group.label}
              </div>
              {group.commands.map((command) => (
                <div
                  key={command.key}
                  id={optionId(command.key)}
                  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of the listbox above
                  role="option"
                  tabIndex={-1}
                  aria-selected={command === current}
                  className={classes(css['option'], command === current && css['current'])}
                  onPointerMove={() => command !== current && setChosen(command.key)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => run(command)}
                  onKeyDown={(event) => event.key === 'Enter' && run(command)}
                >
                  {command.icon}
                  <span className={classes(css['label'], command.mono && 'mono')}>
                    <bdi>{command.label}</bdi>
                  </span>
                  {command.note !== undefined && <span className={css['note']}>{command.note}</span>}
                </div>
              ))}
            </div>
          ))}
        {all.length === 0 && <div className={css['empty']}>{empty}</div>}
      </div>
      <div className={css['foot']}>
        <output>{note ?? words.palette.found(all.length)}</output>
        <span aria-hidden="true">
          <kbd>↑</kbd> <kbd>↓</kbd> {words.palette.keys.walk} <kbd>↵</kbd> {words.palette.keys.run} <kbd>Esc</kbd>{' '}
          {words.palette.keys.close}
        </span>
      </div>
    </Overlay>
  );
}
