// A canvas that is as large as its box, on whole pixels of the screen, and is drawn anew when its
// size, the theme or what it shows is another.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { onThemeChange } from '../theme/on-theme-change';
import { readPalette, type Palette } from './palette';

export interface CanvasSize {
  width: number;
  height: number;
}

/** `paint` is called after every render; coordinates are CSS pixels. */
export function useCanvas(
  paint: (g: CanvasRenderingContext2D, size: CanvasSize, palette: Palette) => void,
) {
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
  useLayoutEffect(() => {
    const element = canvas.current!;
    const density = devicePixelRatio || 1;
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    const g = element.getContext('2d');
    if (!g || size.width === 0) return;
    g.setTransform(density, 0, 0, density, 0, 0);
    paint(g, size, palette);
  });
  return { canvas, size };
}
