import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap, type HeapItem } from './heap';

interface Item extends HeapItem {
  rank: number;
}

const newHeap = (): Heap<Item> => new Heap<Item>((a, b) => a.rank < b.rank);

describe('a heap', () => {
  it('gives its items in order, whatever was taken out or moved meanwhile', () => {
    const act = fc.record({
      do: fc.constantFrom('push', 'push', 'remove', 'move', 'pop'),
      rank: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const heap = newHeap();
        const held: Item[] = [];
        const left: Item[] = [];
        for (const { do: what, rank } of acts) {
          const chosen = held[rank % Math.max(held.length, 1)];
          if (what === 'push') {
            const item = { rank, heapIndex: -1 };
            held.push(item);
            heap.push(item);
          } else if (chosen && what === 'move') {
            chosen.rank = rank;
            heap.fix(chosen);
          } else if (chosen) {
            if (what === 'remove') heap.remove(chosen);
            const gone = what === 'remove' ? chosen : heap.pop()!;
            left.push(gone);
            held.splice(held.indexOf(gone), 1);
          }
        }
        expect(heap.size).toBe(held.length);
        expect(left.every(({ heapIndex }) => heapIndex === -1)).toBe(true);
        const ranks: number[] = [];
        for (let item = heap.pop(); item; item = heap.pop()) ranks.push(item.rank);
        expect(ranks).toEqual(held.map(({ rank }) => rank).sort((a, b) => a - b));
      }),
    );
  });

  it('is empty at first', () => {
    expect([newHeap().pop(), newHeap().peek(), newHeap().size]).toEqual([undefined, undefined, 0]);
  });
});
