import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useLocation } from 'react-router';
import { useSession } from '#web/context/session.tsx';
import { scopeUse, tenantOf } from '#web/lib/scope.ts';
import { words } from '#web/lib/words/index.ts';
import { generatorChoices } from '#web/queries/generators.ts';
import { ChevronDownIcon, KeyIcon, ScopeIcon } from '#web/ui/icons.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { Tip } from '#web/ui/tip.tsx';
import css from './scope-chip.module.css';

const ScopeChoices = lazy(async () => ({ default: (await import('./scope-choices.tsx')).ScopeChoices }));
const say = words.scope;

/** Whose agents and stacks one sees: all, one tenant's, or, on a generator's key, only its own. */
export function ScopeChip() {
  const { tenant } = useSession();
  return tenant === undefined ? <ChosenScope /> : <OwnScope tenant={tenant} />;
}

function useTenantName(tenant: string | undefined): string | undefined {
  const generators = useQuery({ ...generatorChoices(), enabled: tenant !== undefined, refetchInterval: false, staleTime: 60_000 });
  return generators.data?.rows.find(({ id }) => id === tenant)?.name;
}

function OwnScope({ tenant }: { tenant: string }) {
  const name = useTenantName(tenant) ?? say.unknown(tenant);
  return (
    <Tip text={say.ownMeaning(name)}>
      <button type="button" className={css['chip']} aria-label={say.own(name)} aria-describedby="own-scope">
        <KeyIcon />
        <span className={css['name']}>{name}</span>
        <span id="own-scope" hidden>
          {say.ownMeaning(name)}
        </span>
      </button>
    </Tip>
  );
}

function ChosenScope() {
  const { pathname, search } = useLocation();
  const tenant = tenantOf(search);
  const name = useTenantName(tenant);
  const use = scopeUse(pathname);
  const shown = tenant === undefined ? say.all : (name ?? say.unknown(tenant));
  const isIdle = tenant !== undefined && use !== 'applied';
  return (
    <Popover
      kind="dialog"
      align="end"
      target={
        <button
          type="button"
          className={css['chip']}
          data-scoped={tenant !== undefined || undefined}
          aria-label={`${say.label(shown)}${isIdle ? `, ${say.notScoped}` : ''}`}
        >
          <ScopeIcon />
          <span className={css['name']}>{shown}</span>
          {isIdle && <span className={css['idle']}>{say.notScoped}</span>}
          <ChevronDownIcon />
        </button>
      }
    >
      <Suspense fallback={<p className={css['note']}>{say.reading}</p>}>
        <ScopeChoices tenant={tenant} use={use} />
      </Suspense>
    </Popover>
  );
}
