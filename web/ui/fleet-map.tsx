import { type KeyboardEvent, memo, type MouseEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { exactNumber } from '#web/lib/numbers.ts';
import type { TallyPart } from '#web/lib/roll-up.ts';
import type { MarkKind } from '#web/lib/state-vocabulary.ts';
import css from './fleet-map.module.css';
import { Link, useGo } from './link.tsx';
import { placeBeside } from './popover.tsx';
import { MarkShapes, markShape } from './state-mark.tsx';
import { Tally } from './tally.tsx';
import { useIsNarrow, useWidth } from './use-width.ts';

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
interface FleetMapProps {
  label: string;
  /** How the keyboard walks it. */
  hint: string;
  sections: readonly MapSection[];
  hrefOf: (id: string) => string;
  /** The cell in words, for those who have the focus on it. */
  nameOf: (id: string) => string;
  /** Beside a cell that is pointed at or has the focus. */
  card: (id: string) => ReactNode;
}
const gapPx = 32;
const widestColumns = 4;
const cardAfterMs = 150;

/** How the sections stand: columns of at least 320 px, cells on a pitch of 18 px, 28 on a phone. */
function layoutOf(width: number, sections: number, narrow: boolean): { columns: number; across: number; pitch: number } {
  const pitch = narrow ? 28 : 18;
  const columns = Math.max(1, Math.min(widestColumns, sections, Math.floor((width + gapPx) / (320 + gapPx))));
  const room = (width - gapPx * (columns - 1)) / columns;
  return { columns, pitch, across: Math.max(1, Math.floor(room / pitch)) };
}

/**
 * Thousands of things at once in shape and colour, by section. The shapes are one drawing a section; a real link stands over
 * the cell that is pointed at, another over the one the keyboard is on: that one walks with the arrow keys and carries the name.
 */
export function FleetMap({ label, hint, sections, hrefOf, nameOf, card }: FleetMapProps) {
  const [measure, width] = useWidth();
  const isNarrow = useIsNarrow();
  const [cursor, setCursor] = useState<string>();
  const [pointed, setPointed] = useState<string>();
  const [shown, setShown] = useState<string>();
  const map = useRef<HTMLFieldSetElement>(null);
  const go = useGo();
  const layout = layoutOf(width ?? 0, sections.length, isNarrow);
  const placeOf = (id: string | undefined) => {
    for (const [section, { cells }] of sections.entries()) {
      const at = cells.findIndex((cell) => cell.id === id);
      if (at >= 0) return { section, at };
    }
    return undefined;
  };
  // The one the keyboard was on may have left: the first then takes its place.
  const current = placeOf(cursor) ?? (sections[0]?.cells[0] ? { section: 0, at: 0 } : undefined);
  const currentId = current && sections[current.section]?.cells[current.at]?.id;

  const cardOn = pointed ?? shown;
  useCard(map, cardOn);

  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (current === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === 'Escape' && shown !== undefined) {
      event.stopPropagation();
      return setShown(undefined);
    }
    const next = step(event.key, current, sections, layout.across);
    if (next === undefined) return;
    event.preventDefault();
    // The next cell has a link of its own: it must be there before it can be given the focus.
    flushSync(() => setCursor(sections[next.section]?.cells[next.at]?.id));
    const link = map.current?.querySelector<HTMLElement>('[data-cursor] > a');
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <div className={css['scroll']}>
      <div ref={measure}>
        <MarkShapes />
        <p className="vh" id="map-hint">
          {hint}
        </p>
        <fieldset
          ref={map}
          className={css['map']}
          aria-label={label}
          aria-describedby="map-hint"
          style={{ columns: layout.columns, columnGap: gapPx }}
        >
          {width !== undefined &&
            sections.map((section, index) => (
              <section key={section.name} className={css['section']} aria-label={section.name}>
                <header>
                  <Link href={section.href} className={css['name']} title={section.name}>
                    <bdi>{section.name}</bdi>
                  </Link>
                  <span className="muted mono">{exactNumber(section.cells.length)}</span>
                  <Tally label={section.tallyLabel} parts={section.tally} />
                </header>
                <div
                  className={css['cells']}
                  style={{ height: Math.ceil(section.cells.length / layout.across) * layout.pitch, width: layout.across * layout.pitch }}
                  onPointerMove={(event) => setPointed(cellUnder(event, section.cells, layout)?.id)}
                  onPointerLeave={() => setPointed(undefined)}
                  role="presentation"
                  onClick={(event) => {
                    // A finger presses where no pointer was before: the link over the cell was not there yet.
                    const cell =
                      event.target instanceof Element && event.target.closest('a') === null && cellUnder(event, section.cells, layout);
                    if (cell) go(hrefOf(cell.id));
                  }}
                >
                  <Cells cells={section.cells} across={layout.across} pitch={layout.pitch} />
                  <Over id={pointed} cells={section.cells} layout={layout} href={hrefOf} name={nameOf} />
                  {current?.section === index && currentId !== undefined && (
                    <Over
                      key={currentId}
                      id={currentId}
                      cells={section.cells}
                      layout={layout}
                      href={hrefOf}
                      name={nameOf}
                      onFocus={() => {
                        setCursor(currentId);
                        setShown(currentId);
                      }}
                      onBlur={() => setShown(undefined)}
                      onKeyDown={walk}
                    />
                  )}
                </div>
              </section>
            ))}
        </fieldset>
        {cardOn !== undefined && (
          <div key={cardOn} className={css['card']} popover="manual" data-card role="presentation">
            {card(cardOn)}
          </div>
        )}
      </div>
    </div>
  );
}

interface Place {
  section: number;
  at: number;
}
/** Where a key leads: within the section as it stands, and over its edges into the next. */
function step(key: string, { section, at }: Place, sections: readonly MapSection[], across: number): Place | undefined {
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

function cellUnder(
  event: MouseEvent<HTMLElement>,
  cells: readonly MapCell[],
  { across, pitch }: { across: number; pitch: number },
): MapCell | undefined {
  const box = event.currentTarget.getBoundingClientRect();
  const column = Math.floor((event.clientX - box.left) / pitch);
  return column < across ? cells[Math.floor((event.clientY - box.top) / pitch) * across + column] : undefined;
}

interface OverProps {
  id: string | undefined;
  cells: readonly MapCell[];
  layout: { across: number; pitch: number };
  href: (id: string) => string;
  name: (id: string) => string;
  onFocus?: () => void;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
}
/** The link over one cell: with a focus handler it is the one the keyboard is on. */
function Over({ id, cells, layout: { across, pitch }, href, name, onFocus, onBlur, onKeyDown }: OverProps) {
  const at = cells.findIndex((cell) => cell.id === id);
  if (id === undefined || at < 0) return null;
  const isCursor = onFocus !== undefined;
  return (
    <span
      className={css['over']}
      style={{ left: (at % across) * pitch, top: Math.floor(at / across) * pitch, width: pitch, height: pitch }}
      {...(isCursor ? { onFocus, onBlur, 'data-cursor': true } : { 'data-pointed': true })}
      data-cell={id}
    >
      <Link href={href(id)} aria-label={name(id)} tabIndex={isCursor ? 0 : -1} onKeyDown={onKeyDown} />
    </span>
  );
}

/** One drawing of a section; drawn anew only when a shape in it changes. */
const Cells = memo(
  function Cells({ cells, across, pitch }: { cells: readonly MapCell[]; across: number; pitch: number }) {
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

/** After a moment the card opens in the top layer, beside its cell and never over it. */
function useCard(map: React.RefObject<HTMLElement | null>, id: string | undefined): void {
  const open = useEffectEvent((of: string) => {
    const root = map.current?.parentElement;
    const cell = root?.querySelector(`[data-cell="${CSS.escape(of)}"]`);
    const card = root?.querySelector<HTMLElement>('[data-card]');
    if (!cell || !card) return;
    card.showPopover();
    placeBeside(cell, card, 'start');
  });
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => open(id), cardAfterMs);
    return () => clearTimeout(timer);
  }, [id]);
}
