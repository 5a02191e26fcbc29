// What a ReplicaSet's status counts, kept up to date pod by pod instead of counted in each
// reconcile.
// Invariant: a pod is taken out exactly as it was put in, under the same template and
// minReadySeconds; when those change the tally is counted anew.
import { hasLabels } from '../../api/label-selector';
import type { Pod } from '../../api/types';
import { isPodActive, isPodReady, isPodTerminating, podReadySinceMs } from '../pod-status';
import type { Replicated } from './replicaset-status';

export class PodTally {
  /** Pods that are neither terminal nor being deleted. */
  active = 0;
  ready = 0;
  /** Active pods with all the labels of the template. */
  fullyLabeled = 0;
  terminating = 0;
  /** Ready pods that must stay so for longer: uid to when they become available, ms. */
  private readonly soon = new Map<string, number>();

  add(pod: Pod, { spec }: Replicated): void {
    if (!this.count(pod, spec, 1) || !spec.minReadySeconds) return;
    const sinceMs = podReadySinceMs(pod);
    if (sinceMs !== undefined)
      this.soon.set(pod.metadata.uid, sinceMs + spec.minReadySeconds * 1000);
  }

  remove(pod: Pod, { spec }: Replicated): void {
    this.count(pod, spec, -1);
    if (spec.minReadySeconds) this.soon.delete(pod.metadata.uid);
  }

  available(nowMs: number): number {
    for (const [uid, atMs] of this.soon) if (atMs <= nowMs) this.soon.delete(uid);
    return this.ready - this.soon.size;
  }

  /** When the next ready pod becomes available; undefined when none is about to. */
  nextAvailableMs(): number | undefined {
    let nextMs: number | undefined;
    for (const atMs of this.soon.values()) nextMs = Math.min(nextMs ?? atMs, atMs);
    return nextMs;
  }

  private count(pod: Pod, { template }: Replicated['spec'], sign: 1 | -1): boolean {
    if (!isPodActive(pod)) {
      if (isPodTerminating(pod)) this.terminating += sign;
      return false;
    }
    this.active += sign;
    if (isPodReady(pod)) this.ready += sign;
    const labels = template?.metadata?.labels;
    if (!labels || hasLabels(pod.metadata.labels, labels)) this.fullyLabeled += sign;
    return true;
  }
}
