import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useUrlState } from '#web/hooks/use-list-state.ts';
import type { ScopeUse } from '#web/lib/scope.ts';
import { words } from '#web/lib/words/index.ts';
import { generatorChoices } from '#web/queries/generators.ts';
import { CheckIcon } from '#web/ui/icons.tsx';
import { closePopover } from '#web/ui/popover.tsx';
import css from './scope-chip.module.css';

const say = words.scope;
const takeFocus = (input: HTMLInputElement | null) => input?.focus();

/** ↑ ↓ walk from the field through the tenants and back. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
  stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus();
}

/** The tenants to choose from, and what a scope does on this page. */
export function ScopeChoices({ tenant, use }: { tenant: string | undefined; use: ScopeUse }) {
  const url = useUrlState();
  const [text, setText] = useState('');
  const generators = useQuery(generatorChoices(text));
  const rows = generators.data?.rows ?? [];
  const total = generators.data?.total ?? 0;
  const choose = (id: string | undefined) => (event: React.MouseEvent) => {
    closePopover(event.currentTarget);
    url.set({ tenant: id, offset: undefined, open: undefined });
  };
  return (
    <div className={css['choices']} onKeyDown={walk} role="presentation">
      <input
        ref={takeFocus}
        type="search"
        className={css['find']}
        aria-label={say.find}
        placeholder={say.find}
        value={text}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <ul aria-label={say.choose}>
        {text === '' && <Choice label={say.all} chosen={tenant === undefined} onChoose={choose(undefined)} />}
        {rows.map(({ id, name, isActive }) => (
          <Choice key={id} label={name} note={isActive ? undefined : say.inactive} chosen={id === tenant} mono onChoose={choose(id)} />
        ))}
      </ul>
      {generators.isPending && <p className={css['note']}>{say.reading}</p>}
      {generators.isError && <p className={css['note']}>{say.notRead}</p>}
      {generators.isSuccess && rows.length === 0 && text !== '' && <p className={css['note']}>{say.none}</p>}
      {total > rows.length && rows.length > 0 && <p className={css['note']}>{say.more(rows.length, total)}</p>}
      <p className={css['meaning']}>{say.meaning[use]}</p>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  note?: string | undefined;
  chosen: boolean;
  mono?: boolean;
  onChoose: (event: React.MouseEvent) => void;
}
function Choice({ label, note, chosen, mono = false, onChoose }: ChoiceProps) {
  return (
    <li>
      <button type="button" className={css['choice']} aria-pressed={chosen} onClick={onChoose}>
        <span className={mono ? 'mono truncate' : 'truncate'}>
          <bdi>{label}</bdi>
        </span>
        {note !== undefined && <span className="caption">{note}</span>}
        {chosen && <CheckIcon />}
      </button>
    </li>
  );
}
