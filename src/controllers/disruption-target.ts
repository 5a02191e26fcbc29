// How a controller says on a pod why it is about to delete it.
import { pods } from '../api/resource-ref';
import { formatTime } from '../api/time';
import type { Pod, PodCondition } from '../api/types';
import type { Client } from '../client/client';
import { podCondition } from './pod-status';

/** Patches the pod's status: the DisruptionTarget condition, and the phase if one is given. */
export function markDisrupted(
  client: Client,
  pod: Pod,
  reason: { reason: string; message: string } | undefined,
  phase: 'Failed' | undefined,
  nowMs: number,
): void {
  const { namespace = '', name, uid, generation } = pod.metadata;
  const status: Record<string, unknown> = {};
  if (phase) status.phase = phase;
  if (reason) {
    const old = podCondition(pod, 'DisruptionTarget');
    const condition: PodCondition = {
      type: 'DisruptionTarget',
      status: 'True',
      // Go's type cannot leave it out.
      lastProbeTime: null as unknown as undefined,
      lastTransitionTime: old?.status === 'True' ? old.lastTransitionTime : formatTime(nowMs),
      ...reason,
    };
    if (generation) condition.observedGeneration = generation;
    status.conditions = [condition];
  }
  client.patch(pods, namespace, name, { metadata: { uid }, status }, { subresource: 'status' });
}
