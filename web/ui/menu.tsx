import { Menu as MantineMenu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import float from './float.module.css';
import { useGo } from './link.tsx';

export type MenuEntry =
  | { kind?: 'action'; label: string; icon?: ReactNode; onSelect: () => void; why?: string | undefined; danger?: boolean }
  | { kind: 'link'; label: string; icon?: ReactNode; href: string }
  | { kind: 'choice'; label: string; icon?: ReactNode; chosen: boolean; onSelect: () => void }
  | { kind: 'heading'; label: string }
  | { kind: 'line' }
  /** Facts at the top of a menu: not to be chosen. */
  | { kind: 'note'; content: ReactNode };

interface MenuProps {
  /** The button that opens it; takes a ref. */
  target: ReactElement;
  entries: readonly MenuEntry[];
  /** Which edge lines up with the button. */
  align?: 'start' | 'end';
}
/** Actions, links and choices behind a button; what may not be chosen stays there and says why. */
export function Menu({ target, entries, align = 'end' }: MenuProps) {
  const go = useGo();
  return (
    <MantineMenu position={`bottom-${align}`} loop={false}>
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {entries.map((entry, index) => (
          <Entry key={index} entry={entry} go={go} />
        ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}

function Entry({ entry, go }: { entry: MenuEntry; go: (href: string) => void }) {
  switch (entry.kind) {
    case 'heading':
      return <MantineMenu.Label>{entry.label}</MantineMenu.Label>;
    case 'line':
      return <MantineMenu.Divider />;
    case 'note':
      return <div className={float['label']}>{entry.content}</div>;
    case 'link':
      return (
        <MantineMenu.Item component="a" href={entry.href} leftSection={entry.icon} onClick={follow(() => go(entry.href))}>
          {entry.label}
        </MantineMenu.Item>
      );
    case 'choice':
      return (
        <MantineMenu.Item role="menuitemradio" aria-checked={entry.chosen} leftSection={entry.icon} onClick={entry.onSelect} rightSection={entry.chosen ? '✓' : undefined}>
          {entry.label}
        </MantineMenu.Item>
      );
    default: {
      const { why, onSelect } = entry;
      return (
        <MantineMenu.Item
          leftSection={entry.icon}
          className={classes(entry.danger === true && why === undefined && float['danger'])}
          closeMenuOnClick={why === undefined}
          {...(why === undefined ? { onClick: onSelect } : { 'aria-disabled': true })}
        >
          {entry.label}
          {why !== undefined && <span className={float['why']}>{why}</span>}
        </MantineMenu.Item>
      );
    }
  }
}
/** A plain click stays in the page; one with a modifier is the browser's (new tab). */
const follow = (go: () => void) => (event: React.MouseEvent) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go();
};
