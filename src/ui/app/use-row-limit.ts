// How many rows of events are worth drawing. While they pour in, only those that can be seen: each
// new one moves all below it, and a hundred of them, ten times a second, were a third of the work
// of a large rollout. Once it is calm, all.
import { useEffect, useRef, useState, type RefObject } from 'react';

/** Rows drawn at most; a cluster keeps an hour of events. */
export const ROWS_MAX = 100;
/** Height of a row of one line. */
export const rowHeightPx = 25;

/** Two changes within this time, wall ms, and events pour. */
const pourMs = 500;
/** Without a change for this long it is calm. */
const calmMs = 1_000;
/** Rows beyond the edge, so that scrolling never shows an empty one. */
const spareRows = 6;

/** The number of rows to draw in a scrolling element; `rows` is another object a change. */
export function useRowLimit(body: RefObject<HTMLElement | null>, rows: unknown): number {
  const [pouring, setPouring] = useState(false);
  const [reach, setReach] = useState(0);
  const last = useRef({ rows, atMs: -Infinity });
  useEffect(() => {
    const before = last.current;
    last.current = { rows, atMs: performance.now() };
    if (before.rows === rows) return;
    if (last.current.atMs - before.atMs < pourMs) setPouring(true);
    const timer = setTimeout(() => setPouring(false), calmMs);
    return () => clearTimeout(timer);
  }, [rows]);
  useEffect(() => {
    const element = body.current;
    if (!element || !pouring) return;
    const look = () => {
      const { scrollTop, clientHeight } = element;
      // In steps of five, so that a scroll does not draw anew at each pixel.
      setReach(Math.ceil((scrollTop + clientHeight) / rowHeightPx / 5) * 5);
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [body, pouring]);
  return pouring ? Math.min(ROWS_MAX, reach + spareRows) : ROWS_MAX;
}
