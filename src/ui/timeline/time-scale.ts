// Virtual time along a line of pixels.

export interface TimeScale {
  fromMs: number;
  toMs: number;
  widthPx: number;
}

export function toPx({ fromMs, toMs, widthPx }: TimeScale, atMs: number): number {
  return ((atMs - fromMs) / Math.max(1, toMs - fromMs)) * widthPx;
}

/** The moment at a pixel, within the scale. */
export function toMs({ fromMs, toMs: endMs, widthPx }: TimeScale, px: number): number {
  const share = Math.min(1, Math.max(0, px / Math.max(1, widthPx)));
  return fromMs + share * (endMs - fromMs);
}

/**
 * The scale, or one that differs by less than a pixel: it stays the same until what it shows has
 * moved by a pixel, so that there is nothing to draw meanwhile.
 */
export function steady({ fromMs, toMs: endMs, widthPx }: TimeScale): TimeScale {
  const spanMs = endMs - fromMs;
  const stepMs = 2 ** Math.floor(Math.log2(Math.max(1, spanMs) / Math.max(1, widthPx)));
  const startMs = Math.floor(fromMs / stepMs) * stepMs;
  return { fromMs: startMs, toMs: startMs + Math.ceil(spanMs / stepMs) * stepMs, widthPx };
}

const STEPS_MS = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_200_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

/** Moments for an axis, at least `gapPx` apart, on round times since `startMs`. */
export function ticksOf(scale: TimeScale, startMs: number, gapPx: number): number[] {
  const spanMs = scale.toMs - scale.fromMs;
  const wantedMs = (spanMs * gapPx) / Math.max(1, scale.widthPx);
  const stepMs = STEPS_MS.find((step) => step >= wantedMs) ?? STEPS_MS.at(-1)!;
  const ticks: number[] = [];
  const first = Math.ceil((scale.fromMs - startMs) / stepMs) * stepMs + startMs;
  for (let atMs = first; atMs <= scale.toMs && ticks.length < 200; atMs += stepMs) {
    ticks.push(atMs);
  }
  return ticks;
}

/** Spans that lanes can show; 0 is the whole history. */
export const SPANS_MS = [30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000, 21_600_000, 0];

/** What lanes show: the end of the history, or where the moment that is looked at lies. */
export function windowOf(
  history: { fromMs: number; nowMs: number },
  shownMs: number,
  spanMs: number,
): { fromMs: number; toMs: number } {
  const { fromMs, nowMs } = history;
  if (spanMs === 0 || nowMs - fromMs <= spanMs) {
    return { fromMs, toMs: Math.max(nowMs, fromMs + 20_000) };
  }
  if (shownMs >= nowMs - spanMs * 0.95) return { fromMs: nowMs - spanMs, toMs: nowMs };
  const toMs = Math.min(nowMs, Math.max(fromMs + spanMs, shownMs + spanMs / 2));
  return { fromMs: toMs - spanMs, toMs };
}
