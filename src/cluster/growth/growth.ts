// What a cluster is grown from and to, and what all that is grown shares.
import type { Machine } from '../../api/machine';
import type { Draft } from '../../api/object';
import { formatMicroTime } from '../../api/time';
import type { RandomStream } from '../../sim/rng';
import type { Cloud } from '../../world/presets/preset';
import type { ClusterOptions } from '../cluster';
import type { PodRanges } from '../pod-ranges';
import type { SavedCluster } from '../saved-cluster';
import type { Workload } from './workloads';

export interface Growth {
  /** Of the small cluster. */
  saved: SavedCluster;
  options: ClusterOptions;
  /** What the clock shall show. */
  nowMs: number;
  /** All that there shall be. */
  machines: readonly Draft<Machine>[];
  podRanges: PodRanges;
  cloud: Cloud | undefined;
  workloads: readonly Workload[];
  podCount: number;
  random: RandomStream;
}

/** Gives each new object a revision. */
export class Revisions {
  constructor(public newest: number) {}

  next(): string {
    return String(++this.newest);
  }
}

/** A moment in the last ten seconds, as a kubelet's latest renewal: 'index' spreads them out. */
export function renewedAt(nowMs: number, index: number): string {
  return formatMicroTime(nowMs - ((index * 617) % 9_900) - 50);
}
