import { useQuery } from '@tanstack/react-query';
import type { AuditDetail } from '#contract/audit.ts';
import { explain } from '#web/lib/failure.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { exactTime } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { auditRecord } from '#web/queries/audit.ts';
import { Age } from '#web/ui/age.tsx';
import { BeforeAfter, countFields } from '#web/ui/before-after.tsx';
import { CopyIconButton } from '#web/ui/copy-button.tsx';
import { type Fact, FactLines } from '#web/ui/facts.tsx';
import { Id } from '#web/ui/id.tsx';
import { Link } from '#web/ui/link.tsx';
import { Loading, PanelState } from '#web/ui/panel-state.tsx';
import { PeekDrawer } from '#web/ui/peek-drawer.tsx';
import { Outcome, Who } from './audit-columns.tsx';
import css from './audit.module.css';

interface RecordDrawerProps {
  seq: number;
  place: string | undefined;
  onClose: () => void;
  onWalk: (step: 1 | -1) => void;
}
/** One record whole: who, what, from where, what it changed, and its links in the chain. */
export function RecordDrawer({ seq, place, onClose, onWalk }: RecordDrawerProps) {
  const { data: record, error, isFetching, refetch } = useQuery(auditRecord(seq));
  return (
    <PeekDrawer
      title={words.audit.record(exactNumber(seq))}
      aside={record && <Age at={record.at} ago />}
      tools={record && <CopyIconButton text={JSON.stringify(record, null, 2)} what={words.audit.record(exactNumber(seq))} />}
      onClose={onClose}
      onWalk={onWalk}
      {...(place !== undefined && { place })}
    >
      {record !== undefined ? (
        <Record record={record} />
      ) : error === null ? (
        <Loading label={words.audit.record(exactNumber(seq))} />
      ) : (
        <PanelState
          kind="error"
          failure={explain(error, words.audit.recordNotRead(exactNumber(seq)))}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
    </PeekDrawer>
  );
}

function Record({ record }: { record: AuditDetail }) {
  const say = words.audit.detail;
  const { before, after } = record;
  const hasValues = (before ?? after ?? null) !== null;
  const fields = countFields(before, after);
  return (
    <div className={css['record']}>
      <FactLines facts={factsOf(record)} />
      <section>
        <h3 className={css['head']}>
          {say.beforeAfter} {hasValues && <span className="caption">{say.fieldsChanged(fields.changed, fields.all)}</span>}
        </h3>
        {hasValues ? <BeforeAfter before={before} after={after} /> : <p className="muted">{say.noFields}</p>}
      </section>
      <FactLines
        facts={[
          { term: say.previousHash, fact: <Hash hash={record.previousHash} what={say.previousHash} /> },
          { term: say.hash, fact: <Hash hash={record.hash} what={say.hash} /> },
        ]}
      />
    </div>
  );
}

function factsOf(record: AuditDetail): Fact[] {
  const say = words.audit.detail;
  const { person, resource, status, upstreamStatus } = record;
  const answers = [
    ...(status === null ? [] : [say.status(status)]),
    ...(upstreamStatus === null ? [] : [say.upstream(upstreamStatus)]),
    ...(record.endedAt === null ? [] : [say.took(exactNumber(Date.parse(record.endedAt) - Date.parse(record.at)))]),
  ];
  return [
    { term: say.action, fact: <span className="mono">{record.type}</span>, note: words.audit.actions[record.type] },
    { term: say.object, fact: <Resource resource={resource} />, note: resource.kind },
    { term: say.who, fact: <Who row={record} withRole />, note: person?.id },
    { term: say.when, fact: <span className="mono">{exactTime(record.at)}</span> },
    {
      term: say.from,
      fact: <span className="mono">{record.ip ?? say.notKnown}</span>,
      note: record.sessionHash === null ? undefined : `${say.session} ${record.sessionHash}`,
    },
    { term: say.client, fact: <span className="secondary">{record.userAgent ?? say.notKnown}</span> },
    { term: say.outcome, fact: <Outcome row={record} />, note: answers.join(', ') },
    ...(record.code === null ? [] : [{ term: say.code, fact: <span className="mono">{record.code}</span> }]),
    { term: say.call, fact: <span className="mono">{`${record.method} ${record.path}`}</span> },
    { term: say.reason, fact: record.reason === null ? <span className="muted">{say.noReason}</span> : <bdi>{record.reason}</bdi> },
    ...(record.count > 1 ? [{ term: say.stands, fact: say.standsFor(record.count) }] : []),
    { term: say.request, fact: <Id id={record.requestId} what={words.audit.requestId} /> },
  ];
}

function Resource({ resource: { kind, id, name } }: Pick<AuditDetail, 'resource'>) {
  const shown = <bdi className="mono">{name ?? id ?? words.audit.detail.notKnown}</bdi>;
  return kind === 'agent' && id !== null ? (
    <Link href={paths.agent(id)} className="link" title={id}>
      {shown}
    </Link>
  ) : (
    shown
  );
}
/** Long enough to compare by eye, whole on hover and when copied. */
function Hash({ hash, what }: { hash: string; what: string }) {
  return (
    <span className={css['hash']} title={hash}>
      <span className="mono">{hash.slice(0, 16).replaceAll(/(.{4})(?=.)/g, '$1 ')} …</span>
      <CopyIconButton text={hash} what={what} />
    </span>
  );
}
