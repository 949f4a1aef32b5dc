import type { ReactNode } from 'react';
import type { Failure } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { clockTime, exactTime, formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { useAge } from './age.tsx';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { LockIcon, RefreshIcon } from './icons.tsx';
import css from './panel-state.module.css';
import { Mark } from './state-mark.tsx';

type PanelStateProps =
  | { kind: 'empty'; title: string; children?: ReactNode; actions?: ReactNode }
  /** A load that failed: in words, with all a ticket needs, and a retry where one is safe. */
  | { kind: 'error'; failure: Failure; onRetry?: () => void; retrying?: boolean }
  | { kind: 'forbidden'; title: string; children?: ReactNode };
/** What a panel shows instead of its content; the frame and its title never move. */
export function PanelState(props: PanelStateProps) {
  switch (props.kind) {
    case 'empty':
      return (
        <div className={css['state']} data-state>
          <p className={css['title']}>{props.title}</p>
          {props.children !== undefined && <div className={css['text']}>{props.children}</div>}
          {props.actions !== undefined && <div className={css['actions']}>{props.actions}</div>}
        </div>
      );
    case 'forbidden':
      return (
        <div className={css['state']} data-state>
          <p className={css['title']}>
            <LockIcon /> {props.title}
          </p>
          {props.children !== undefined && <div className={css['text']}>{props.children}</div>}
        </div>
      );
    case 'error':
      return <ErrorState {...props} />;
  }
}

function ErrorState({ failure, onRetry, retrying = false }: { failure: Failure; onRetry?: () => void; retrying?: boolean }) {
  return (
    <div className={css['state']} data-state role="alert">
      <p className={css['title']}>
        <Mark kind="bad" /> {failure.title}
      </p>
      <p className={css['text']}>{failure.detail}</p>
      <FailureBox failure={failure} />
      <div className={css['actions']}>
        {onRetry && failure.retrySafe && (
          <Button size="small" icon={<RefreshIcon />} pending={retrying} onClick={onRetry}>
            {words.ui.readAgain}
          </Button>
        )}
        <CopyButton text={failure.report} label={words.ui.copyEverything} what={words.ui.errorReport} />
      </div>
    </div>
  );
}
/** Code, the broker's own words, request and time: what a ticket needs. */
export function FailureBox({ failure }: { failure: Failure }) {
  const { code, upstream, requestId, at } = failure;
  return (
    <dl className={css['box']}>
      <dt>{words.ui.code}</dt>
      <dd>
        <a className="link" href={paths.errorGuide(code)} target="_blank" rel="noreferrer">
          {code}
        </a>
      </dd>
      {upstream !== undefined && (
        <>
          <dt>{words.ui.broker}</dt>
          <dd>{upstream}</dd>
        </>
      )}
      {requestId !== undefined && (
        <>
          <dt>{words.ui.request}</dt>
          <dd>{requestId}</dd>
        </>
      )}
      <dt>{words.ui.at}</dt>
      <dd>{at}</dd>
    </dl>
  );
}

/** Lines where the content will be; says so to those who cannot see them. */
export function Loading({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div className={css['loading']} data-loading>
      <output className="vh">{`${label}: ${words.ui.loading}`}</output>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={css['bone']} aria-hidden="true">
          <span style={{ width: `${28 + ((index * 7) % 5) * 4}%` }} />
          <span style={{ width: '16%' }} />
          <span style={{ width: '8%' }} />
        </div>
      ))}
    </div>
  );
}
/** Under rows that could not be read again: how old they are, and that it goes on trying. */
export function StaleNote({ at }: { at: string }) {
  const age = useAge(undefined, at) ?? 0;
  return (
    <div className={css['foot']}>
      <Mark kind="stale" />
      <span className={css['warn']} title={exactTime(at)}>
        {words.ui.asOf(clockTime(at), formatAge(age))}
      </span>
      <span className="muted">{words.ui.tryingAgain}</span>
      {/* Spoken when it happens, not at every second of it. */}
      <output className="vh">{words.ui.notReadSince(clockTime(at))}</output>
    </div>
  );
}
/** Under content of which a part is missing: what, and how to get it. */
export function PartialNote({ children, onRetry }: { children: ReactNode; onRetry?: () => void }) {
  return (
    <div className={css['foot']}>
      <Mark kind="warn" />
      <output className={css['warn']}>{children}</output>
      {onRetry && (
        <Button size="small" variant="ghost" onClick={onRetry}>
          {words.ui.readAgain}
        </Button>
      )}
    </div>
  );
}
