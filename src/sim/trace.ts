// The trace: what happened, in order, bounded in a ring. The canvas animates it, "explain" reads
// it, tests compare its hash. A record's `cause` is the revision of the write that led to it (0: a
// person).
import { assert } from './assert';
import { hashString } from './rng';

export interface TraceRecord {
  /** Position in the whole run, from 1. */
  id: number;
  atMs: number;
  /** The component or person that acted: 'kubectl', 'kube-scheduler', 'kubelet/n1', ... */
  actor: string;
  /** A Kubernetes request verb, or 'deliver' for a watch event that reached its watcher. */
  verb: string;
  /** 'pods', 'deployments.apps', 'pods/binding', ... */
  resource: string;
  namespace: string;
  name: string;
  /** HTTP status code of the answer. */
  code: number;
  /** Revision that the act produced or delivered, 0 for none. */
  revision: number;
  cause: number;
}

export class Trace {
  private readonly ring: TraceRecord[];
  private count = 0;
  private rolling = 0x811c9dc5;

  constructor(private readonly capacity: number) {
    assert(capacity > 0, 'a trace keeps at least one record');
    this.ring = [];
  }

  /** Number of records ever written; the newest record has this id. */
  get lastId(): number {
    return this.count;
  }

  /** A hash over every record ever written, eight hex digits. */
  get hash(): string {
    return this.rolling.toString(16).padStart(8, '0');
  }

  add(record: Omit<TraceRecord, 'id'>): void {
    const kept = record as TraceRecord;
    kept.id = ++this.count;
    this.ring[(kept.id - 1) % this.capacity] = kept;
    let hash = hashString(kept.name, this.rolling);
    hash = Math.imul(hash ^ (kept.atMs | 0), 0x01000193);
    hash = Math.imul(hash ^ kept.revision ^ (kept.code << 20), 0x01000193);
    hash = Math.imul(hash ^ kept.actor.length ^ (kept.verb.length << 8), 0x01000193);
    this.rolling = hash >>> 0;
  }

  /** Records with an id above `afterId` that are still in the ring, oldest first. */
  since(afterId: number): TraceRecord[] {
    const records: TraceRecord[] = [];
    const first = Math.max(afterId + 1, this.count - this.capacity + 1);
    for (let id = first; id <= this.count; id++) {
      records.push(this.ring[(id - 1) % this.capacity]);
    }
    return records;
  }
}
