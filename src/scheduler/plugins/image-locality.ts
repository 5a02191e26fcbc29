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
        const spread = state.nodes / cache.nodes.length;
        wanted.push({ state, bytes: Math.trunc(state.size * spread) });
      }
    },
    score: (_cycle, { slot }) => scoreOf(bytesAt(slot)),
    scoreAll(_cycle, { nodes, slots }, scores) {
      if (wanted.length === 0) return scoreOf(0);
      const { length } = nodes;
      if (wanted.length > 1) {
        for (let index = 0; index < length; index++) scores[index] = scoreOf(bytesAt(slots[index]));
        return undefined;
      }
      const [{ state, bytes }] = wanted;
      const [without, having] = [scoreOf(0), scoreOf(bytes)];
      if (having === without || state.nodes === cache.nodes.length) return having;
      const { bySlot } = state;
      for (let index = 0; index < length; index++) {
        scores[index] = bySlot[slots[index]] === 1 ? having : without;
      }
      return undefined;
    },
  };

  function bytesAt(slot: number): number {
    let sum = 0;
    for (const { state, bytes } of wanted) if (state.bySlot[slot] === 1) sum += bytes;
    return sum;
  }

  function scoreOf(bytes: number): number {
    const bounded = Math.min(Math.max(bytes, MIN_BYTES), maxBytes);
    return Math.trunc((MAX_NODE_SCORE * (bounded - MIN_BYTES)) / (maxBytes - MIN_BYTES));
  }
}
