// A canvas that is as large as its box, on whole pixels of the screen, and is drawn anew when its
// size, the theme or what is seen on it is another.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { onThemeChange } from '../theme/on-theme-change';
import { readPalette, type Palette } from './palette';

export interface CanvasSize {
  width: number;
  height: number;
}

export interface Canvas {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** In CSS pixels. */
  size: CanvasSize;
  palette: Palette;
}

/** A canvas to be put on the page, with its size and the colours of the moment. */
export function useCanvas(): Canvas {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<CanvasSize>({ width: 0, height: 0 });
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const element = canvas.current!;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    const stopTheme = onThemeChange(() => setPalette(readPalette()));
    return () => {
      observer.disconnect();
      stopTheme();
    };
  }, []);
  return { canvas, size, palette };
}

/**
 * `paint` is called when any of what it draws, which `seen` lists, is another than when it was
 * drawn last; coordinates are CSS pixels.
 */
export function usePainting(
  { canvas, size, palette }: Canvas,
  seen: readonly unknown[],
  paint: (g: CanvasRenderingContext2D) => void,
): void {
  const drawn = useRef<readonly unknown[]>([]);
  useLayoutEffect(() => {
    const element = canvas.current!;
    const density = devicePixelRatio || 1;
    const all = [density, palette, size, ...seen];
    const isSame = all.every((part, at) => Object.is(part, drawn.current[at]));
    if (isSame && all.length === drawn.current.length) return;
    drawn.current = all;
    const g = readied(element, size, density);
    if (g && size.width > 0) paint(g);
  });
}

/** As large as its box, to be drawn on in CSS pixels. */
function readied(canvas: HTMLCanvasElement, size: CanvasSize, density: number) {
  const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const g = canvas.getContext('2d');
  g?.setTransform(density, 0, 0, density, 0, 0);
  return g;
}
