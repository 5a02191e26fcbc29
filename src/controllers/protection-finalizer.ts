// Finalizers that keep objects while they are used.
// Upstream: pkg/controller/volume/protectionutil.
import type { KubeObject } from '../api/object';

/** What is to be thought of with this object: giving it the finalizer, or taking it away. */
export function candidateFor(
  { metadata }: KubeObject,
  finalizer: string,
): 'add' | 'remove' | undefined {
  const has = metadata.finalizers?.includes(finalizer) ?? false;
  if (metadata.deletionTimestamp) return has ? 'remove' : undefined;
  return has ? undefined : 'add';
}

export function withFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const finalizers = [...(object.metadata.finalizers ?? []), finalizer];
  return { ...object, metadata: { ...object.metadata, finalizers } };
}

export function withoutFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const finalizers = object.metadata.finalizers?.filter((each) => each !== finalizer);
  return { ...object, metadata: { ...object.metadata, finalizers } };
}
