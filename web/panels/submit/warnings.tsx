import { listReachedAgents } from '#contract/reach.ts';
import { useMay } from '#web/context/session.tsx';
import { type Coverage, isWhole } from '#web/lib/coverage.ts';
import { placedName } from '#web/lib/resource-diff.ts';
import { submit } from '#web/lib/words/en/submit.ts';
import { Mark } from '#web/ui/state-mark.tsx';
import css from './facts.module.css';
import type { SubmissionState } from './use-submission.ts';

const say = submit.warnings;
/** Taking one of these away takes away what lives in it. */
const holders = new Set(['Namespace', 'CustomResourceDefinition', 'PersistentVolumeClaim', 'PersistentVolume']);
const mostFindings = 20;

interface WarningsProps {
  state: SubmissionState;
  coverage: Coverage;
  onJump: (line: number, column?: number) => void;
}
/** Everything to know before it is sent: findings with their lines, what goes, what is not known. */
export function Warnings({ state: { findings, preview, isCompared, current }, coverage, onJump }: WarningsProps) {
  // Whom it reaches is told beside this, also why it is not.
  const mayKnow = useMay(listReachedAgents).allowed;
  const removed = isCompared ? (preview.data?.diff.resources ?? []).filter(({ change }) => change === 'removed') : [];
  const general = [
    ...(removed.length > 0 ? [say.removed(removed.length)] : []),
    ...removed
      .filter(({ resource }) => holders.has(resource.kind))
      .map(({ resource }) => say.removedWhole(`${resource.kind} ${placedName(resource)}`)),
    ...(current?.isDeletionMarker === true ? [say.afterMarker(current.sequence)] : []),
    ...(isWhole(coverage) || !mayKnow ? [] : [say.partly]),
  ];
  const count = findings.length + general.length;
  return (
    <section className={css['part']} aria-label={say.title}>
      <header>
        <h2>{say.title}</h2>
        <span>{count === 0 ? say.none : count}</span>
      </header>
      {count > 0 && (
        <ul className={css['warnings']}>
          {findings.slice(0, mostFindings).map((finding) => (
            <li key={`${finding.line} ${finding.column} ${finding.code}`}>
              <Mark kind={finding.severity === 'error' ? 'bad' : 'warn'} />
              <button type="button" onClick={() => onJump(finding.line, finding.column)}>
                {say.line(finding.line, submit.finding(finding))}
              </button>
            </li>
          ))}
          {findings.length > mostFindings && <li className="muted">{say.moreFindings(findings.length - mostFindings)}</li>}
          {general.map((said) => (
            <li key={said}>
              <Mark kind="warn" />
              <span>{said}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
