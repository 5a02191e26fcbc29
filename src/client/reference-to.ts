import type { KubeObject } from '../api/object';
import type { ObjectReference } from '../api/types';

/**
 * The reference that an Event carries. Each kind in one literal: there are several a pod, and
 * fields that are added later take more room.
 */
export function referenceTo(
  { apiVersion, kind, metadata }: KubeObject,
  fieldPath?: string,
): ObjectReference {
  const { uid, resourceVersion, name, namespace } = metadata;
  if (!namespace) {
    const reference: ObjectReference = { kind, name, uid, apiVersion, resourceVersion };
    if (fieldPath) reference.fieldPath = fieldPath;
    return reference;
  }
  return fieldPath
    ? { kind, name, uid, apiVersion, resourceVersion, namespace, fieldPath }
    : { kind, name, uid, apiVersion, resourceVersion, namespace };
}
