import { useQuery } from '@tanstack/react-query';
import type { SystemHealth } from '#contract/system-health.ts';
import { useSession } from '#web/context/session.tsx';
import { usePlace } from '#web/hooks/use-place.ts';
import { explain } from '#web/lib/failure.ts';
import { words } from '#web/lib/words/index.ts';
import { systemHealth } from '#web/queries/system.ts';
import { Age, Moment } from '#web/ui/age.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { Loading, PanelState, StaleNote } from '#web/ui/panel-state.tsx';
import { DetailPage } from '#web/ui/panel.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import { Components } from './components.tsx';
import { componentSign } from './component-sign.ts';
import css from './health.module.css';
import { MetricCards } from './metric-cards.tsx';

const say = words.system.health;

/** What the console stands on, each with its last hour; a hole in that hour is drawn as one. */
export function HealthPanel() {
  usePlace({ label: say.title });
  const health = useQuery(systemHealth);
  const { data } = health;
  return (
    <Moment at={data && Date.parse(data.asOf)}>
      <DetailPage head={<PageHead title={say.title} aside={data && <Verdict health={data} />} />}>
        {data === undefined ? (
          health.isError ? (
            <PanelState
              kind="error"
              failure={explain(health.error, say.notRead)}
              onRetry={() => void health.refetch()}
              retrying={health.isFetching}
            />
          ) : (
            <Loading label={say.title} />
          )
        ) : (
          <>
            {health.isError && <StaleNote at={data.asOf} />}
            <Components health={data} />
            <MetricCards health={data} />
          </>
        )}
      </DetailPage>
    </Moment>
  );
}

function Verdict({ health: { overall, components, brokerVersion, asOf } }: { health: SystemHealth }) {
  const { tenant } = useSession();
  return (
    <>
      <StateMark sign={componentSign(overall)} pill />
      <span className={css['verdict']}>
        {say.worstOf(components.length)} · <Age at={asOf} ago />
        {brokerVersion !== null && <> · {say.broker(brokerVersion)}</>}
      </span>
      {tenant !== undefined && <span>{say.agentsHidden}</span>}
    </>
  );
}
