// Which of a controller's own writes its cache has not shown yet. A controller that reconciled such
// an object would act on the past and only meet conflicts; it waits for the watch event instead.
// Upstream: pkg/controller/util/consistency, with which 1.36 guards the same controllers.
import type { KubeObject } from '../api/object';

export class OwnWrites {
  /** Revision of the last write by uid, until the cache has caught up. */
  private readonly revisions = new Map<string, number>();

  /** Notes what a write answered. */
  wrote(object: KubeObject): void {
    const { uid, resourceVersion } = object.metadata;
    this.revisions.set(uid, Number(resourceVersion));
  }

  /** Whether this cached object is older than what was written here. */
  isAheadOf(cached: KubeObject): boolean {
    if (this.revisions.size === 0) return false;
    const { uid, resourceVersion } = cached.metadata;
    const revision = this.revisions.get(uid);
    if (revision === undefined) return false;
    if (Number(resourceVersion) < revision) return true;
    this.revisions.delete(uid);
    return false;
  }

  forget(uid: string): void {
    this.revisions.delete(uid);
  }
}
