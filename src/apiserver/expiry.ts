// What does not live for ever: Events leave an hour after their last write, and the history of
// revisions is compacted every five minutes, keeping the last five.
// Upstream: --event-ttl of kube-apiserver; apiserver/pkg/storage/etcd3/compact.go.
import type { KubeObject } from '../api/object';
import { events } from '../api/resource-ref';
import type { VirtualClock } from '../sim/clock';
import type { Store } from '../store/store';

const EVENT_LIFETIME_MS = 3_600_000;
const SWEEP_MS = 60_000;
const COMPACTION_MS = 300_000;

export class Expiry {
  /** Events in the order of their last writes, each with when it was written; a parallel pair. */
  private written: (KubeObject | undefined)[] = [];
  private writtenAtMs: number[] = [];
  private head = 0;
  private lastCompactionRevision = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly store: Store,
  ) {
    this.repeat(SWEEP_MS, () => this.sweep());
    this.repeat(COMPACTION_MS, () => this.compact());
  }

  /** Notes a write, so that the object's lifetime starts now. */
  track(table: string, object: KubeObject): void {
    if (table !== events.key) return;
    this.written.push(object);
    this.writtenAtMs.push(this.clock.nowMs);
  }

  /** Takes up what a restored store holds. */
  restore(): void {
    this.written = [];
    this.writtenAtMs = [];
    this.head = 0;
    for (const object of this.store.list(events.key)) this.track(events.key, object);
  }

  private repeat(periodMs: number, act: () => void): void {
    this.clock.after(periodMs, () => {
      act();
      this.repeat(periodMs, act);
    });
  }

  private sweep(): void {
    const before = this.clock.nowMs - EVENT_LIFETIME_MS;
    while (this.head < this.written.length && this.writtenAtMs[this.head] <= before) {
      const object = this.written[this.head]!;
      this.written[this.head++] = undefined;
      const { namespace = '', name } = object.metadata;
      // A later write has its own entry further on.
      if (this.store.get(events.key, namespace, name) === object) {
        this.store.delete(events.key, object);
      }
    }
    if (this.head > 4096 && this.head * 2 > this.written.length) {
      this.written = this.written.slice(this.head);
      this.writtenAtMs = this.writtenAtMs.slice(this.head);
      this.head = 0;
    }
  }

  private compact(): void {
    if (this.lastCompactionRevision > 0) this.store.compact(this.lastCompactionRevision);
    this.lastCompactionRevision = this.store.revision;
  }
}
