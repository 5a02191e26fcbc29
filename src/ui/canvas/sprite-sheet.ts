// The pictures of cells as the browser holds them: an image a kind, and a bitmap for each size in
// which it is drawn. Made when first needed; thrown away when the theme changes.
import { onThemeChange } from '../theme/on-theme-change';
import { paletteTokens, spriteName, spriteSvg, type Palette, type SpriteKind } from './pod-sprite';

interface Sprite {
  kind: SpriteKind;
  image: HTMLImageElement;
  /** By edge length in canvas pixels: drawn at another size, lines would blur. */
  bitmaps: Map<number, HTMLCanvasElement>;
}

/** A zoom passes through many sizes; only the last few are kept. */
const bitmapsMax = 4;

/** Between these shares of the wanted size a picture does for as long as a zoom takes. */
const roughly = { least: 0.7, most: 1.6 };

class SpriteSheet {
  private readonly sprites = new Map<string, Sprite>();
  private readonly listeners = new Set<() => void>();
  private palette: Palette | null = null;

  constructor() {
    onThemeChange(() => this.remake());
  }

  /** Calls when pictures that were missing are there, or all are others; returns how to stop. */
  onChange(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  /** The name under which the picture of a kind is found. */
  nameOf(kind: SpriteKind): string {
    const name = spriteName(kind);
    if (!this.sprites.has(name)) this.make(name, kind);
    return name;
  }

  /**
   * The picture with an edge of so many canvas pixels, or, where `isRough`, of about so many; null
   * while it is not ready.
   */
  bitmapOf(name: string, size: number, isRough = false): HTMLCanvasElement | null {
    const sprite = this.sprites.get(name);
    if (!sprite?.image.complete || sprite.image.naturalWidth === 0) return null;
    const held = sprite.bitmaps.get(size);
    if (held) return held;
    if (isRough) {
      for (const [edge, like] of sprite.bitmaps) {
        if (edge >= size * roughly.least && edge <= size * roughly.most) return like;
      }
    }
    if (sprite.bitmaps.size >= bitmapsMax) sprite.bitmaps.clear();
    const bitmap = rasterise(sprite.image, size);
    sprite.bitmaps.set(size, bitmap);
    return bitmap;
  }

  private make(name: string, kind: SpriteKind): void {
    this.palette ??= readPalette();
    const image = new Image(kind.size, kind.size);
    image.onload = () => this.tell();
    image.src = `data:image/svg+xml,${encodeURIComponent(spriteSvg(kind, this.palette))}`;
    this.sprites.set(name, { kind, image, bitmaps: new Map() });
  }

  private remake(): void {
    const kinds = [...this.sprites].map(([name, { kind }]) => [name, kind] as const);
    this.palette = null;
    this.sprites.clear();
    for (const [name, kind] of kinds) this.make(name, kind);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function rasterise(image: HTMLImageElement, size: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
  return canvas;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const entries = paletteTokens.map((token) => [
    token,
    style.getPropertyValue(`--${token}`).trim(),
  ]);
  return Object.fromEntries(entries) as Palette;
}

let sheet: SpriteSheet | undefined;

/** The page's sheet. */
export function spriteSheet(): SpriteSheet {
  sheet ??= new SpriteSheet();
  return sheet;
}
