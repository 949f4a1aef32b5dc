import { memo, type ReactNode, useId, useState } from 'react';
import { type DiffLine, type DiffPair, placedName, type ResourceChange, sideBySide } from '#web/lib/resource-diff.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { classes } from './classes.ts';
import { ChevronDownIcon } from './icons.tsx';
import css from './resource-diff.module.css';

const words = submit.changes;
/** More of one object is shown when asked for. */
const shownLines = 200;

interface ResourceDiffProps {
  resources: readonly ResourceChange[];
  truncated: boolean;
  /** Both texts side by side instead of one below the other. */
  split?: boolean;
}
/** Changes object by object: + and −, line numbers of both texts, changed words marked. Objects that stayed the same are left out. */
export function ResourceDiff({ resources, truncated, split = false }: ResourceDiffProps) {
  return (
    <div className={css['diff']}>
      {resources.map(
        (resource, index) => resource.change !== 'same' && <Changed key={keyOf(resource, index)} resource={resource} split={split} />,
      )}
      {truncated && <p className={css['note']}>{words.truncated}</p>}
    </div>
  );
}
const keyOf = ({ resource: { apiVersion, kind, namespace, name }, change }: ResourceChange, index: number) =>
  name === '' ? `${change} ${index}` : [change, apiVersion, kind, namespace, name].join(' ');

/** `Deployment payments/ledger`. */
export function ResourceTitle({ resource }: Pick<ResourceChange, 'resource'>): ReactNode {
  if (resource.name === '' && resource.kind === '') return <span className="muted">{words.nameless}</span>;
  return (
    <>
      <span className={css['kind']}>{resource.kind}</span> <bdi className="mono">{placedName(resource)}</bdi>
    </>
  );
}

interface ChangedProps {
  resource: ResourceChange;
  split: boolean;
}
const Changed = memo(function Changed({ resource: { resource, change, addedLines, removedLines, lines }, split }: ChangedProps) {
  const [isOpen, setIsOpen] = useState(true);
  const [isWhole, setIsWhole] = useState(false);
  const id = useId();
  const shown = isWhole ? lines : lines.slice(0, shownLines);
  return (
    <div className={css['resource']}>
      <h3 className={css['head']} title={resource.apiVersion}>
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setIsOpen(!isOpen)}>
          <span className={classes(css['chevron'], !isOpen && css['shut'])}>
            <ChevronDownIcon />
          </span>
          <ResourceTitle resource={resource} />
          <span className={css['counts']}>
            {addedLines > 0 && <span className={css['plus']}>+{addedLines}</span>}{' '}
            {removedLines > 0 && <span className={css['minus']}>−{removedLines}</span>} {words.word[change]}
          </span>
        </button>
      </h3>
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <ol className={css['lines']}>
            {split
              ? sideBySide(shown).map((pair) => <Pair key={`${pair.before?.before} ${pair.after?.after}`} pair={pair} />)
              : shown.map((line) => <Line key={`${line.kind} ${line.before} ${line.after}`} line={line} />)}
          </ol>
        )}
        {isOpen && shown.length < lines.length && (
          <button type="button" className={classes('link', css['more'])} onClick={() => setIsWhole(true)}>
            {words.more(lines.length - shown.length)}
          </button>
        )}
      </div>
    </div>
  );
});

const signs = { same: '', added: '+', removed: '−', skip: '' } as const;
const spoken = { same: undefined, added: words.addedLine, removed: words.removedLine, skip: undefined } as const;

function Line({ line }: { line: DiffLine }) {
  if (line.kind === 'skip') return <Skip line={line} />;
  return (
    <li className={classes(css['line'], css[line.kind])}>
      <Numbered number={line.before} />
      <Numbered number={line.after} />
      <Said line={line} />
    </li>
  );
}
/** A line said once though it stands on both sides. */
function Pair({ pair: { before, after } }: { pair: DiffPair }) {
  if (before?.kind === 'skip') return <Skip line={before} />;
  return (
    <li className={css['pair']}>
      <Half line={before} number={before?.before} />
      <Half line={after} number={after?.after} silent={before === after} />
    </li>
  );
}
function Half({ line, number, silent = false }: { line: DiffLine | undefined; number: number | null | undefined; silent?: boolean }) {
  return (
    <div className={classes(css['half'], line === undefined ? css['absent'] : css[line.kind])} aria-hidden={silent || undefined}>
      {line !== undefined && (
        <>
          <Numbered number={number ?? null} />
          <Said line={line} />
        </>
      )}
    </div>
  );
}
const Skip = ({ line: { skipped } }: { line: DiffLine }) => <li className={css['skip']}>{words.skipped(skipped ?? 0)}</li>;
const Numbered = ({ number }: { number: number | null }) => (
  <span className={css['number']} aria-hidden="true">
    {number}
  </span>
);
function Said({ line: { kind, text, words: stretch } }: { line: DiffLine }) {
  const [from, to] = stretch ?? [0, 0];
  return (
    <>
      <span className={css['sign']} aria-hidden="true">
        {signs[kind]}
      </span>
      <span className={css['text']}>
        {spoken[kind] !== undefined && <span className="vh">{spoken[kind]} </span>}
        {to > from ? (
          <>
            {text.slice(0, from)}
            <mark>{text.slice(from, to)}</mark>
            {text.slice(to)}
          </>
        ) : (
          text
        )}
      </span>
    </>
  );
}
