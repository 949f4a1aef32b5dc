import { memo } from 'react';
import type { MarkKind } from '#web/lib/state-vocabulary.ts';
import css from './fleet-map.module.css';
import type { MapCell, MapLayout } from './fleet-map-places.ts';
import { markShape } from './state-mark.tsx';

/** One drawing of a section; drawn anew only when a shape in it changes. */
export const MapCells = memo(
  function MapCells({ cells, across, pitch }: MapLayout & { cells: readonly MapCell[] }) {
    const rows = Math.ceil(cells.length / across);
    return (
      <svg className={css['drawing']} width={across * pitch} height={rows * pitch} aria-hidden="true">
        {cells.map(({ id, kind }, at) => (
          <g
            key={id}
            className={css[kind]}
            transform={`translate(${(at % across) * pitch} ${Math.floor(at / across) * pitch})`}
            data-mark={kind}
          >
            {tinted.has(kind) && <rect width={pitch - 1} height={pitch - 1} rx="3" className={css['tint']} />}
            <use
              href={`#${markShape(kind)}`}
              x={(pitch - 1 - sizeOf(kind)) / 2}
              y={(pitch - 1 - sizeOf(kind)) / 2}
              width={sizeOf(kind)}
              height={sizeOf(kind)}
            />
          </g>
        ))}
      </svg>
    );
  },
  (before, after) =>
    before.across === after.across &&
    before.pitch === after.pitch &&
    before.cells.length === after.cells.length &&
    before.cells.every(({ id, kind }, at) => after.cells[at]?.id === id && after.cells[at].kind === kind),
);
const tinted: ReadonlySet<MarkKind> = new Set(['bad', 'silent', 'warn', 'stale']);
/** Well recedes. */
const sizeOf = (kind: MarkKind) => (kind === 'ok' ? 8 : 12);
