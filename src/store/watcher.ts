// One watch: turns writes into the events that its filter lets through. An object that begins to
// match is ADDED, one that ceases to is DELETED, whatever the write was.
import type { KubeObject } from '../api/object';
import type { LogEntry } from './store';

export interface WatchFilter {
  namespace?: string;
  /** metadata.name, when the watch is for one object. */
  name?: string;
  /** The table's indexed field must have this value. */
  indexValue?: string;
  /** What selectors ask beyond that; undefined lets all through. */
  matches?: (object: KubeObject) => boolean;
}

/** A write, as a watch tells it. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** After the write; for DELETED the last state, with the revision of the deletion. */
  readonly object: KubeObject;
  readonly revision: number;
}

export interface WatcherSink {
  /** `whole` is the same once more, in one object that all watches of the write share. */
  event(type: StoreEvent['type'], object: KubeObject, revision: number, whole: StoreEvent): void;
  /** The stream broke; nothing more comes. */
  closed(): void;
}

export class Watcher {
  private stopped = false;

  constructor(
    readonly filter: WatchFilter,
    private readonly sink: WatcherSink,
  ) {}

  offer(entry: LogEntry, revision: number): void {
    if (this.stopped) return;
    const { namespace, name, matches } = this.filter;
    const { object, previous, type } = entry;
    if (namespace && object.metadata.namespace !== namespace) return;
    if (name !== undefined && object.metadata.name !== name) return;
    const before = matches ? previous !== undefined && matches(previous) : true;
    const after = matches ? type !== 'DELETED' && matches(object) : true;
    if (!matches || (before ? after && type === 'MODIFIED' : after && type === 'ADDED')) {
      this.sink.event(type, object, revision, entry);
    } else if (after) {
      this.send(before ? 'MODIFIED' : 'ADDED', object, revision);
    } else if (before) {
      this.send('DELETED', lastMatching(entry, revision), revision);
    }
  }

  private send(type: StoreEvent['type'], object: KubeObject, revision: number): void {
    this.sink.event(type, object, revision, { type, object, revision });
  }

  stop(): void {
    this.stopped = true;
  }

  close(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.sink.closed();
  }
}

/** The state in which it last matched, with the revision at which it ceased to. */
function lastMatching({ type, object, previous }: LogEntry, revision: number): KubeObject {
  if (type === 'DELETED') return object;
  return Object.freeze({
    ...previous!,
    metadata: Object.freeze({ ...previous!.metadata, resourceVersion: String(revision) }),
  });
}
