import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { gapsOf, lonePoints, scaleEnd, shortNumber } from '#web/lib/series.ts';
import { clockTime } from '#web/lib/time.ts';
import css from './rate-chart.module.css';

export interface ChartLine {
  name: string;
  look: 'main' | 'second' | 'bad';
  /** Oldest first; null where nothing was measured. */
  points: readonly (number | null)[];
}
export interface RateChartProps {
  /** The whole chart in words. */
  label: string;
  lines: readonly ChartLine[];
  /** Server milliseconds of the newest point. */
  untilMs: number;
  stepMs: number;
  /** Written into what was not measured. */
  noData: string;
}
const heightPx = 144;

/** Lines over the last hour, from zero. What was not measured is a band with its name; no line goes through it. */
export function RateChart({ label, lines, untilMs, stepMs, noData }: RateChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const length = Math.max(0, ...lines.map(({ points }) => points.length));
    const times = Array.from({ length }, (_, at) => (untilMs - (length - 1 - at) * stepMs) / 1000);
    const data: uPlot.AlignedData = [times, ...lines.map(({ points }) => [...points])];
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot(optionsOf(element, lines, noData), data, element);
    };
    draw();
    // A canvas does not follow the theme or the width by itself.
    const themes = new MutationObserver(draw);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: light)');
    scheme.addEventListener('change', draw);
    const width = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: heightPx }));
    width.observe(element);
    return () => {
      themes.disconnect();
      scheme.removeEventListener('change', draw);
      width.disconnect();
      plot?.destroy();
    };
  }, [lines, untilMs, stepMs, noData]);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a canvas that is drawn here is no image file
    <div ref={place} className={css['chart']} role="img" aria-label={label} data-gaps={gapsOf(lines.map(({ points }) => points)).length} />
  );
}

function optionsOf(element: HTMLElement, lines: readonly ChartLine[], noData: string): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const font = `11.5px ${token('--mono')}`;
  const highest = Math.max(0, ...lines.flatMap(({ points }) => points.map((value) => value ?? 0)));
  const looks = { main: { stroke: token('--text') }, second: { stroke: token('--muted'), dash: [4, 3] }, bad: { stroke: token('--bad') } };
  const axis = { stroke: token('--muted'), font, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true }, y: { range: [0, scaleEnd(highest)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 72,
        size: 24,
        values: (_, ticks) => ticks.map((seconds) => clockTime(seconds * 1000).slice(0, 5)),
      },
      { ...axis, grid: { stroke: token('--border'), width: 1 }, space: 32, size: 48, values: (_, ticks) => ticks.map(shortNumber) },
    ],
    series: [
      {},
      ...lines.map(({ name, look }) => ({
        label: name,
        ...looks[look],
        width: 1.5,
        spanGaps: false,
        points: {
          show: true,
          size: 3,
          fill: looks[look].stroke,
          filter: (plot: uPlot, series: number) => lonePoints(Array.from(plot.data[series] ?? [])),
        },
      })),
    ],
    hooks: { drawAxes: [(plot) => drawGaps(plot, lines, { band: token('--press'), word: token('--muted'), font, noData })] },
  };
}
/** A gap reaches to the points beside it: halfway to nothing. */
function drawGaps(plot: uPlot, lines: readonly ChartLine[], look: { band: string; word: string; font: string; noData: string }): void {
  const { ctx, bbox, data } = plot;
  const times = data[0];
  for (const { from, to } of gapsOf(lines.map(({ points }) => points))) {
    const start = times[Math.max(0, from - 1)];
    const end = times[Math.min(times.length - 1, to + 1)];
    if (start === undefined || end === undefined) continue;
    const left = plot.valToPos(start, 'x', true);
    const width = plot.valToPos(end, 'x', true) - left;
    ctx.save();
    ctx.fillStyle = look.band;
    ctx.fillRect(left, bbox.top, width, bbox.height);
    ctx.font = look.font.replace('11.5px', `${11.5 * devicePixelRatio}px`);
    ctx.textAlign = 'center';
    ctx.fillStyle = look.word;
    // In a narrow gap the word would stand on the lines beside it.
    if (ctx.measureText(look.noData).width < width) ctx.fillText(look.noData, left + width / 2, bbox.top + 14 * devicePixelRatio);
    ctx.restore();
  }
}
