import { words } from '#web/lib/words/index.ts';
import { Button } from '#web/ui/button.tsx';
import { GroupIcon, MapIcon, TableIcon } from '#web/ui/icons.tsx';
import { Menu } from '#web/ui/menu.tsx';
import css from './views.module.css';

const say = words.fleetViews;

/** Table or map: the same agents under the same filters. */
export function ViewSwitch({ isMap, onMap }: { isMap: boolean; onMap: (map: boolean) => void }) {
  return (
    <fieldset className={css['switch']} aria-label={say.view}>
      <button type="button" aria-pressed={!isMap} onClick={() => onMap(false)}>
        <TableIcon />
        <span>{say.table}</span>
      </button>
      <button type="button" aria-pressed={isMap} onClick={() => onMap(true)}>
        <MapIcon />
        <span>{say.map}</span>
      </button>
    </fieldset>
  );
}

interface GroupMenuProps {
  /** `cluster`, `label:` and a key, or nothing. */
  by: string | undefined;
  /** Keys of the labels that are known. */
  keys: readonly string[];
  onGroup: (by: string | undefined) => void;
}
export function GroupMenu({ by, keys, onGroup }: GroupMenuProps) {
  const own = by?.startsWith('label:') ? by.slice('label:'.length) : undefined;
  const offered = own === undefined || keys.includes(own) ? keys : [own, ...keys];
  const shown = by === undefined ? say.group.none : own === undefined ? say.group.cluster : say.group.label(own);
  return (
    <Menu
      target={
        <Button size="small" variant="ghost" icon={<GroupIcon />}>
          {say.group.button(shown)}
        </Button>
      }
      entries={[
        { kind: 'heading', label: say.group.title },
        { kind: 'choice', label: say.group.none, chosen: by === undefined, onSelect: () => onGroup(undefined) },
        { kind: 'choice', label: say.group.cluster, chosen: by === 'cluster', onSelect: () => onGroup('cluster') },
        { kind: 'line' },
        ...(offered.length === 0
          ? [{ kind: 'note' as const, content: say.group.noLabels }]
          : offered.map((key) => ({
              kind: 'choice' as const,
              label: say.group.label(key),
              chosen: key === own,
              onSelect: () => onGroup(`label:${key}`),
            }))),
      ]}
    />
  );
}
