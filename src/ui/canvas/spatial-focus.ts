// Arrow keys: which drawn object lies next in a direction. Distance along the direction counts
// once, distance across it twice, so that focus keeps to its row or column while it can.
export type Direction = 'left' | 'right' | 'up' | 'down';

export interface Stop {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Index of the nearest stop beyond `from` in the direction; -1 when there is none. */
export function nearestStop(from: Stop, stops: readonly Stop[], direction: Direction): number {
  let best = -1;
  let bestCost = Infinity;
  const a = centre(from);
  for (let i = 0; i < stops.length; i++) {
    const b = centre(stops[i]!);
    const [along, across] = axes(b.x - a.x, b.y - a.y, direction);
    if (along <= 2) continue;
    const cost = along + 2 * Math.abs(across);
    if (cost < bestCost) {
      bestCost = cost;
      best = i;
    }
  }
  return best;
}

/** The direction an arrow key means; null for other keys. */
export function arrowDirection(key: string): Direction | null {
  switch (key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    default:
      return null;
  }
}

function axes(dx: number, dy: number, direction: Direction): [along: number, across: number] {
  if (direction === 'right') return [dx, dy];
  if (direction === 'left') return [-dx, dy];
  return direction === 'down' ? [dy, dx] : [-dy, dx];
}

function centre(stop: Stop): { x: number; y: number } {
  return { x: (stop.left + stop.right) / 2, y: (stop.top + stop.bottom) / 2 };
}
