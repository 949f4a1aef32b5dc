import { words } from '#web/lib/words/index.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { DotsIcon, GroupIcon, MapIcon, TableIcon } from '#web/ui/icons.tsx';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { Segments } from '#web/ui/segments.tsx';

const say = words.fleetViews;

interface ViewSwitchProps {
  isMap: boolean;
  onMap: (map: boolean) => void;
}
/** Table or map: the same agents under the same filters. */
export function ViewSwitch({ isMap, onMap }: ViewSwitchProps) {
  return (
    <Segments
      label={say.view}
      value={isMap ? 'map' : 'table'}
      onChange={(view) => onMap(view === 'map')}
      options={[
        { value: 'table', label: say.table, icon: <TableIcon /> },
        { value: 'map', label: say.map, icon: <MapIcon /> },
      ]}
    />
  );
}

interface GroupMenuProps {
  /** `cluster`, `label:` and a key, or nothing. */
  by: string | undefined;
  /** Keys of the labels that are known. */
  keys: readonly string[];
  onGroup: (by: string | undefined) => void;
}
const ownKey = (by: string | undefined) => (by?.startsWith('label:') ? by.slice('label:'.length) : undefined);

export function GroupMenu(props: GroupMenuProps) {
  const { by } = props;
  const own = ownKey(by);
  const shown = by === undefined ? say.group.none : own === undefined ? say.group.cluster : say.group.label(own);
  return (
    <Menu
      target={
        <Button size="small" variant="ghost" icon={<GroupIcon />}>
          {say.group.button(shown)}
        </Button>
      }
      entries={groupings(props)}
    />
  );
}
function groupings({ by, keys, onGroup }: GroupMenuProps): MenuEntry[] {
  const own = ownKey(by);
  const offered = own === undefined || keys.includes(own) ? keys : [own, ...keys];
  return [
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
  ];
}

/** Both under one button, for a phone. */
export function ViewMenu({ isMap, onMap, ...grouping }: ViewSwitchProps & GroupMenuProps) {
  return (
    <Menu
      target={
        <IconButton label={say.view}>
          <DotsIcon />
        </IconButton>
      }
      entries={[
        { kind: 'heading', label: say.view },
        { kind: 'choice', label: say.table, icon: <TableIcon />, chosen: !isMap, onSelect: () => onMap(false) },
        { kind: 'choice', label: say.map, icon: <MapIcon />, chosen: isMap, onSelect: () => onMap(true) },
        ...(isMap ? [] : groupings(grouping)),
      ]}
    />
  );
}
