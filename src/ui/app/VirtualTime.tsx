import { useEffect, useLayoutEffect, useRef } from 'react';
import { VirtualNow } from '../canvas/virtual-now';
import { messages } from '../messages';
import { engineStore } from '../state/engine-store';
import { onThemeChange } from '../theme/on-theme-change';
import { clockText } from './virtual-time';

/** While digits race, their text follows this often: a text that changes is laid out anew. */
const textMs = 250;

/** The virtual time, written straight into the page: nothing else has to be drawn again for it. */
export function VirtualTime({ millis }: { millis: boolean }) {
  const seconds = useRef<HTMLSpanElement>(null);
  useClockText((text) => write(seconds.current, text.seconds));
  return (
    <div className="clock-time mono" role="timer" aria-label={messages.time}>
      <span ref={seconds}>00:00:00</span>
      {millis && <Millis />}
    </div>
  );
}

/**
 * Milliseconds change every frame: while the clock runs they are drawn over their own text, so that
 * a frame in which nothing else happens lays nothing out.
 */
function Millis() {
  const text = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const digits = useRef<RacingDigits>(null);
  const writtenMs = useRef(-Infinity);
  useEffect(() => {
    const racing = new RacingDigits(canvas.current!, text.current!);
    digits.current = racing;
    return () => racing.dispose();
  }, []);
  useClockText(({ millis }, wallMs) => {
    const racing = !engineStore.getState().clock.paused;
    digits.current?.show(racing ? millis : '');
    if (racing && wallMs - writtenMs.current < textMs) return;
    writtenMs.current = wallMs;
    digits.current?.fit();
    write(text.current, millis);
  });
  return (
    <small className="wide-only">
      <span ref={text}>.000</span>
      <canvas ref={canvas} aria-hidden="true" />
    </small>
  );
}

type ClockText = ReturnType<typeof clockText>;

/** Calls with the time of every frame. */
function useClockText(tell: (text: ClockText, wallMs: number) => void): void {
  const latest = useRef(tell);
  useLayoutEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    const now = new VirtualNow(() => engineStore.getState().clock);
    let frame = requestAnimationFrame(draw);
    function draw(wallMs: number) {
      frame = requestAnimationFrame(draw);
      latest.current(clockText(now.at(wallMs) - engineStore.getState().clock.startMs), wallMs);
    }
    return () => cancelAnimationFrame(frame);
  }, []);
}

function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/**
 * Digits on a canvas over their own text, in its type and colour and on whole pixels of the screen.
 */
class RacingDigits {
  private readonly g: CanvasRenderingContext2D | null;
  private readonly stopTheme: () => void;
  private shown = '';
  private place = '';
  private baseline = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly text: HTMLElement,
  ) {
    this.g = canvas.getContext('2d');
    this.stopTheme = onThemeChange(() => {
      this.place = '';
      this.fit();
    });
  }

  /** '' lets the text itself be seen. */
  show(digits: string): void {
    if (digits === this.shown) return;
    if ((digits === '') !== (this.shown === '')) {
      this.fit();
      this.text.parentElement?.classList.toggle('is-racing', digits !== '');
    }
    this.shown = digits;
    this.draw();
  }

  /** Follows the text when it has moved or its type has come. */
  fit(): void {
    const { canvas, g, text } = this;
    const box = text.getBoundingClientRect();
    const home = text.parentElement!.getBoundingClientRect();
    const place = `${box.x} ${box.y} ${box.width} ${devicePixelRatio}`;
    if (!g || place === this.place) return;
    this.place = place;
    const [left, top] = [Math.round(box.x), Math.round(box.y)];
    const [width, height] = [Math.ceil(box.width) + 1, Math.ceil(box.height) + 1];
    const corner = `left:${left - home.x}px;top:${top - home.y}px`;
    canvas.style.cssText = `${corner};width:${width}px;height:${height}px`;
    const density = devicePixelRatio || 1;
    // Setting a canvas's size clears it and forgets its type.
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const style = getComputedStyle(text);
    g.scale(density, density);
    g.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    g.letterSpacing = style.letterSpacing === 'normal' ? '0px' : style.letterSpacing;
    g.fillStyle = style.color;
    this.baseline = Math.round(g.measureText('0').fontBoundingBoxAscent);
    this.draw();
  }

  dispose(): void {
    this.stopTheme();
  }

  private draw(): void {
    const { canvas, g, shown } = this;
    g?.clearRect(0, 0, canvas.width, canvas.height);
    if (shown !== '') g?.fillText(shown, 0, this.baseline);
  }
}
