import type { MouseEvent } from 'react';
import type { TallyPart } from '#web/lib/roll-up.ts';
import type { MarkKind } from '#web/lib/state-vocabulary.ts';

export interface MapCell {
  id: string;
  kind: MarkKind;
}
export interface MapSection {
  name: string;
  href: string;
  cells: readonly MapCell[];
  tally: readonly TallyPart[];
  tallyLabel: string;
}
/** Between two columns of sections. */
export const gapPx = 32;
const widestColumns = 4;

/** Cells side by side, and how far apart. */
export interface MapLayout {
  across: number;
  pitch: number;
}
/** How the sections stand: columns of at least 320 px, cells on a pitch of 18 px, 28 on a phone. */
export function layoutOf(width: number, sections: number, narrow: boolean): MapLayout & { columns: number } {
  const pitch = narrow ? 28 : 18;
  const columns = Math.max(1, Math.min(widestColumns, sections, Math.floor((width + gapPx) / (320 + gapPx))));
  const room = (width - gapPx * (columns - 1)) / columns;
  return { columns, pitch, across: Math.max(1, Math.floor(room / pitch)) };
}

export interface Place {
  section: number;
  at: number;
}
/** Where a key leads: within the section as it stands, and over its edges into the next. */
export function step(key: string, { section, at }: Place, sections: readonly MapSection[], across: number): Place | undefined {
  const size = (of: number) => sections[of]?.cells.length ?? 0;
  const last = size(section) - 1;
  const into = (of: number, where: 'first' | 'last'): Place | undefined =>
    size(of) === 0 ? undefined : { section: of, at: where === 'first' ? 0 : size(of) - 1 };
  switch (key) {
    case 'ArrowRight':
      return at < last ? { section, at: at + 1 } : into(section + 1, 'first');
    case 'ArrowLeft':
      return at > 0 ? { section, at: at - 1 } : into(section - 1, 'last');
    case 'ArrowDown':
      if (at + across <= last) return { section, at: at + across };
      return Math.floor(at / across) < Math.floor(last / across) ? { section, at: last } : into(section + 1, 'first');
    case 'ArrowUp':
      return at >= across ? { section, at: at - across } : into(section - 1, 'last');
    case 'Home':
      return { section, at: 0 };
    case 'End':
      return { section, at: last };
    case 'PageDown':
      return into(section + 1, 'first');
    case 'PageUp':
      return into(section - 1, 'first');
    default:
      return undefined;
  }
}

/** The cell under a pointer over the cells of one section. */
export function cellUnder(event: MouseEvent<HTMLElement>, cells: readonly MapCell[], { across, pitch }: MapLayout): MapCell | undefined {
  const box = event.currentTarget.getBoundingClientRect();
  const column = Math.floor((event.clientX - box.left) / pitch);
  return column < across ? cells[Math.floor((event.clientY - box.top) / pitch) * across + column] : undefined;
}
