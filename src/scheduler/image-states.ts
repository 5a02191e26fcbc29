// Which nodes have which images, as their status says.
// Upstream: pkg/scheduler/backend/cache/cache.go (imageStates).
import type { Node } from '../api/types';

export interface ImageState {
  /** Bytes, as the node that reported last has it. */
  size: number;
  /** Slots of the nodes that have it. */
  readonly slots: Set<number>;
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
      this.byName.set(name, { size, slots: new Set([slot]) });
    } else {
      state.size = size;
      state.slots.add(slot);
    }
  }

  private remove(name: string, slot: number): void {
    const state = this.byName.get(name);
    state?.slots.delete(slot);
    if (state?.slots.size === 0) this.byName.delete(name);
  }
}
