// Who owns what: the owner reference that a controller writes, and the index that finds what it
// owns.
// Upstream: apimachinery/pkg/apis/meta/v1/controller_ref.go.
import { controllerOf, type KubeObject, type OwnerReference } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { Informer } from '../client/informer';
import type { IndexBucket } from '../client/object-index';

/** The reference by which `owner` controls another object. */
export function controllerReference(owner: KubeObject, ref: ResourceRef): OwnerReference {
  const { name, uid } = owner.metadata;
  return {
    apiVersion: ref.apiVersion,
    kind: ref.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

const NONE: readonly string[] = Object.freeze([]);

/** Sets up the index by owner's uid on an informer; several controllers share it. */
export function indexByOwner<T extends KubeObject>(informer: Informer<T>): void {
  informer.addIndex('owner', ({ metadata: { ownerReferences } }) => {
    if (!ownerReferences) return NONE;
    if (ownerReferences.length === 1) return [ownerReferences[0].uid];
    return ownerReferences.map(({ uid }) => uid);
  });
}

/** Objects that name this uid among their owners. The bucket is live. */
export function ownedBy<T extends KubeObject>(informer: Informer<T>, uid: string): IndexBucket<T> {
  return informer.byIndex('owner', uid);
}

/** Objects whose controller has this uid. */
export function controlledBy<T extends KubeObject>(informer: Informer<T>, uid: string): T[] {
  const controlled: T[] = [];
  for (const object of ownedBy(informer, uid)) {
    if (controllerOf(object)?.uid === uid) controlled.push(object);
  }
  return controlled;
}

/** Sets up the index of objects without a controller, by namespace: what may be adopted. */
export function indexOrphans<T extends KubeObject>(informer: Informer<T>): void {
  informer.addIndex('orphan', (object) =>
    controllerOf(object) ? NONE : [object.metadata.namespace ?? ''],
  );
}

/** Objects of the namespace that nobody controls. The bucket is live. */
export function orphansIn<T extends KubeObject>(
  informer: Informer<T>,
  namespace: string,
): IndexBucket<T> {
  return informer.byIndex('orphan', namespace);
}
