// The pictures of cells as the browser holds them: one style rule a kind, and one bitmap for those
// that fly over the overlay canvas. Made when first needed; thrown away when the theme changes.
import { paletteTokens, spriteName, spriteSvg, type Palette, type SpriteKind } from './pod-sprite';

interface Sprite {
  kind: SpriteKind;
  image: HTMLImageElement;
  /** Drawn once at the screen's density; null until the image has loaded. */
  bitmap: HTMLCanvasElement | null;
}

/** Sprites are drawn larger than they stand, so that a little zoom does not blur them. */
const bitmapScale = 2;

class SpriteSheet {
  private readonly rules = new CSSStyleSheet();
  private readonly sprites = new Map<string, Sprite>();
  private palette: Palette | null = null;

  constructor() {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.rules];
    const forget = () => this.repaint();
    new MutationObserver(forget).observe(document.documentElement, {
      attributeFilter: ['data-theme'],
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', forget);
  }

  /** The class that gives an element the picture as its background. */
  classOf(kind: SpriteKind): string {
    const name = spriteName(kind);
    if (!this.sprites.has(name)) this.make(name, kind);
    return name;
  }

  /** The picture as something to draw; null while it is not ready. */
  bitmapOf(name: string): HTMLCanvasElement | null {
    const sprite = this.sprites.get(name);
    if (!sprite) return null;
    if (!sprite.bitmap && sprite.image.complete && sprite.image.naturalWidth > 0) {
      sprite.bitmap = rasterise(sprite.image, sprite.kind.size);
    }
    return sprite.bitmap;
  }

  private make(name: string, kind: SpriteKind): void {
    this.palette ??= readPalette();
    const url = `data:image/svg+xml,${encodeURIComponent(spriteSvg(kind, this.palette))}`;
    const image = new Image(kind.size * bitmapScale, kind.size * bitmapScale);
    image.src = url;
    this.sprites.set(name, { kind, image, bitmap: null });
    this.rules.insertRule(`.${name}{background-image:url("${url}")}`, this.rules.cssRules.length);
  }

  private repaint(): void {
    const kinds = [...this.sprites].map(([name, { kind }]) => [name, kind] as const);
    this.palette = null;
    this.sprites.clear();
    this.rules.replaceSync('');
    for (const [name, kind] of kinds) this.make(name, kind);
  }
}

function rasterise(image: HTMLImageElement, size: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size * bitmapScale;
  canvas.height = size * bitmapScale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
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
