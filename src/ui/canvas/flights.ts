// Cells on their way, drawn on the overlay canvas while their element waits, unseen, at the goal:
// three hundred moving elements would be three hundred layers, three hundred pictures on one canvas
// are not. Wall time: this is how the page changes, not how the cluster does.

export interface Flight {
  key: string;
  /** Name of its sprite. */
  sprite: string;
  size: number;
  scale: number;
  fromX: number;
  fromY: number;
  toX: number;
  toY: number;
  kind: 'move' | 'arrive' | 'leave';
  startMs: number;
}

export interface FlightFrame {
  x: number;
  y: number;
  alpha: number;
  /** Grows or shrinks about its middle. */
  grow: number;
}

/** How long a flight takes, wall ms. */
export const moveMs = 480;
export const leaveMs = 240;

/** Where a flight is at a time; null once it is over. */
export function flightFrame(flight: Flight, nowMs: number, out: FlightFrame): FlightFrame | null {
  const leaving = flight.kind === 'leave';
  const u = (nowMs - flight.startMs) / (leaving ? leaveMs : moveMs);
  if (u >= 1) return null;
  const k = ease(Math.max(0, u));
  out.x = flight.fromX + (flight.toX - flight.fromX) * k;
  out.y = flight.fromY + (flight.toY - flight.fromY) * k;
  out.alpha = flight.kind === 'move' ? 1 : leaving ? 1 - k : k;
  out.grow = flight.kind === 'move' ? 1 : leaving ? 1 - 0.15 * k : 0.8 + 0.2 * k;
  return out;
}

/** Close to cubic-bezier(.2, 0, 0, 1), the motion of the whole page. */
function ease(u: number): number {
  return 1 - (1 - u) ** 3.4;
}

export class Flights {
  readonly aloft = new Map<string, Flight>();
  /** Called when some have come to their place, to be drawn there. */
  landed: () => void = () => {};
  /** Called when the first one takes off. */
  woken: () => void = () => {};

  /** Starts a flight; one that is aloft turns towards the new goal from where it is. */
  launch(flight: Flight): void {
    const before = this.aloft.get(flight.key);
    if (before && flight.kind !== 'leave') {
      const at = flightFrame(before, flight.startMs, { x: 0, y: 0, alpha: 1, grow: 1 });
      if (at) {
        flight.fromX = at.x;
        flight.fromY = at.y;
      }
    }
    this.aloft.set(flight.key, flight);
    this.woken();
  }

  /** Ends those that are over. */
  settle(nowMs: number): void {
    let landed = false;
    for (const [key, flight] of this.aloft) {
      if (nowMs - flight.startMs < (flight.kind === 'leave' ? leaveMs : moveMs)) continue;
      this.aloft.delete(key);
      if (flight.kind !== 'leave') landed = true;
    }
    if (landed) this.landed();
  }
}

/** The flights of the page's canvas. */
export const flights = new Flights();
