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

export interface WatcherSink {
  event(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject, revision: number): void;
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
    if (!matches) {
      this.sink.event(type, object, revision);
      return;
    }
    const before = previous !== undefined && matches(previous);
    const after = type !== 'DELETED' && matches(object);
    if (after) this.sink.event(before ? 'MODIFIED' : 'ADDED', object, revision);
    else if (before) this.sink.event('DELETED', lastMatching(entry, revision), revision);
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
