// The API of a moment that has been, as far as a picture needs it: lists, and watches that tell
// what another moment has changed.
import type { KubeObject } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import type { ApiRequest, Transport, WatchRequest, WatchSink } from '../../client/transport';
import { assert } from '../../sim/assert';
import type { Change, Cursor } from './cursor';

interface Watch {
  namespace: string;
  sink: WatchSink;
}

export class PastTransport implements Transport {
  private readonly watches = new Map<string, Set<Watch>>();

  constructor(private readonly cursor: Cursor) {}

  request({ verb, ref, namespace }: ApiRequest): unknown {
    assert(verb === 'list', 'a picture only lists and watches');
    const items: KubeObject[] = [];
    for (const object of this.cursor.list(ref.key)) {
      if (!namespace || object.metadata.namespace === namespace) items.push(object);
    }
    return { resourceVersion: String(this.cursor.revision), items };
  }

  watch({ ref, namespace = '' }: WatchRequest, sink: WatchSink): () => void {
    const watch = { namespace, sink };
    const watches = this.watches.get(ref.key) ?? new Set();
    this.watches.set(ref.key, watches.add(watch));
    return () => watches.delete(watch);
  }

  resources(): readonly ResourceRef[] {
    return [];
  }

  /** Whether anybody hears of what changes in that table. */
  readonly isWatched = (table: string): boolean => (this.watches.get(table)?.size ?? 0) > 0;

  /** Tells every watch what is another at the moment that is shown now. */
  tell(changes: readonly Change[]): void {
    for (const { table, before, after } of changes) {
      const watches = this.watches.get(table);
      if (!watches || watches.size === 0) continue;
      const object = after ?? before!;
      const type = after ? (before ? 'MODIFIED' : 'ADDED') : 'DELETED';
      const event = { type, object, revision: 0 } as const;
      for (const { namespace, sink } of watches) {
        if (!namespace || object.metadata.namespace === namespace) sink.event(event);
      }
    }
  }
}
