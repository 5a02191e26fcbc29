// A binary heap whose items know their place, so that any of them can be moved or taken out.

/** What an item needs to be kept in a heap; -1 while it is in none. */
export interface HeapItem {
  heapIndex: number;
}

export class Heap<T extends HeapItem> {
  private readonly items: T[] = [];

  constructor(private readonly isBefore: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  peek(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    this.items.push(item);
    this.siftUp(item, this.items.length - 1);
  }

  pop(): T | undefined {
    const top = this.items[0];
    if (top !== undefined) this.remove(top);
    return top;
  }

  /** The item must be in this heap. */
  remove(item: T): void {
    const index = item.heapIndex;
    const last = this.items.pop()!;
    item.heapIndex = -1;
    if (last === item) return;
    this.siftDown(last, index);
    if (last.heapIndex === index) this.siftUp(last, index);
  }

  /** Puts an item of this heap where it belongs after its order has changed. */
  fix(item: T): void {
    const index = item.heapIndex;
    this.siftDown(item, index);
    if (item.heapIndex === index) this.siftUp(item, index);
  }

  /** In no particular order. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.items[Symbol.iterator]();
  }

  private siftUp(item: T, start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(item, this.items[parent])) break;
      this.place(this.items[parent], index);
      index = parent;
    }
    this.place(item, index);
  }

  private siftDown(item: T, start: number): void {
    const { items } = this;
    let index = start;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.isBefore(items[child + 1], items[child])) child++;
      if (!this.isBefore(items[child], item)) break;
      this.place(items[child], index);
      index = child;
    }
    this.place(item, index);
  }

  private place(item: T, index: number): void {
    this.items[index] = item;
    item.heapIndex = index;
  }
}
