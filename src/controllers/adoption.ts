// Taking and letting go of objects: what matches a controller's selector and has no controller is
// adopted, what it controls and no longer matches is released. Both are patches of ownerReferences.
// Upstream: pkg/controller/controller_ref_manager.go.
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import { isNotFound, StatusError } from '../api/status-error';
import type { Client } from '../client/client';
import { controllerReference } from './owners';

/** Throws unless the owner is, on the server and not just in the cache, still there and wanted. */
export function checkMayAdopt<O extends KubeObject>(
  client: Client,
  ref: ResourceRef<O>,
  owner: O,
): void {
  const { namespace = '', name, uid } = owner.metadata;
  const fresh = client.get(ref, namespace, name);
  const which = `${ref.kind} ${namespace}/${name}`;
  if (fresh.metadata.uid !== uid) {
    throw new Error(`original ${which} is gone: got uid ${fresh.metadata.uid}, wanted ${uid}`);
  }
  if (fresh.metadata.deletionTimestamp) {
    throw new Error(
      `${namespace}/${name} has just been deleted at ${fresh.metadata.deletionTimestamp}`,
    );
  }
}

/** Makes `owner` the controller of an object. False when the object is gone. */
export function adopt(
  client: Client,
  ownerRef: ResourceRef,
  owner: KubeObject,
  ref: ResourceRef,
  object: KubeObject,
): boolean {
  const { namespace = '', name, uid } = object.metadata;
  const ownerReferences = [controllerReference(owner, ownerRef)];
  return tolerant(() => {
    client.patch(ref, namespace, name, { metadata: { ownerReferences, uid } });
  });
}

/** Takes `owner` off an object's owners. */
export function release(
  client: Client,
  owner: KubeObject,
  ref: ResourceRef,
  object: KubeObject,
): void {
  const { namespace = '', name, uid } = object.metadata;
  const ownerReferences = [{ $patch: 'delete', uid: owner.metadata.uid }];
  tolerant(() => client.patch(ref, namespace, name, { metadata: { ownerReferences, uid } }));
}

/** An object that is gone, or was made anew with another uid, is not ours to change. */
function tolerant(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    if (error instanceof StatusError && error.reason === 'Invalid') return false;
    throw error;
  }
}
