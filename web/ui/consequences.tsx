import css from './consequences.module.css';

/** What will happen, one line each. */
export function Consequences({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={css['consequences']}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
