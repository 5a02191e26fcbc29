import { useMemo, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import type { CountSample } from '../../scene/count-samples';
import { lookAt } from '../state/history';
import { paintCounts } from './area-painter';
import { countText } from './count-text';
import { areasIn, AREAS, countsAt, mostOf, stepsOf, sum } from './count-view';
import type { AreaLook, AreaStep, Counts } from './count-view';
import { CountTip } from './CountTip';
import { onKeys } from './key-acts';
import { labelPx, RIGHT_PX, type LaneChartProps } from './LaneChart';
import { LookGlyph } from './LookGlyph';
import { numberText } from './number-text';
import { seenOf } from './time-painter';
import { steady, toMs, toPx, type TimeScale } from './time-scale';
import { useTimeline } from './timeline-store';
import { momentText, words } from './time-words';
import { useCanvas, usePainting } from './use-canvas';

/** Narrower than this, numbers stand within the chart. */
const WIDE_PX = 420;
/** How far an arrow key goes; with Page Up and Page Down ten times as far. */
const KEY_PX = 6;

/** How many pods do not run, over time, for clusters with more of them than can have lanes. */
export function CountChart({ time, shown }: Omit<LaneChartProps, 'kind'>) {
  const samples = useTimeline((state) => state.counts);
  const marks = useTimeline((state) => state.marks);
  const [pointedMs, setPointedMs] = useState<number | null>(null);
  const surface = useCanvas();
  const { canvas, size, palette } = surface;
  const leftPx = labelPx(size.width);
  const widthPx = Math.max(1, size.width - leftPx - RIGHT_PX);
  const scale = steady({ ...shown, widthPx });
  const steps = useSteps(samples, scale, time.nowMs);
  const most = mostOf(steps);
  const isNarrow = size.width < WIDE_PX;
  const place = { leftPx, heightPx: size.height, scale };
  const view = { ...time, ...place, marks, steps, most, isNarrow };
  usePainting(surface, [...seenOf(view), steps], (g) => paintCounts(g, view, palette));
  const atMs = pointedMs ?? time.shownMs;
  const firstMs = samples[0]?.atMs ?? 0;
  const counts = countsAt(samples, atMs);
  return (
    <div className={isNarrow ? 'tl-chart is-narrow' : 'tl-chart'}>
      <canvas ref={canvas} aria-hidden="true" />
      <p className="tl-heading">{words.counts.heading}</p>
      {counts && most > 0 && <Legend looks={areasIn(steps)} counts={counts} width={leftPx} />}
      {counts && most === 0 && <Calm counts={counts} leftPx={leftPx} />}
      <Plot {...{ time, scale, firstMs, leftPx, counts, atMs }} pointed={setPointedMs}>
        {pointedMs !== null && (
          <i className="tl-cursor" style={{ translate: `${toPx(scale, pointedMs)}px 0` }} />
        )}
      </Plot>
      {pointedMs !== null && counts && (
        <CountTip
          counts={counts}
          at={momentText(pointedMs, time.startMs)}
          x={leftPx + toPx(scale, pointedMs)}
          {...size}
        />
      )}
    </div>
  );
}

interface PlotProps {
  time: LaneChartProps['time'];
  scale: TimeScale;
  /** The oldest moment of which anything is known. */
  firstMs: number;
  leftPx: number;
  counts: Counts | undefined;
  /** The moment that is read. */
  atMs: number;
  /** Another moment is read; null for the one that the page shows. */
  pointed: (atMs: number | null) => void;
  children: ReactNode;
}

/** Where pointer and arrow keys go along the time; a click or Enter shows that moment. */
function Plot({ time, scale, firstMs, leftPx, counts, atMs, pointed, children }: PlotProps) {
  const fromMs = Math.max(scale.fromMs, firstMs);
  const endMs = Math.min(time.nowMs, scale.toMs);
  const within = (ms: number): number => Math.max(fromMs, Math.min(endMs, ms));
  const pointAt = (event: MouseEvent<HTMLElement>): number => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return within(toMs(scale, event.clientX - left));
  };
  const read = (byPx: number) => {
    pointed(within(toMs(scale, toPx(scale, atMs) + byPx)));
  };
  const at = momentText(atMs, time.startMs);
  return (
    <div
      className="tl-plot"
      style={{ left: leftPx, width: scale.widthPx }}
      role="slider"
      tabIndex={0}
      aria-label={words.counts.title}
      aria-valuemin={seconds(fromMs - time.startMs)}
      aria-valuemax={seconds(endMs - time.startMs)}
      aria-valuenow={seconds(atMs - time.startMs)}
      aria-valuetext={counts ? words.happened(at, countText(counts)) : at}
      onMouseMove={(event) => pointed(pointAt(event))}
      onMouseLeave={() => pointed(null)}
      onBlur={() => pointed(null)}
      onClick={(event) => lookAt(pointAt(event))}
      onKeyDown={onKeys({
        ArrowLeft: () => read(-KEY_PX),
        ArrowDown: () => read(-KEY_PX),
        ArrowRight: () => read(KEY_PX),
        ArrowUp: () => read(KEY_PX),
        PageDown: () => read(-10 * KEY_PX),
        PageUp: () => read(10 * KEY_PX),
        Home: () => read(-Infinity),
        End: () => read(Infinity),
        Enter: () => lookAt(atMs),
        ' ': () => lookAt(atMs),
      })}
    >
      {children}
    </div>
  );
}

/** The steps of a scale, the same until anything of them is another. */
function useSteps(samples: readonly CountSample[], scale: TimeScale, nowMs: number): AreaStep[] {
  const { fromMs, toMs: untilMs, widthPx } = scale;
  const endPx = Math.round(Math.min(widthPx, toPx(scale, nowMs)));
  return useMemo(
    () => stepsOf(samples, { fromMs, toMs: untilMs, widthPx }, endPx),
    [samples, fromMs, untilMs, widthPx, endPx],
  );
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

interface LegendProps {
  looks: readonly AreaLook[];
  counts: Counts;
  width: number;
}

/** What the areas are, as they lie, with the counts of the moment. */
function Legend({ looks, counts, width }: LegendProps) {
  return (
    <ul className="tl-legend" style={{ width }} aria-hidden="true">
      {looks.toReversed().map((look) => (
        <li key={look}>
          <LookGlyph look={look} />
          <span>{words.counts.looks[look]}</span>
          <b className="num">{numberText(counts.areas[AREAS.indexOf(look)]!)}</b>
        </li>
      ))}
    </ul>
  );
}

/** Nothing is wrong: said, not shown as an empty box. */
function Calm({ counts, leftPx }: { counts: Counts; leftPx: number }) {
  const { running, all } = counts;
  return (
    <p className="tl-calm" style={{ left: leftPx + 8 }} aria-hidden="true">
      {all > 0 && <LookGlyph look="running" />}
      {all > 0 && sum(counts.areas) === 0 ? words.counts.allRun(running) : words.counts.none}
    </p>
  );
}
