import { type ReactNode, useSyncExternalStore } from 'react';
import { lastBeat, onBeat } from '#web/lib/ticker.ts';
import { clockTime, serverNow, zoneOf } from '#web/lib/time.ts';
import { Anvil } from './anvil.tsx';
import css from './gate.module.css';

interface GateProps {
  title: string;
  /** What one signs in to. */
  to: string;
  /** At the foot. */
  facts: readonly string[];
  children: ReactNode;
}
/** The page before anybody is signed in: one column, and a foot with what holds for all. */
export function Gate({ title, to, facts, children }: GateProps) {
  return (
    <div className={css['gate']}>
      <main className={css['column']}>
        <Anvil size={28} />
        <div>
          <h1>{title}</h1>
          <p className="secondary">{to}</p>
        </div>
        {children}
      </main>
      <footer className={css['foot']}>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        <Clock />
      </footer>
    </div>
  );
}
function Clock() {
  useSyncExternalStore(onBeat, lastBeat);
  const now = serverNow();
  return <span className={css['clock']}>{`${clockTime(now)} ${zoneOf(new Date(now))}`}</span>;
}
