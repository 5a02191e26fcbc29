// One simulation: a clock, a seed, a trace, and the cause of what runs at this moment.
import { VirtualClock } from './clock';
import { RandomStream } from './rng';
import { Trace } from './trace';

export interface SimulationOptions {
  seed: number;
  /** Virtual time at the start, milliseconds since the Unix epoch. */
  startMs?: number;
  traceCapacity?: number;
}

/** 2026-01-01T00:00:00Z: where the clock stands when the host does not say. */
export const DEFAULT_START_MS = 1_767_225_600_000;

export class Simulation {
  readonly seed: number;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  /** Revision of the write that led to the running activity; 0 when a person or a timer did. */
  cause = 0;
  /** Whether watch events that arrive are traced too: for a picture of a cluster not too large. */
  tracesDeliveries = false;
  private readonly streams = new Map<string, RandomStream>();

  constructor(options: SimulationOptions) {
    this.seed = options.seed;
    this.clock = new VirtualClock(options.startMs ?? DEFAULT_START_MS);
    this.trace = new Trace(options.traceCapacity ?? 8192);
  }

  /** The random stream of that name; the same object each time. */
  random(name: string): RandomStream {
    let stream = this.streams.get(name);
    if (!stream) this.streams.set(name, (stream = new RandomStream(this.seed, name)));
    return stream;
  }

  saveRandom(): Record<string, readonly number[]> {
    return Object.fromEntries([...this.streams].map(([name, stream]) => [name, stream.save()]));
  }

  loadRandom(states: Record<string, readonly number[]>): void {
    for (const [name, state] of Object.entries(states)) this.random(name).load(state);
  }
}
