import type { ReactNode } from 'react';
import type { StackDetail, StackRow } from '#contract/stacks.ts';
import { paths } from '#web/lib/paths.ts';
import { rollUpNow } from '#web/lib/reached-agent.ts';
import { stackSign } from '#web/lib/roll-up.ts';
import { words } from '#web/lib/words/index.ts';
import { Age, useAge } from '#web/ui/age.tsx';
import { Button, IconButton, LinkButton } from '#web/ui/button.tsx';
import { BackIcon, CloseIcon, CompareIcon, DotsIcon, EditIcon, PlusIcon, TrashIcon } from '#web/ui/icons.tsx';
import { Id } from '#web/ui/id.tsx';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { StateMark } from '#web/ui/state-mark.tsx';
import { useIsNarrow } from '#web/ui/use-width.ts';
import css from './stack.module.css';
import type { StackActions } from './use-stack-actions.ts';

const say = words.stack;

/** The identity line: which stack, how its worst agent is, how old this is, and what can be done to it. */
export function StackHead({ detail: { stack, current, rollUp, coverage, asOf }, actions }: { detail: StackDetail; actions: StackActions }) {
  const isNarrow = useIsNarrow();
  const age = useAge(undefined, asOf);
  const sign = stackSign({ current, rollUp: rollUp && rollUpNow(rollUp, age), coverage });
  return (
    <PageHead
      title={stack.name}
      mono
      aside={
        <>
          <span className={css['meaning']} title={say.stateMeaning}>
            <StateMark sign={sign} pill />
          </span>
          <Id id={stack.id} what={say.id} />
          <span>
            {words.agents.read} <Age at={asOf} ago />
          </span>
        </>
      }
      actions={isNarrow ? undefined : <StackDeeds stack={stack} actions={actions} />}
    />
  );
}

/** In the head; under the thumb, where a comparison goes to the menu. */
export function StackDeeds({ stack, actions }: { stack: StackRow; actions: StackActions }) {
  const { why, open, earlier, current } = actions;
  const isNarrow = useIsNarrow();
  const comparison = earlier && current ? paths.compare(earlier.id, current.id) : undefined;
  return (
    <>
      <LeadOn href={earlier && paths.submit(stack.id, earlier.id)} why={why.rollBack} icon={<BackIcon />}>
        {say.rollBack}
      </LeadOn>
      {!isNarrow && (
        <LeadOn href={comparison} why={why.compare} icon={<CompareIcon />}>
          {say.compare}
        </LeadOn>
      )}
      <LeadOn href={paths.submit(stack.id)} why={why.submit} icon={<PlusIcon />} primary>
        {say.submit}
      </LeadOn>
      <Menu
        target={
          <IconButton label={say.actions(stack.name)}>
            <DotsIcon />
          </IconButton>
        }
        entries={[
          ...(isNarrow ? [compareEntry(comparison, why.compare), { kind: 'line' as const }] : []),
          { label: say.edit.open, icon: <EditIcon />, why: why.edit, onSelect: () => open('edit') },
          { kind: 'line' },
          { label: say.marker.open, icon: <CloseIcon />, why: why.marker, danger: true, onSelect: () => open('marker') },
          { label: say.remove.open, icon: <TrashIcon />, why: why.delete, danger: true, onSelect: () => open('delete') },
        ]}
      />
    </>
  );
}
const compareEntry = (href: string | undefined, why: string | undefined): MenuEntry =>
  href === undefined
    ? { label: say.compare, icon: <CompareIcon />, why, onSelect: () => undefined }
    : { kind: 'link', label: say.compare, icon: <CompareIcon />, href };

/** Leads to a page; where it cannot, it stays in its place and says why. */
function LeadOn({
  href,
  why,
  icon,
  primary = false,
  children,
}: {
  href: string | undefined;
  why: string | undefined;
  icon: ReactNode;
  primary?: boolean;
  children: ReactNode;
}) {
  const look = { size: 'small', icon, variant: primary ? 'primary' : 'default' } as const;
  return why !== undefined || href === undefined ? (
    <Button {...look} why={why}>
      {children}
    </Button>
  ) : (
    <LinkButton {...look} href={href}>
      {children}
    </LinkButton>
  );
}
