// Prefers nodes that have the pod's images already, more so the bigger and the more widespread they
// are.
// Upstream: pkg/scheduler/framework/plugins/imagelocality.
import { MAX_NODE_SCORE, type Handle, type Plugin } from '../framework';
import type { ImageState } from '../image-states';

const MIN_BYTES = 23 * 1024 * 1024;
const MAX_BYTES_PER_IMAGE = 1000 * 1024 * 1024;

export function imageLocality({ cache }: Handle): Plugin {
  /** Images of the cycle's pod that some node has, each with what having it is worth. */
  const wanted: { state: ImageState; bytes: number }[] = [];
  let maxBytes = MAX_BYTES_PER_IMAGE;
  return {
    name: 'ImageLocality',
    preScore({ shape }) {
      wanted.length = 0;
      maxBytes = MAX_BYTES_PER_IMAGE * shape.images.length;
      for (const image of shape.images) {
        const state = cache.images.get(image);
        if (state === undefined) continue;
        const spread = state.slots.size / cache.nodes.length;
        wanted.push({ state, bytes: Math.trunc(state.size * spread) });
      }
    },
    score(_cycle, { slot }) {
      let sum = 0;
      for (const { state, bytes } of wanted) if (state.slots.has(slot)) sum += bytes;
      const bounded = Math.min(Math.max(sum, MIN_BYTES), maxBytes);
      return Math.trunc((MAX_NODE_SCORE * (bounded - MIN_BYTES)) / (maxBytes - MIN_BYTES));
    },
  };
}
