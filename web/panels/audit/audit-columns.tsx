import type { AuditRow } from '#contract/audit.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { outcomeSign } from '#web/lib/state-vocabulary.ts';
import { calendarDay, clockTime, exactTime, inZoneOfNow, zoneOf } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { Age } from '#web/ui/age.tsx';
import type { Column } from '#web/ui/columns.ts';
import type { NarrowRow } from '#web/ui/narrow-list.tsx';
import { Person } from '#web/ui/person.tsx';
import { Mark, StateMark } from '#web/ui/state-mark.tsx';
import css from './audit.module.css';

/** An exact time with its day, in the zone that the head names: a record is looked up, not watched. */
export function When({ at }: { at: string }) {
  const shown = inZoneOfNow(at);
  return (
    <time dateTime={at} title={exactTime(at)} className={css['when']}>
      <span className={css['day']}>{calendarDay(shown)}</span> {clockTime(shown)}
    </time>
  );
}
/** Starts and stops are the console's own; behind the rest stands a person, known or not. */
const nobody = ({ type }: Pick<AuditRow, 'type'>) => (type.startsWith('system.') ? words.audit.itself : words.audit.nobody);
export function Who({ row: { person, type }, withRole = false }: { row: Pick<AuditRow, 'person' | 'type'>; withRole?: boolean }) {
  if (person === null) return <span className="muted">{nobody({ type })}</span>;
  return <Person name={person.name} {...(withRole && { role: person.role })} />;
}
const nameOf = ({ resource: { kind, id, name } }: AuditRow) => name ?? id ?? kind;

function Thing({ row }: { row: AuditRow }) {
  const { kind, id, name } = row.resource;
  return (
    <span className={css['text']} title={[kind, name, id].filter(Boolean).join(' ')}>
      <bdi className="mono">{nameOf(row)}</bdi>
      {row.count > 1 && <span className="muted"> {words.audit.counted(exactNumber(row.count))}</span>}
    </span>
  );
}
export function Outcome({ row: { outcome, code } }: { row: AuditRow }) {
  return (
    <span className={css['mark']} title={[words.audit.outcomeMeaning[outcome], code].filter(Boolean).join(' ')}>
      <StateMark sign={outcomeSign(outcome)} value={outcome} />
    </span>
  );
}
const Text = ({ text }: { text: string | null }) =>
  text !== null && (
    <span className={css['text']} title={text}>
      <bdi>{text}</bdi>
    </span>
  );

const { columns: heads } = words.audit;
export const auditColumns: readonly Column<AuditRow>[] = [
  { key: 'at', head: words.audit.when(zoneOf()), width: 168, cell: ({ at }) => <When at={at} /> },
  { key: 'who', head: heads.who, width: 176, cell: (row) => <Who row={row} /> },
  {
    key: 'action',
    head: heads.action,
    width: 208,
    cell: ({ type }) => (
      <span className="mono" title={words.audit.actions[type]}>
        {type}
      </span>
    ),
  },
  { key: 'object', head: heads.object, minWidth: 160, cell: (row) => <Thing row={row} /> },
  { key: 'outcome', head: heads.outcome, width: 112, cell: (row) => <Outcome row={row} /> },
  { key: 'reason', head: heads.reason, width: 168, leaves: 2, cell: ({ reason }) => <Text text={reason} /> },
  { key: 'request', head: heads.request, width: 184, leaves: 1, cell: ({ requestId }) => <span className="mono muted">{requestId}</span> },
];

export function auditLine(row: AuditRow): NarrowRow {
  const sign = outcomeSign(row.outcome);
  return {
    mark: <Mark kind={sign.kind} />,
    title: row.type,
    aside: <Age at={row.at} />,
    line: [row.person?.name ?? nobody(row), nameOf(row), sign.word, row.reason].filter(Boolean).join(', '),
  };
}
