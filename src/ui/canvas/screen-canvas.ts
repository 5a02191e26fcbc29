// A canvas that lies over the whole picture in screen pixels, at the density of the screen.

/** Above this density more pixels are not seen, only paid for. */
const densityMax = 2;

export class ScreenCanvas {
  readonly g: CanvasRenderingContext2D | null;
  /** CSS pixels. */
  width = 0;
  height = 0;
  /** Canvas pixels a CSS pixel. */
  density = 1;
  private readonly sizes: ResizeObserver;

  /** `emptied` is called after a new size has cleared it. */
  constructor(
    readonly element: HTMLCanvasElement,
    private readonly emptied: () => void,
  ) {
    this.g = element.getContext('2d');
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(element);
  }

  dispose(): void {
    this.sizes.disconnect();
  }

  private fit(): void {
    this.density = Math.min(densityMax, devicePixelRatio || 1);
    this.width = this.element.clientWidth;
    this.height = this.element.clientHeight;
    this.element.width = Math.round(this.width * this.density);
    this.element.height = Math.round(this.height * this.density);
    this.g?.setTransform(this.density, 0, 0, this.density, 0, 0);
    this.emptied();
  }
}
