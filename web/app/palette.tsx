import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { useStore } from 'zustand';
import { createAgent } from '#contract/agents.ts';
import { listAudit, listBrokerAudit } from '#contract/ledger.ts';
import { createStack } from '#contract/stacks.ts';
import { useMays } from '#web/context/session.tsx';
import { useSettled } from '#web/hooks/use-settled.ts';
import { explain } from '#web/lib/failure.ts';
import { paths } from '#web/lib/paths.ts';
import { tenantOf } from '#web/lib/scope.ts';
import { agentSign } from '#web/lib/state-vocabulary.ts';
import { words } from '#web/lib/words/index.ts';
import { found } from '#web/queries/search.ts';
import { chooseTheme, themes } from '#web/stores/preferences.ts';
import { recentStore } from '#web/stores/recent.ts';
import { type Command, CommandPalette } from '#web/ui/command-palette.tsx';
import {
  AuditIcon,
  ClockIcon,
  FleetIcon,
  HealthIcon,
  InfoIcon,
  KeyboardIcon,
  PlusIcon,
  RefreshIcon,
  StacksIcon,
  SunIcon,
} from '#web/ui/icons.tsx';
import { useGo } from '#web/ui/link.tsx';
import { Mark } from '#web/ui/state-mark.tsx';

const say = words.palette;
/** Each search costs the console one look through everything. */
const settleMs = 150;

const matches = (text: string) => {
  const sought = text.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ label }: Command) => sought.every((word) => label.toLowerCase().includes(word));
};

/** Go, do, find, and where one has been; only what the role may do. */
export function Palette({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const [text, setText] = useState('');
  const { text: sought } = useSettled(text.trim(), settleMs);
  const tenant = tenantOf(useLocation().search);
  const search = useQuery(found(sought, tenant));
  const { recent } = useStore(recentStore);
  const go = useGo();
  const may = useMays();
  const client = useQueryClient();
  const leads = (key: string, label: string, href: string, icon: React.ReactNode): Command => ({ key, label, icon, run: () => go(href) });

  const screens: Command[] = [
    leads('fleet', say.go.fleet, paths.fleet, <FleetIcon />),
    leads('map', say.go.map, paths.fleetMap, <FleetIcon />),
    leads('by-cluster', say.go.byCluster, paths.fleetBy('cluster'), <FleetIcon />),
    leads('stacks', say.go.stacks, paths.stacks, <StacksIcon />),
    ...(may(listAudit).allowed ? [leads('audit', say.go.audit, paths.audit, <AuditIcon />)] : []),
    ...(may(listBrokerAudit).allowed ? [leads('broker-audit', say.go.brokerAudit, paths.brokerAudit, <AuditIcon />)] : []),
    leads('health', say.go.health, paths.health, <HealthIcon />),
    leads('status', say.go.status, paths.status, <InfoIcon />),
  ];
  const actions: Command[] = [
    ...(may(createAgent).allowed ? [leads('create-agent', say.do.createAgent, `${paths.fleet}?create=agent`, <PlusIcon />)] : []),
    ...(may(createStack).allowed ? [leads('create-stack', say.do.createStack, `${paths.stacks}?create=stack`, <PlusIcon />)] : []),
    { key: 'read-again', label: say.do.readAgain, icon: <RefreshIcon />, run: () => void client.refetchQueries({ type: 'active' }) },
    ...themes.map((theme) => ({ key: `theme-${theme}`, label: say.do.theme[theme], icon: <SunIcon />, run: () => chooseTheme(theme) })),
    { key: 'shortcuts', label: say.do.shortcuts, icon: <KeyboardIcon />, note: '?', run: onShortcuts },
  ];
  const visits = recent.map(({ kind, href, name }): Command => ({
    key: `recent-${href}`,
    label: name,
    icon: <ClockIcon />,
    mono: true,
    note: kind === 'agent' ? say.anAgent : say.aStack,
    run: () => go(href),
  }));
  const isSearched = sought !== '' && sought === text.trim() && search.data !== undefined && !search.isPlaceholderData;
  const agents = (isSearched ? search.data.agents : []).map(({ id, name, clusterName, state }): Command => ({
    key: id,
    label: name,
    icon: <Mark kind={agentSign(state).kind} />,
    mono: true,
    note: (
      <>
        {agentSign(state).word}, <bdi>{clusterName}</bdi>
      </>
    ),
    run: () => go(paths.agent(id)),
  }));
  const stacks = (isSearched ? search.data.stacks : []).map(({ id, name, generatorName }): Command => ({
    key: id,
    label: name,
    icon: <StacksIcon />,
    mono: true,
    note: generatorName === null ? say.aStack : say.of(generatorName),
    run: () => go(paths.stack(id)),
  }));
  const hidden = isSearched ? search.data.hiddenByScope : 0;
  const fits = matches(text);
  const isSearching = text.trim() !== '' && !isSearched && !search.isError;
  return (
    <CommandPalette
      label={say.title}
      field={say.field}
      text={text}
      onText={setText}
      onClose={onClose}
      groups={[
        { label: say.groups.recent, commands: visits.filter(fits) },
        { label: say.groups.go, commands: screens.filter(fits) },
        { label: say.groups.agents, commands: agents },
        { label: say.groups.stacks, commands: stacks },
        { label: say.groups.do, commands: actions.filter(fits) },
      ]}
      note={
        isSearching
          ? say.searching
          : search.isError
            ? say.notSearched(explain(search.error).code)
            : hidden > 0
              ? say.hidden(hidden)
              : undefined
      }
      empty={
        isSearching ? (
          say.searching
        ) : (
          <>
            <p>{say.nothing(text.trim())}</p>
            <p className="muted">{say.nothingHint}</p>
          </>
        )
      }
    />
  );
}
