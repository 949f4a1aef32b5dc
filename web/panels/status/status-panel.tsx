import { useQuery } from '@tanstack/react-query';
import type { Status } from '#contract/status.ts';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { exactNumber } from '#web/lib/numbers.ts';
import { paths } from '#web/lib/paths.ts';
import { exactTime, formatAge } from '#web/lib/time.ts';
import { words } from '#web/lib/words/index.ts';
import { systemStatus } from '#web/queries/system.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import { CauseNote } from '#web/ui/cause-note.tsx';
import type { Column } from '#web/ui/columns.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { Card, DetailPage } from '#web/ui/panel.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';

const say = words.system.status;
const signs = { ok: 'ok', degraded: 'warn', failed: 'bad' } as const;

/** Which console this is, how it is set up, and what about it needs a person. */
export function StatusPanel() {
  usePlace({ label: say.title });
  const status = useQuery(systemStatus);
  const { data } = status;
  return (
    <Moment at={data && Date.parse(data.receivedAt)}>
      <DetailPage head={<PageHead title={say.title} aside={data && <Age at={data.receivedAt} ago />} />}>
        {data === undefined ? (
          status.isError ? (
            <PanelState
              kind="error"
              failure={explain(status.error, say.notRead)}
              onRetry={() => void status.refetch()}
              retrying={status.isFetching}
            />
          ) : (
            <Loading label={say.title} />
          )
        ) : (
          <>
            {status.isError && <StaleNote at={data.receivedAt} />}
            <Warnings warnings={data.warnings} />
            <StatusFacts status={data} />
            <Configuration configuration={data.configuration} />
          </>
        )}
      </DetailPage>
    </Moment>
  );
}

function Warnings({ warnings }: { warnings: Status['warnings'] }) {
  if (warnings.length === 0) {
    return (
      <Card title={say.warnings}>
        <p className="secondary">
          {say.noWarnings}. {say.noWarningsText}
        </p>
      </Card>
    );
  }
  return warnings.map((warning) => (
    <CauseNote key={warning} kind="warn" title={say.warning[warning].title}>
      <p>{say.warning[warning].text}</p>
    </CauseNote>
  ));
}

const notKnown = <span className="muted">{say.notKnown}</span>;
const notStated = <span className="muted">{say.notStated}</span>;
function StatusFacts({ status }: { status: Status }) {
  const { version, commit, builtAt, startedAt, uptimeMs, environment, sessions, changesHandled, activeAgents, lastHeartbeatAgeMs, health } =
    status;
  return (
    <Facts
      facts={[
        { term: say.version, fact: <span className="mono">{version}</span> },
        { term: say.commit, fact: commit === null ? notStated : <span className="mono">{commit}</span> },
        { term: say.built, fact: builtAt === null ? notStated : <time dateTime={builtAt}>{exactTime(builtAt)}</time> },
        { term: say.environment, fact: environment },
        { term: say.started, fact: <time dateTime={startedAt}>{exactTime(startedAt)}</time> },
        { term: say.uptime, fact: formatAge(uptimeMs) },
        { term: say.sessions, fact: exactNumber(sessions) },
        { term: say.changes, fact: exactNumber(changesHandled), note: say.changesNote },
        { term: say.activeAgents, fact: activeAgents === null ? notKnown : exactNumber(activeAgents) },
        { term: say.lastHeartbeat, fact: lastHeartbeatAgeMs === null ? notKnown : <Age at={null} ageMs={lastHeartbeatAgeMs} ago /> },
        {
          term: say.health,
          fact: <StateMark sign={{ kind: signs[health.status], word: words.system.health.states[health.status] }} />,
          note: (
            <Link href={paths.health} className="link">
              {say.toHealth}
            </Link>
          ),
        },
      ]}
    />
  );
}

interface Setting {
  name: string;
  value: string;
}
const columns: readonly Column<Setting>[] = [
  { key: 'name', head: say.setting, width: 280, cell: ({ name }) => <span className="mono">{name}</span> },
  {
    key: 'value',
    head: say.value,
    cell: ({ value }) => (
      <span className="mono truncate" title={value}>
        {value}
      </span>
    ),
  },
];
function Configuration({ configuration }: { configuration: Status['configuration'] }) {
  const rows = Object.entries(configuration).map(([name, value]) => ({ name, value }));
  return (
    <Card title={say.configuration} aside={say.configurationNote} flush>
      <DataTable
        variant="panelled"
        label={say.configuration}
        columns={columns}
        page={{ rows }}
        rowKey={({ name }) => name}
        rowName={({ name }) => name}
        narrow={({ name, value }) => ({ title: name, line: value })}
        empty={null}
      />
    </Card>
  );
}
