// Which nodes have which images, as their status says.
// Upstream: pkg/scheduler/backend/cache/cache.go (imageStates).
import type { Node } from '../api/types';

export interface ImageState {
  /** Bytes, as the node that reported last has it. */
  size: number;
  /** How many nodes have it. */
  nodes: number;
  /** Which do: 1 at their slots; shorter than the highest slot may be. */
  bySlot: Uint8Array;
}

export class ImageStates {
  private readonly byName = new Map<string, ImageState>();

  get(image: string): ImageState | undefined {
    return this.byName.get(image);
  }

  change(slot: number, old: Node | undefined, node: Node | undefined): void {
    if (old?.status.images === node?.status.images) return;
    for (const { names } of old?.status.images ?? []) {
      for (const name of names ?? []) this.remove(name, slot);
    }
    for (const { names, sizeBytes } of node?.status.images ?? []) {
      for (const name of names ?? []) this.add(name, slot, sizeBytes ?? 0);
    }
  }

  private add(name: string, slot: number, size: number): void {
    const state = this.byName.get(name);
    if (state === undefined) {
      const bySlot = new Uint8Array(2 * slot + 16);
      bySlot[slot] = 1;
      this.byName.set(name, { size, nodes: 1, bySlot });
      return;
    }
    state.size = size;
    if (slot >= state.bySlot.length) {
      const grown = new Uint8Array(2 * slot);
      grown.set(state.bySlot);
      state.bySlot = grown;
    }
    if (state.bySlot[slot] === 0) state.nodes++;
    state.bySlot[slot] = 1;
  }

  private remove(name: string, slot: number): void {
    const state = this.byName.get(name);
    if (!state?.bySlot[slot]) return;
    state.bySlot[slot] = 0;
    if (--state.nodes === 0) this.byName.delete(name);
  }
}
