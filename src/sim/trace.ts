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

type NewRecord = Omit<TraceRecord, 'id'>;

/**
 * The ring is kept by field: a record that lives until thousands have followed would be moved twice
 * by the collector, and there are a dozen for each pod.
 */
export class Trace {
  private readonly times: number[] = [];
  private readonly codes: number[] = [];
  private readonly revisions: number[] = [];
  private readonly causes: number[] = [];
  private readonly texts = {
    actor: [] as string[],
    verb: [] as string[],
    resource: [] as string[],
    namespace: [] as string[],
    name: [] as string[],
  };
  private count = 0;
  private rolling = 0x811c9dc5;

  constructor(private readonly capacity: number) {
    assert(capacity > 0, 'a trace keeps at least one record');
  }

  /** Number of records ever written; the newest record has this id. */
  get lastId(): number {
    return this.count;
  }

  /** A hash over every record ever written, eight hex digits. */
  get hash(): string {
    return this.rolling.toString(16).padStart(8, '0');
  }

  add({ atMs, actor, verb, resource, namespace, name, code, revision, cause }: NewRecord): void {
    const place = this.count++ % this.capacity;
    this.times[place] = atMs;
    this.codes[place] = code;
    this.revisions[place] = revision;
    this.causes[place] = cause;
    const { texts } = this;
    texts.actor[place] = actor;
    texts.verb[place] = verb;
    texts.resource[place] = resource;
    texts.namespace[place] = namespace;
    texts.name[place] = name;
    let hash = hashString(name, this.rolling);
    hash = Math.imul(hash ^ (atMs | 0), 0x01000193);
    hash = Math.imul(hash ^ revision ^ (code << 20), 0x01000193);
    hash = Math.imul(hash ^ actor.length ^ (verb.length << 8), 0x01000193);
    this.rolling = hash >>> 0;
  }

  /** Records with an id above `afterId` that are still in the ring, oldest first. */
  since(afterId: number): TraceRecord[] {
    const records: TraceRecord[] = [];
    const first = Math.max(afterId + 1, this.count - this.capacity + 1);
    for (let id = first; id <= this.count; id++) records.push(this.record(id));
    return records;
  }

  private record(id: number): TraceRecord {
    const place = (id - 1) % this.capacity;
    const { texts } = this;
    return {
      atMs: this.times[place],
      actor: texts.actor[place],
      verb: texts.verb[place],
      resource: texts.resource[place],
      namespace: texts.namespace[place],
      name: texts.name[place],
      code: this.codes[place],
      revision: this.revisions[place],
      cause: this.causes[place],
      id,
    };
  }
}
