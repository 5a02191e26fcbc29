// An index of an informer: buckets of objects by a value that they name. A bucket holds the slots
// of its objects by uid, so that a new version takes the place of the old one instead of leaving a
// hole in a set, and is not even told to the buckets that it stays in.
import type { KubeObject } from '../api/object';
import type { Slot } from './object-cache';

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

  /**
   * Puts `object` in the place of `old`; either may be missing. A `slot` that holds the object by
   * now, and held the old one, spares the buckets that both are in.
   */
  change(old: T | undefined, object: T | undefined, slot?: Slot<T>): void {
    const before = old ? this.valuesOf(old) : NONE;
    const after = object ? this.valuesOf(object) : NONE;
    const isReplaced = old?.metadata.uid === object?.metadata.uid;
    for (let index = 0; index < before.length; index++) {
      const value = before[index];
      if (!isReplaced || !after.includes(value)) this.remove(value, old!.metadata.uid);
    }
    for (let index = 0; index < after.length; index++) {
      const value = after[index];
      if (slot && isReplaced && before.includes(value)) continue;
      this.put(value, object!.metadata.uid, slot ?? { object: object! });
    }
  }

  private put(value: string, uid: string, slot: Slot<T>): void {
    let bucket = this.buckets.get(value);
    if (!bucket) this.buckets.set(value, (bucket = new Bucket()));
    bucket.slots.set(uid, slot);
  }

  private remove(value: string, uid: string): void {
    const bucket = this.buckets.get(value);
    bucket?.slots.delete(uid);
    if (bucket?.size === 0) this.buckets.delete(value);
  }
}

class Bucket<T> implements IndexBucket<T> {
  readonly slots = new Map<string, Slot<T>>();

  get size(): number {
    return this.slots.size;
  }

  [Symbol.iterator](): Iterator<T> {
    return new ObjectsOf(this.slots.values());
  }
}

/** Not a generator, which takes several times as long a step. */
class ObjectsOf<T> implements Iterator<T> {
  constructor(private readonly slots: Iterator<Slot<T>>) {}

  next(): IteratorResult<T> {
    const step = this.slots.next();
    return step.done ? END : { done: false, value: step.value.object };
  }
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };
const NONE: readonly string[] = Object.freeze([]);
const EMPTY: IndexBucket<never> = new Bucket<never>();
