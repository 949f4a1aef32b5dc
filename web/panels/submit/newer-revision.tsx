import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Revision } from '#contract/stacks.ts';
import { explain } from '#web/lib/failure.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { words } from '#web/lib/words/index.ts';
import { comparison } from '#web/queries/submit.ts';
import { Age } from '#web/ui/age.tsx';
import { Button } from '#web/ui/button.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { ResourceDiff } from '#web/ui/resource-diff.tsx';
import css from './newer.module.css';

const say = submit.newer;

interface NewerRevisionProps {
  newer: Revision;
  /** Null when there was none. */
  reviewed: Revision | null;
  /** Sending was tried and stopped by it: then it comes into sight. */
  wasRefused: boolean;
  onGoOn: () => void;
  onStartAgain: (() => void) | undefined;
}
/** Somebody was faster: both revisions, what is between them, and nothing sent before it is acknowledged. */
export function NewerRevision({ newer, reviewed, wasRefused, onGoOn, onStartAgain }: NewerRevisionProps) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!wasRefused) return;
    note.current?.scrollIntoView({ block: 'nearest' });
    note.current?.focus({ preventScroll: true });
  }, [wasRefused]);
  return (
    <div className={css['newer']}>
      <div ref={note} role="alert" tabIndex={-1}>
        <CauseNote
          kind="warn"
          title={say.title(newer.sequence)}
          actions={
            <>
              {onStartAgain && (
                <Button size="small" variant="ghost" onClick={onStartAgain}>
                  {say.startAgain(newer.sequence)}
                </Button>
              )}
              <Button size="small" onClick={onGoOn}>
                {say.goOn(newer.sequence)}
              </Button>
            </>
          }
        >
          <p>{say.text(reviewed?.sequence)}</p>
          {/* Its ages count on: spoken with the note, not at every second of it. */}
          <table className={css['both']} aria-live="off">
            <thead>
              <tr>
                {say.columns.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Row head={say.yours} revision={reviewed} />
              <Row head={say.now} revision={newer} />
            </tbody>
          </table>
        </CauseNote>
      </div>
      {reviewed !== null && <Between from={reviewed} to={newer} />}
    </div>
  );
}

function Row({ head, revision }: { head: string; revision: Revision | null }) {
  return (
    <tr>
      <th scope="row">{head}</th>
      {revision === null ? (
        <td colSpan={4} className="muted">
          {say.none}
        </td>
      ) : (
        <>
          <td className="mono">{revision.sequence}</td>
          <td>
            <Age at={revision.submittedAt} ageMs={revision.ageMs} ago />
          </td>
          <td>{revision.isDeletionMarker ? say.marker : words.stack.revisions.bytes(revision.bytes)}</td>
          <td className="mono" title={revision.checksum}>
            {revision.checksum.slice(0, 12)}
          </td>
        </>
      )}
    </tr>
  );
}

function Between({ from, to }: { from: Revision; to: Revision }) {
  const { data, error, isFetching, refetch } = useQuery(comparison(from.id, to.id));
  const title = say.between(from.sequence, to.sequence);
  return (
    <details className={css['between']} open>
      <summary>{title}</summary>
      {data !== undefined ? (
        <ResourceDiff resources={data.resources} truncated={data.truncated} />
      ) : error === null ? (
        <Loading label={title} rows={2} />
      ) : (
        <PanelState
          kind="error"
          failure={explain(error, submit.changes.notCompared)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
    </details>
  );
}
