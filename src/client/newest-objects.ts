// An informer's objects as this program knows them: what it wrote itself counts before the watch
// event of it has arrived, so that it neither does a thing twice nor acts on its own past.
// Upstream: the caches of pkg/controller/volume/persistentvolume and of the scheduler's volume
// binder (assume cache).
import type { KubeObject } from '../api/object';
import type { Informer } from './informer';

export class NewestObjects<T extends KubeObject> {
  /** By uid, until the informer has caught up. */
  private readonly written = new Map<string, T>();

  constructor(private readonly informer: Informer<T>) {
    informer.addHandler({ deleted: ({ metadata }) => this.forget(metadata.uid) });
  }

  /** Notes what a write answered, and hands it on. */
  wrote(object: T): T {
    this.written.set(object.metadata.uid, object);
    return object;
  }

  /** The newest version known of what the informer holds under the key. */
  get(key: string): T | undefined {
    const cached = this.informer.get(key);
    return cached && this.of(cached);
  }

  /** The newest version known of an object that came from the informer. */
  of(cached: T): T {
    if (this.written.size === 0) return cached;
    const { uid, resourceVersion } = cached.metadata;
    const own = this.written.get(uid);
    if (own === undefined) return cached;
    if (Number(resourceVersion) < Number(own.metadata.resourceVersion)) return own;
    this.written.delete(uid);
    return cached;
  }

  *values(): Iterable<T> {
    for (const cached of this.informer.items.values()) yield this.of(cached);
  }

  forget(uid: string): void {
    this.written.delete(uid);
  }
}
