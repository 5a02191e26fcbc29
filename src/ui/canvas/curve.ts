// A wire: a chain of cubic Bézier pieces, with the same wire flattened to points so that a
// particle's place on it is a lookup. Lengths are world pixels.
export type Point = readonly [x: number, y: number];
/** Two control points and the end; the piece starts where the last one ended. */
export type Piece = readonly [c1: Point, c2: Point, end: Point];

export interface Curve {
  /** For an SVG path. */
  d: string;
  length: number;
  xs: readonly number[];
  ys: readonly number[];
  /** Length from the start to each point. */
  at: readonly number[];
}

export interface OnCurve {
  x: number;
  y: number;
  /** Direction of travel from start to end, in radians. */
  angle: number;
}

const pointsPerPiece = 16;

/** Flattens a chain of cubic pieces. */
export function makeCurve(start: Point, pieces: readonly Piece[]): Curve {
  let d = `M${start[0]} ${start[1]}`;
  const xs = [start[0]];
  const ys = [start[1]];
  const at = [0];
  let from = start;
  let length = 0;
  for (const [c1, c2, end] of pieces) {
    d += `C${c1[0]} ${c1[1]} ${c2[0]} ${c2[1]} ${end[0]} ${end[1]}`;
    for (let i = 1; i <= pointsPerPiece; i++) {
      const u = i / pointsPerPiece;
      const x = cubic(from[0], c1[0], c2[0], end[0], u);
      const y = cubic(from[1], c1[1], c2[1], end[1], u);
      length += Math.hypot(x - xs.at(-1)!, y - ys.at(-1)!);
      xs.push(x);
      ys.push(y);
      at.push(length);
    }
    from = end;
  }
  return { d, length, xs, ys, at };
}

/** A straight piece, for chains that mix lines and bends. */
export function straight(from: Point, to: Point): Piece {
  const third = (a: number, b: number, k: number) => a + ((b - a) * k) / 3;
  return [
    [third(from[0], to[0], 1), third(from[1], to[1], 1)],
    [third(from[0], to[0], 2), third(from[1], to[1], 2)],
    to,
  ];
}

/** The place at a share `u` (0 to 1) of the curve's length, written into `out`. */
export function pointOn(curve: Curve, u: number, out: OnCurve): OnCurve {
  const { xs, ys, at } = curve;
  const goal = Math.max(0, Math.min(1, u)) * curve.length;
  let low = 0;
  let high = at.length - 1;
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    if (at[mid]! <= goal) low = mid;
    else high = mid;
  }
  const span = at[high]! - at[low]!;
  const k = span > 0 ? (goal - at[low]!) / span : 0;
  const dx = xs[high]! - xs[low]!;
  const dy = ys[high]! - ys[low]!;
  out.x = xs[low]! + dx * k;
  out.y = ys[low]! + dy * k;
  out.angle = Math.atan2(dy, dx);
  return out;
}

function cubic(a: number, b: number, c: number, d: number, u: number): number {
  const v = 1 - u;
  return v * v * v * a + 3 * v * v * u * b + 3 * v * u * u * c + u * u * u * d;
}
