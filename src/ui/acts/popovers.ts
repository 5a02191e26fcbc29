// What menus and forms over the canvas share: they stay inside it, take the focus and give it back.
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

interface Point {
  x: number;
  y: number;
}

const EDGE_PX = 8;

/** Where a box stands so that all of it is inside the canvas, also when it grows. */
export function useInsideCanvas(
  ref: RefObject<HTMLElement | null>,
  { x, y }: Point,
): { left: number; top: number } {
  const [place, setPlace] = useState({ left: x, top: y });
  useLayoutEffect(() => {
    const box = ref.current;
    const home = box?.offsetParent;
    if (!box || !home) return;
    const move = () =>
      setPlace({
        left: Math.max(EDGE_PX, Math.min(x, home.clientWidth - box.offsetWidth - EDGE_PX)),
        top: Math.max(EDGE_PX, Math.min(y, home.clientHeight - box.offsetHeight - EDGE_PX)),
      });
    move();
    const observer = new ResizeObserver(move);
    observer.observe(box);
    return () => observer.disconnect();
  }, [ref, x, y]);
  return place;
}

/** Moves the focus in, and back to where it was once it closes; a press outside closes. */
export function useFocusInside(ref: RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const before = document.activeElement;
    const box = ref.current;
    box?.querySelector<HTMLElement>('input, select, button')?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box?.contains(event.target)) latest.current();
    };
    window.addEventListener('pointerdown', outside, true);
    return () => {
      window.removeEventListener('pointerdown', outside, true);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [ref]);
}
