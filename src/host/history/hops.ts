// Steps from one arrival of a message to the next: the smallest that a person can follow. A request
// arrives at the API server, then what it writes in etcd; a watch event arrives at who watches.
import type { Cluster } from '../../cluster/cluster';
import { messagesOf } from '../../scene/messages';
import type { TraceRecord } from '../../sim/trace';

const STEPS_MAX = 100_000;
const NEAR_MS = 0.5;

export class Hops {
  private cluster: Cluster | undefined;
  private traceId = 0;
  /** Virtual times of arrivals that are to come, in no order. */
  private arrivals: number[] = [];

  /** Moves the clock to the next arrival. */
  next(cluster: Cluster): void {
    const { clock } = cluster;
    this.listen(cluster);
    for (let step = 0; step < STEPS_MAX; step++) {
      this.arrivals = this.arrivals.filter((atMs) => atMs > clock.nowMs);
      const arrivalMs = Math.min(...this.arrivals);
      const nextMs = clock.nextAtMs() ?? Infinity;
      if (arrivalMs <= nextMs && arrivalMs < Infinity) {
        clock.runUntil(arrivalMs);
        this.take(cluster);
        return;
      }
      if (!clock.step()) return;
      if (this.take(cluster)) return;
    }
  }

  /** Takes in what has been said since; what was on its way before the first hop, too. */
  private listen(cluster: Cluster): void {
    if (this.cluster !== cluster) {
      this.cluster = cluster;
      this.traceId = 0;
      this.arrivals = [];
    }
    this.take(cluster);
  }

  /** Notes the arrivals of new messages; true when one of them is now. */
  private take(cluster: Cluster): boolean {
    const { sim, pace } = cluster;
    const times = { requestMs: pace.apiCallMs, watchMs: pace.watchDelayMs };
    let isNow = false;
    for (const record of sim.trace.since(this.traceId)) {
      for (const atMs of arrivalsOf(record, times)) {
        if (Math.abs(atMs - sim.clock.nowMs) <= NEAR_MS) isNow = true;
        else if (atMs > sim.clock.nowMs) this.arrivals.push(atMs);
      }
    }
    this.traceId = sim.trace.lastId;
    return isNow;
  }
}

function arrivalsOf(record: TraceRecord, times: { requestMs: number; watchMs: number }): number[] {
  return messagesOf(record, times)
    .filter(({ look }) => look !== 'heartbeat')
    .map(({ atMs, durationMs }) => atMs + durationMs);
}
