import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { words } from '#web/lib/words/index.ts';
import { CloseIcon, SearchIcon } from './icons.tsx';
import css from './search-field.module.css';

const settleMs = 250;
interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  ref?: RefObject<HTMLInputElement | null> | undefined;
}
/** Searches while one types, a quarter second after the last key; `/` goes to it, Escape empties it. */
export function SearchField({ label, value, onChange, ref }: SearchFieldProps) {
  // What is typed and not searched yet; the URL is the truth before and after.
  const [typed, setTyped] = useState<string>();
  if (typed !== undefined && typed === value) setTyped(undefined);
  const own = useRef<HTMLInputElement>(null);
  const input = ref ?? own;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
  const settle = (text: string) => {
    if (text !== value) onChange(text);
  };
  const rest = useEffectEvent(settle);
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => rest(typed), settleMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const shown = typed ?? value;
  return (
    <search className={css['field']}>
      <SearchIcon />
      <input
        ref={input}
        type="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts="/"
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        value={shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          settle(shown);
          setTyped(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle(shown);
          if (event.key === 'Escape' && shown !== '') {
            event.stopPropagation();
            setTyped('');
            settle('');
          }
        }}
      />
      {shown === '' ? (
        <kbd className={css['key']} aria-hidden="true">
          /
        </kbd>
      ) : (
        <button
          type="button"
          className={css['clear']}
          aria-label={words.ui.clearSearch}
          onClick={() => {
            setTyped(undefined);
            settle('');
            input.current?.focus();
          }}
        >
          <CloseIcon />
        </button>
      )}
    </search>
  );
}
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
