// An index of an informer: buckets of objects by a value that they name. A bucket holds its objects
// by uid, so that a new version takes the place of the old one instead of leaving a hole in a set.
import type { KubeObject } from '../api/object';

/** The objects of one value, by when they first had it. */
export interface IndexBucket<T> extends Iterable<T> {
  readonly size: number;
}

export class ObjectIndex<T extends KubeObject> {
  private readonly buckets = new Map<string, Bucket<T>>();

  constructor(private readonly valuesOf: (object: T) => readonly string[]) {}

  bucket(value: string): IndexBucket<T> {
    return this.buckets.get(value) ?? EMPTY;
  }

  /** Puts `object` in the place of `old`; either may be missing. */
  change(old: T | undefined, object: T | undefined): void {
    const before = old ? this.valuesOf(old) : NONE;
    const after = object ? this.valuesOf(object) : NONE;
    const isReplaced = old?.metadata.uid === object?.metadata.uid;
    for (const value of before) {
      if (!isReplaced || !after.includes(value)) this.remove(value, old!.metadata.uid);
    }
    for (const value of after) this.put(value, object!);
  }

  private put(value: string, object: T): void {
    let bucket = this.buckets.get(value);
    if (!bucket) this.buckets.set(value, (bucket = new Bucket()));
    bucket.objects.set(object.metadata.uid, object);
  }

  private remove(value: string, uid: string): void {
    const bucket = this.buckets.get(value);
    bucket?.objects.delete(uid);
    if (bucket?.size === 0) this.buckets.delete(value);
  }
}

class Bucket<T> implements IndexBucket<T> {
  readonly objects = new Map<string, T>();

  get size(): number {
    return this.objects.size;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.objects.values();
  }
}

const NONE: readonly string[] = Object.freeze([]);
const EMPTY: IndexBucket<never> = new Bucket<never>();
