// The garbage collector: deletes what has lost all its owners, and carries out foreground and
// orphan deletion. Invariants: an owner counts as absent only after the server was asked; a
// dependent is deleted by uid; an owner in foreground deletion goes after all dependents that block
// it. Where the real one differs: it keeps a graph of all objects; here the informers' index by
// owner is that graph, so an object costs nothing but its place in the index.
// Upstream: pkg/controller/garbagecollector.
import type { KubeObject, OwnerReference } from '../../api/object';
import { objectKey } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import { ConnectionError, isConflict, isNotFound, StatusError } from '../../api/status-error';
import type { Informer } from '../../client/informer';
import type { RequestOptions } from '../../client/transport';
import type { Controller, ControllerContext } from '../controller';
import { collectedResources } from '../known-resources';
import { indexByOwner, ownedBy } from '../owners';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';
const ABSENT_OWNERS_KEPT = 500;
const UNKNOWN_OWNERS_KEPT = 10_000;
/** How often discovery is asked for new kinds. */
const RESYNC_MS = 30_000;
const RETRY_MS = 1000;

export const garbageCollector: Controller = {
  name: 'garbage-collector',
  eventSource: 'garbage-collector-controller',
  workers: 20,
  start(context) {
    const loop = new GarbageCollectorLoop(context);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

interface Followed {
  ref: ResourceRef;
  informer: Informer<KubeObject>;
}

class GarbageCollectorLoop {
  /** By resource key. */
  private readonly followed = new Map<string, Followed>();
  private readonly byKind = new Map<string, Followed>();
  /** Uids of owners that the server did not have. */
  private readonly absent = new Set<string>();

  /** Keys of what has an owner of a kind that is not followed yet: looked at again when it is. */
  private readonly ofUnknownOwners = new Set<string>();

  private served: readonly ResourceRef[] = [];

  constructor(private readonly context: ControllerContext) {
    this.followAll();
    context.scope.every(RESYNC_MS, () => this.followAll());
  }

  /** Follows what is served now and was not before. */
  private followAll(): void {
    const served = this.discover();
    if (served === this.served) return;
    this.served = served;
    for (const ref of collectedResources(served)) {
      if (!this.followed.has(ref.key)) this.follow(ref);
    }
    for (const key of this.ofUnknownOwners) this.context.enqueue(key);
    this.ofUnknownOwners.clear();
  }

  /** As before when the server does not answer; it is asked again soon. */
  private discover(): readonly ResourceRef[] {
    try {
      return this.context.client.resources();
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      if (this.served.length === 0) this.context.scope.after(RETRY_MS, () => this.followAll());
      return this.served;
    }
  }

  private follow(ref: ResourceRef): void {
    const informer = this.context.watch(ref, {
      added: (object) => this.changed(ref, object, undefined),
      updated: (object, old) => this.changed(ref, object, old),
      deleted: (object) => this.deleted(object),
    });
    indexByOwner(informer);
    this.followed.set(ref.key, { ref, informer });
    this.byKind.set(ref.apiVersion + '/' + ref.kind, { ref, informer });
  }

  /** Keys are a resource's key, a bar, and the object's. */
  reconcile(key: string): void {
    const bar = key.indexOf('|');
    const { ref, informer } = this.followed.get(key.slice(0, bar))!;
    const object = informer.get(key.slice(bar + 1));
    if (!object) return;
    if (!object.metadata.deletionTimestamp) this.collect(ref, object);
    else if (hasFinalizer(object, ORPHAN)) this.orphanDependents(ref, object);
    else if (hasFinalizer(object, FOREGROUND)) this.awaitDependents(ref, object);
  }

  private enqueue(ref: ResourceRef, object: KubeObject): void {
    this.context.enqueue(ref.key + '|' + objectKey(object));
  }

  private changed(ref: ResourceRef, object: KubeObject, old: KubeObject | undefined): void {
    const { ownerReferences, deletionTimestamp, finalizers } = object.metadata;
    if (
      deletionTimestamp &&
      finalizers &&
      (hasFinalizer(object, FOREGROUND) || hasFinalizer(object, ORPHAN))
    ) {
      if (!old || finalizers !== old.metadata.finalizers) this.enqueue(ref, object);
    }
    const oldReferences = old?.metadata.ownerReferences;
    if (ownerReferences === oldReferences) return;
    if (oldReferences) this.wakeOwners(object, oldReferences);
    if (ownerReferences?.some((owner) => !this.findOwner(object, owner))) this.enqueue(ref, object);
  }

  private deleted(object: KubeObject): void {
    const { uid, ownerReferences } = object.metadata;
    for (const { ref, informer } of this.followed.values()) {
      for (const dependent of ownedBy(informer, uid)) this.enqueue(ref, dependent);
    }
    if (ownerReferences) this.wakeOwners(object, ownerReferences);
  }

  /** Owners in foreground deletion look again whether anything still blocks them. */
  private wakeOwners(object: KubeObject, owners: readonly OwnerReference[]): void {
    for (const owner of owners) {
      const found = this.findOwner(object, owner);
      if (found && isAwaitingDependents(found)) {
        this.enqueue(this.byKind.get(kindKey(owner))!.ref, found);
      }
    }
  }

  /** The owner in the cache; undefined when it is not there under this uid. */
  private findOwner(object: KubeObject, owner: OwnerReference): KubeObject | undefined {
    const followed = this.byKind.get(kindKey(owner));
    if (!followed) return undefined;
    const { namespace } = object.metadata;
    const key = followed.ref.namespaced ? namespace + '/' + owner.name : owner.name;
    const found = followed.informer.get(key);
    return found?.metadata.uid === owner.uid ? found : undefined;
  }

  /** Deletes an object whose owners are gone, or are waiting for it to go. */
  private collect(ref: ResourceRef, object: KubeObject): void {
    const solid: OwnerReference[] = [];
    const others: OwnerReference[] = [];
    let isAwaited = false;
    for (const owner of object.metadata.ownerReferences ?? []) {
      const found = this.findOwner(object, owner);
      if (found && isAwaitingDependents(found)) {
        // An owner that this object does not block may go before it.
        isAwaited = true;
        others.push(owner);
      } else if (found || this.exists(ref, object, owner)) solid.push(owner);
      else others.push(owner);
    }
    if (others.length === 0) return;
    if (solid.length > 0) {
      this.dropOwners(ref, object, others);
      return;
    }
    const isForeground = isAwaited && this.hasDependents(object);
    // Owners that wait for each other in a circle would wait forever.
    const isCircle = isForeground && this.hasDependents(object, isAwaitingDependents);
    if (isCircle) this.unblockOwners(ref, object);
    this.delete(ref, object, isForeground ? 'Foreground' : 'Background');
  }

  private exists(own: ResourceRef, object: KubeObject, owner: OwnerReference): boolean {
    if (this.absent.has(owner.uid)) return false;
    const ref = this.byKind.get(kindKey(owner))?.ref ?? this.refOf(owner);
    // What kind this is nobody knows here: the real one too leaves such objects alone.
    const isFollowed = ref !== undefined && this.followed.has(ref.key);
    if (!isFollowed && this.ofUnknownOwners.size < UNKNOWN_OWNERS_KEPT) {
      this.ofUnknownOwners.add(own.key + '|' + objectKey(object));
    }
    if (!ref) return true;
    try {
      const namespace = ref.namespaced ? (object.metadata.namespace ?? '') : '';
      const found = this.context.client.get(ref, namespace, owner.name);
      if (found.metadata.uid === owner.uid) return true;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    this.absent.add(owner.uid);
    if (this.absent.size > ABSENT_OWNERS_KEPT) {
      for (const oldest of this.absent) {
        this.absent.delete(oldest);
        break;
      }
    }
    return false;
  }

  /** Of a kind that is new, or that is stored in another version than the owner was named by. */
  private refOf({ apiVersion, kind }: OwnerReference): ResourceRef | undefined {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    return this.discover().find((ref) => ref.kind === kind && ref.group === group);
  }

  private hasDependents(
    { metadata }: KubeObject,
    matches: (dependent: KubeObject) => boolean = () => true,
  ): boolean {
    for (const { informer } of this.followed.values()) {
      for (const dependent of ownedBy(informer, metadata.uid)) {
        if (matches(dependent)) return true;
      }
    }
    return false;
  }

  private delete(
    ref: ResourceRef,
    { metadata }: KubeObject,
    propagationPolicy: RequestOptions['propagationPolicy'],
  ): void {
    const { namespace = '', name, uid } = metadata;
    try {
      this.context.client.delete(ref, namespace, name, {
        propagationPolicy,
        preconditions: { uid },
      });
    } catch (error) {
      // Gone already, or another object of that name by now.
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }

  private dropOwners(
    ref: ResourceRef,
    object: KubeObject,
    owners: readonly { uid: string }[],
  ): void {
    const kept = (object.metadata.ownerReferences ?? []).filter(
      (reference) => !owners.some((owner) => owner.uid === reference.uid),
    );
    const dropped = owners.map((owner) => ({ $patch: 'delete', uid: owner.uid }));
    this.patchOwners(ref, object, dropped, kept);
  }

  /** Its owners need no longer wait for the object. */
  private unblockOwners(ref: ResourceRef, object: KubeObject): void {
    const all = object.metadata.ownerReferences ?? [];
    const blocked = all.filter(({ blockOwnerDeletion }) => blockOwnerDeletion);
    if (blocked.length === 0) return;
    const freed = blocked.map(({ uid }) => ({ uid, blockOwnerDeletion: false }));
    const whole = all.map((owner) => ({ ...owner, blockOwnerDeletion: false }));
    this.patchOwners(ref, object, freed, whole);
  }

  /** `changed` merges by uid into what is there; custom resources take only the `whole` list. */
  private patchOwners(
    ref: ResourceRef,
    object: KubeObject,
    changed: readonly { uid: string }[],
    whole: readonly OwnerReference[],
  ): void {
    const { namespace = '', name, uid } = object.metadata;
    try {
      const metadata = { uid, ownerReferences: changed };
      this.context.client.patch(ref, namespace, name, { metadata });
    } catch (error) {
      if (error instanceof StatusError && error.code === 415) this.writeOwners(ref, object, whole);
      else if (!isNotFound(error)) throw error;
    }
  }

  private writeOwners(
    ref: ResourceRef,
    { metadata }: KubeObject,
    ownerReferences: readonly OwnerReference[],
  ): void {
    const { namespace = '', name, resourceVersion } = metadata;
    const patch = { metadata: { resourceVersion, ownerReferences } };
    this.context.client.patch(ref, namespace, name, patch, { patchType: 'merge' });
  }

  /** Foreground deletion: the owner stays until nothing blocks it. */
  private awaitDependents(ref: ResourceRef, owner: KubeObject): void {
    let isBlocked = false;
    for (const { ref: kind, informer } of this.followed.values()) {
      for (const dependent of ownedBy(informer, owner.metadata.uid)) {
        const reference = dependent.metadata.ownerReferences!.find(
          ({ uid }) => uid === owner.metadata.uid,
        );
        if (reference?.blockOwnerDeletion) isBlocked = true;
        if (!dependent.metadata.deletionTimestamp) this.enqueue(kind, dependent);
      }
    }
    if (!isBlocked) this.removeFinalizer(ref, owner, FOREGROUND);
  }

  private orphanDependents(ref: ResourceRef, owner: KubeObject): void {
    for (const { ref: kind, informer } of this.followed.values()) {
      for (const dependent of ownedBy(informer, owner.metadata.uid)) {
        this.dropOwners(kind, dependent, [owner.metadata]);
      }
    }
    this.removeFinalizer(ref, owner, ORPHAN);
  }

  private removeFinalizer(ref: ResourceRef, object: KubeObject, finalizer: string): void {
    const { namespace = '', name } = object.metadata;
    try {
      const { uid, resourceVersion, finalizers } = this.context.client.get(
        ref,
        namespace,
        name,
      ).metadata;
      if (uid !== object.metadata.uid || !finalizers?.includes(finalizer)) return;
      const rest = finalizers.filter((kept) => kept !== finalizer);
      const metadata = { resourceVersion, finalizers: rest };
      this.context.client.patch(ref, namespace, name, { metadata }, { patchType: 'merge' });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function kindKey({ apiVersion, kind }: OwnerReference): string {
  return apiVersion + '/' + kind;
}

function hasFinalizer({ metadata }: KubeObject, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) === true;
}

function isAwaitingDependents(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, FOREGROUND);
}
