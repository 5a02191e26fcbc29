// The objects of an informer, by namespace and then by name. Names are strings that an object and
// all its versions share, whose hash is known; keys of the form 'namespace/name' would have to be
// put together, hashed and kept anew for every event in every informer.
import { objectKey, splitKey, type KubeObject } from '../api/object';

export class ObjectCache<T extends KubeObject> {
  private readonly namespaces = new Map<string, Map<string, T>>();

  /** The object of that key: 'namespace/name', or 'name'. */
  get(key: string): T | undefined {
    const { namespace, name } = splitKey(key);
    return this.namespaces.get(namespace)?.get(name);
  }

  /** What is kept under the namespace and name of `object`. */
  like({ metadata }: KubeObject): T | undefined {
    return this.namespaces.get(metadata.namespace ?? '')?.get(metadata.name);
  }

  put(object: T): void {
    const { namespace = '', name } = object.metadata;
    const names = this.namespaces.get(namespace);
    if (names) names.set(name, object);
    else this.namespaces.set(namespace, new Map([[name, object]]));
  }

  remove({ metadata }: KubeObject): void {
    const { namespace = '', name } = metadata;
    const names = this.namespaces.get(namespace);
    if (names?.delete(name) && names.size === 0) this.namespaces.delete(namespace);
  }

  *values(): Iterable<T> {
    for (const names of this.namespaces.values()) yield* names.values();
  }

  *keys(): Iterable<string> {
    for (const object of this.values()) yield objectKey(object);
  }

  *[Symbol.iterator](): Iterator<[key: string, object: T]> {
    for (const object of this.values()) yield [objectKey(object), object];
  }
}
