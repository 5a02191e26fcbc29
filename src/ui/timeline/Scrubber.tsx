import { useRef } from 'react';
import type { PointerEvent } from 'react';
import type { TimelineMark } from '../../host/protocol';
import { lookAt, lookAtNow, lookBy, useHistory } from '../state/history';
import { onKeys } from './key-acts';
import { marksShown, markBefore, paintMark } from './scrub-marks';
import { momentText, markText, spanText, words, wroteText } from './time-words';
import { steady, toMs, toPx, type TimeScale } from './time-scale';
import { useCanvas, usePainting } from './use-canvas';
import type { PageTime } from './use-time';

const PAD_PX = 16;
/** So near to the end is the end. */
const NOW_PX = 6;
const LINE_PX = 24;
const PAGE_EVENTS = 10;

export interface ScrubberProps {
  time: PageTime;
  fromMs: number;
  marks: readonly TimelineMark[];
  /** What the lanes below show of it. */
  shown: { fromMs: number; toMs: number };
}

/**
 * The whole history as a line, with what stands out, and the moment that is shown to be dragged.
 */
export function Scrubber({ time, fromMs, marks, shown }: ScrubberProps) {
  const drag = useScrub();
  const wrote = useHistory(({ past }) => past?.wrote);
  const surface = useCanvas();
  const { canvas, size, palette: p } = surface;
  const { width, height } = size;
  const widthPx = Math.max(1, width - 2 * PAD_PX);
  const scale = steady({ fromMs, toMs: Math.max(time.nowMs, fromMs + 1), widthPx });
  const places = [shown.fromMs, shown.toMs, time.shownMs].map((atMs) => toPx(scale, atMs));
  const seen = [scale.fromMs, scale.toMs, time.isPast, marks, ...places.map(Math.round)];
  usePainting(surface, seen, (g) => {
    g.clearRect(0, 0, width, height);
    g.save();
    g.translate(PAD_PX, 0);
    const [left, right, head] = places as [number, number, number];
    g.fillStyle = p.line;
    g.globalAlpha = 0.45;
    const isWhole = left < 1 && right > scale.widthPx - 1;
    if (!isWhole) g.fillRect(left, 3, Math.min(scale.widthPx, right) - left, LINE_PX - 3);
    g.globalAlpha = 1;
    g.lineWidth = 2;
    g.strokeStyle = p.line2;
    g.setLineDash(time.isPast ? [2, 3] : []);
    drawLine(g, head, scale.widthPx);
    g.setLineDash([]);
    g.strokeStyle = p.accent;
    drawLine(g, 0, head);
    for (const { kind, atMs } of marksShown(marks, scale)) {
      paintMark(g, kind, toPx(scale, atMs), LINE_PX, p);
    }
    g.restore();
  });
  const at = momentText(time.shownMs, time.startMs, true);
  const nearMs = Math.max(1_000, (scale.toMs - scale.fromMs) / 100);
  const mark = markBefore(marks, time.shownMs, nearMs);
  const when = time.isPast
    ? words.before(at, spanText(time.nowMs - time.shownMs))
    : words.atNow(at);
  const what = mark ? markText(mark) : wroteText(wrote);
  return (
    <div
      className={`tl-scrub${time.isPast ? ' is-past' : ''}`}
      onPointerDown={(event) => drag.start(event, (px) => pointTo(px, scale))}
      onPointerMove={drag.move}
      onPointerUp={drag.end}
      onPointerCancel={drag.end}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <div
        className="tl-handle"
        role="slider"
        tabIndex={0}
        aria-label={words.scrubber}
        aria-valuemin={0}
        aria-valuemax={seconds(time.nowMs - fromMs)}
        aria-valuenow={seconds(time.shownMs - fromMs)}
        aria-valuetext={what ? words.happened(when, what) : when}
        style={{ translate: `${PAD_PX + toPx(scale, time.shownMs)}px 0` }}
        onKeyDown={onKey(fromMs)}
      />
    </div>
  );
}

function drawLine(g: CanvasRenderingContext2D, fromPx: number, toPixel: number): void {
  g.beginPath();
  g.moveTo(fromPx, LINE_PX);
  g.lineTo(toPixel, LINE_PX);
  g.stroke();
}

function seconds(ms: number): number {
  return Math.max(0, Math.round(ms / 100) / 10);
}

/** Shows the moment under the pointer; at the end, and beyond it, now. */
function pointTo(px: number, scale: TimeScale): void {
  if (px - PAD_PX > scale.widthPx - NOW_PX) lookAtNow();
  else lookAt(toMs(scale, px - PAD_PX));
}

function onKey(fromMs: number) {
  return onKeys({
    ArrowLeft: () => lookBy(-1),
    ArrowDown: () => lookBy(-1),
    ArrowRight: () => lookBy(1),
    ArrowUp: () => lookBy(1),
    PageDown: () => lookBy(-PAGE_EVENTS),
    PageUp: () => lookBy(PAGE_EVENTS),
    Home: () => lookAt(fromMs),
    End: () => lookAtNow(),
    Escape: () => lookAtNow(),
  });
}

/** Drags with one pointer; what it points to is told once a frame at the most. */
export function useScrub() {
  const point = useRef<((px: number) => void) | null>(null);
  const frame = useRef(0);
  const tell = (event: PointerEvent<HTMLElement>) => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => point.current?.(px));
  };
  return {
    start: (event: PointerEvent<HTMLElement>, to: (px: number) => void) => {
      if (event.button !== 0) return;
      // The scale stays as it is for as long as it is dragged on.
      point.current = to;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.querySelector<HTMLElement>('[role=slider]')?.focus();
      event.preventDefault();
      tell(event);
    },
    move: (event: PointerEvent<HTMLElement>) => {
      if (point.current) tell(event);
    },
    end: (event: PointerEvent<HTMLElement>) => {
      if (!point.current) return;
      const to = point.current;
      const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
      cancelAnimationFrame(frame.current);
      to(px);
      point.current = null;
    },
  };
}
