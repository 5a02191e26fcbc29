// Which nodes take part in a topology spread: those that the pod could be on at all, when the
// constraint honours its node affinity and their taints. Kept by shape until a node changes.
import { matchesRequiredNodeAffinity } from '../../../api/node-affinity';
import type { SchedulerCache } from '../../cache';
import { toleratesHardTaints } from '../taint-toleration';
import type { PodShape } from '../../pod-shape';
import type { SpreadConstraint } from '../../spread-constraint';

const AFFINITY_MATCHES = 1;
const TAINTS_TOLERATED = 2;

export class SpreadEligibility {
  private readonly known = new WeakMap<PodShape, { version: number; bySlot: Uint8Array }>();

  constructor(private readonly cache: SchedulerCache) {}

  /** Bits by node slot for `mask`; undefined when every node takes part. */
  of(shape: PodShape): Uint8Array {
    const version = this.cache.nodesVersion;
    let known = this.known.get(shape);
    if (known?.version !== version) {
      known = { version, bySlot: this.compute(shape) };
      this.known.set(shape, known);
    }
    return known.bySlot;
  }

  /** The bits that a node needs to take part. */
  static mask({ honorsNodeAffinity, honorsNodeTaints }: SpreadConstraint): number {
    return (honorsNodeAffinity ? AFFINITY_MATCHES : 0) | (honorsNodeTaints ? TAINTS_TOLERATED : 0);
  }

  private compute(shape: PodShape): Uint8Array {
    const bySlot = new Uint8Array(this.cache.capacity);
    for (const info of this.cache.nodes) {
      let bits = 0;
      if (!shape.hasNodeRequirements || matchesRequiredNodeAffinity(shape.spec, info.node!)) {
        bits |= AFFINITY_MATCHES;
      }
      if (toleratesHardTaints(info.taints, shape.tolerations)) bits |= TAINTS_TOLERATED;
      bySlot[info.slot] = bits;
    }
    return bySlot;
  }
}
