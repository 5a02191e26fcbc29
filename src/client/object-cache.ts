// The objects of an informer, by namespace and then by name. Names are strings that an object and
// all its versions share, whose hash is known; keys of the form 'namespace/name' would have to be
// put together, hashed and kept anew for every event in every informer.
import { objectKey, splitKey, type KubeObject } from '../api/object';

/** Where the newest version of an object is found; indexes share it, and need not be told. */
export interface Slot<T> {
  object: T;
}

export class ObjectCache<T extends KubeObject> {
  private readonly namespaces = new Map<string, Map<string, Slot<T>>>();

  /** The object of that key: 'namespace/name', or 'name'. */
  get(key: string): T | undefined {
    const { namespace, name } = splitKey(key);
    return this.find(namespace, name);
  }

  /** As `get`, for who has the parts: a key would have to be made, and taken apart again. */
  find(namespace: string, name: string): T | undefined {
    return this.namespaces.get(namespace)?.get(name)?.object;
  }

  /** What is kept under the namespace and name of `object`. */
  like(object: KubeObject): T | undefined {
    return this.slotLike(object)?.object;
  }

  /** The slot of that namespace and name. */
  slotLike({ metadata }: KubeObject): Slot<T> | undefined {
    return this.namespaces.get(metadata.namespace ?? '')?.get(metadata.name);
  }

  /** Returns the slot where the object is now. */
  put(object: T): Slot<T> {
    const { namespace = '', name } = object.metadata;
    let names = this.namespaces.get(namespace);
    if (!names) this.namespaces.set(namespace, (names = new Map<string, Slot<T>>()));
    let slot = names.get(name);
    if (slot) slot.object = object;
    else names.set(name, (slot = { object }));
    return slot;
  }

  remove({ metadata }: KubeObject): void {
    const { namespace = '', name } = metadata;
    const names = this.namespaces.get(namespace);
    if (names?.delete(name) && names.size === 0) this.namespaces.delete(namespace);
  }

  *values(): Iterable<T> {
    for (const names of this.namespaces.values()) {
      for (const { object } of names.values()) yield object;
    }
  }

  *keys(): Iterable<string> {
    for (const object of this.values()) yield objectKey(object);
  }

  *[Symbol.iterator](): Iterator<[key: string, object: T]> {
    for (const object of this.values()) yield [objectKey(object), object];
  }
}
