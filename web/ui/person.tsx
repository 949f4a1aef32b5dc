import { words } from '#web/lib/words/index.ts';
import css from './person.module.css';

/** First letters of the first and the last part of a name. */
export function initials(name: string): string {
  const parts = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => Array.from(part ?? '')[0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  return (
    // Drawn, not text: nobody is called by initials.
    <span className={large ? css['large'] : css['avatar']} data-initials={initials(name)} aria-hidden="true" />
  );
}
/** Somebody: initials and name; violet is for people. */
export function Person({ name, verified = true, role }: { name: string; verified?: boolean; role?: string }) {
  return (
    <span className={css['person']}>
      <Avatar name={name} />
      <span className={css['name']} title={name}>
        {name}
      </span>
      {role !== undefined && <span className="muted">{role}</span>}
      {!verified && <span className="muted">{words.ui.unverified}</span>}
    </span>
  );
}
