import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { exactNumber } from '#web/lib/numbers.ts';
import css from './fleet-map.module.css';
import { MapCells } from './fleet-map-cells.tsx';
import { cellUnder, gapPx, layoutOf, type MapCell, type MapLayout, type MapSection, step } from './fleet-map-places.ts';
import { Link, useGo } from './link.tsx';
import { placeBeside } from './popover.tsx';
import { MarkShapes } from './state-mark.tsx';
import { Tally } from './tally.tsx';
import { useIsNarrow, useWidth } from './use-width.ts';

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
const cardAfterMs = 150;

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
                  <MapCells cells={section.cells} across={layout.across} pitch={layout.pitch} />
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

interface OverProps {
  id: string | undefined;
  cells: readonly MapCell[];
  layout: MapLayout;
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
