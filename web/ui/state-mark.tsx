import type { ReactNode } from 'react';
import { asLastKnown, type MarkKind, markKinds, type StateSign } from '#web/lib/state-vocabulary.ts';
import { useIsLastKnown } from './age.tsx';
import { classes } from './classes.ts';
import css from './state-mark.module.css';

/** Nine outlines, told apart without colour; on a 12 px grid. */
const shapes: Record<MarkKind, ReactNode> = {
  ok: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  warn: <path d="M6 1.25 11.25 10.75H.75z" fill="currentColor" />,
  bad: <rect x="1.75" y="1.75" width="8.5" height="8.5" rx=".5" fill="currentColor" />,
  stale: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor" />
    </>
  ),
  silent: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M2.8 9.2 9.2 2.8" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  unknown: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  pending: (
    <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeDasharray=".01 3.338" />
  ),
  off: <rect x="1.25" y="4.5" width="9.5" height="3" rx=".5" fill="currentColor" />,
  gone: <path d="m2.5 2.5 7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="1.75" />,
};

/** The shape alone: beside a word that says the same. */
export function Mark({ kind, moving = false }: { kind: MarkKind; moving?: boolean | undefined }) {
  return (
    <svg className={classes(css['mark'], css[kind], moving && css['moving'])} viewBox="0 0 12 12" aria-hidden="true" data-mark={kind}>
      {shapes[kind]}
    </svg>
  );
}

/** The shapes once on a page, for drawings that use thousands of them: `<use href={`#${markShape(kind)}`}>`. */
export const markShape = (kind: MarkKind): string => `mark-${kind}`;
export function MarkShapes() {
  return (
    <svg className="vh" aria-hidden="true">
      {markKinds.map((kind) => (
        <symbol key={kind} id={markShape(kind)} viewBox="0 0 12 12">
          {shapes[kind]}
        </symbol>
      ))}
    </svg>
  );
}

interface StateMarkProps {
  /** From `agentSign`, `outcomeSign` or `brokerSign`. */
  sign: StateSign | undefined;
  /** The value itself: shown, with ○, where the vocabulary has no sign for it. */
  value?: string;
  onUnmapped?: (value: string) => void;
  /** On an identity line: tinted, with the word in its colour. */
  pill?: boolean;
}
const told = new Set<string>();
/** The sign as it may be shown now: green only while the page still reads it. */
const useSignNow = (sign: StateSign): StateSign => (useIsLastKnown() ? asLastKnown(sign) : sign);

/** Shape, colour and word of any state the broker or the console knows; the one place where states get a look. */
export function StateMark({ sign, value = '', onUnmapped = logUnmapped, pill = false }: StateMarkProps) {
  if (sign === undefined && !told.has(value)) {
    told.add(value);
    onUnmapped(value);
  }
  const { kind, word, moving } = useSignNow(sign ?? { kind: 'unknown', word: value });
  return (
    <span className={classes(css['state'], css[`word-${kind}`], pill && css['pill'])}>
      <Mark kind={kind} moving={moving} />
      <span>{word}</span>
    </span>
  );
}
/** The shape alone, and the word alone, where they stand apart. */
export function StateShape({ sign }: { sign: StateSign }) {
  const { kind, moving } = useSignNow(sign);
  return <Mark kind={kind} moving={moving} />;
}
export function StateWord({ sign }: { sign: StateSign }) {
  const { kind, word } = useSignNow(sign);
  return <span className={classes(css['word'], css[`word-${kind}`])}>{word}</span>;
}
const logUnmapped = (value: string) => console.warn(`no mark for the state ${JSON.stringify(value)}`);
