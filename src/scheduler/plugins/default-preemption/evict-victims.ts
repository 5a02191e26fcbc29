// Deletes the victims of a preemption, telling them why, and frees the node of nominations of lower
// priority, whose pods may find another place sooner.
// Upstream: pkg/scheduler/framework/preemption/preemption.go (PreemptPod, prepareCandidate).
import { pods } from '../../../api/resource-ref';
import { ConnectionError, isNotFound, StatusError } from '../../../api/status-error';
import { formatTime } from '../../../api/time';
import type { Pod } from '../../../api/types';
import type { Handle } from '../../framework';
import type { QueuedPod } from '../../queued-pod';
import type { Candidate } from './pick-candidate';

/** False when the server failed us half way. */
export function evictVictims(
  { component, recorder, nominator }: Handle,
  preemptor: QueuedPod,
  { node, victims }: Candidate,
): boolean {
  const { client, sim } = component;
  const { clock } = sim;
  const chargedMs = clock.chargedMs;
  try {
    for (const rival of nominator.onNode(node.name)) {
      if (rival.priority < preemptor.priority) clearNomination(rival.pod);
    }
    for (const { pod, isTerminating } of victims) {
      if (!isTerminating) evict(pod);
    }
    return true;
  } catch (error) {
    if (error instanceof StatusError || error instanceof ConnectionError) return false;
    throw error;
  } finally {
    clock.chargedMs = chargedMs;
  }

  function evict(victim: Pod): void {
    const { namespace, name } = victim.metadata;
    try {
      markDisrupted(victim);
      client.delete(pods, namespace!, name);
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    const message = `Preempted by pod ${preemptor.uid} on node ${node.name}`;
    recorder.event(victim, 'Normal', 'Preempted', 'Preempting', message, preemptor.pod);
  }

  function markDisrupted({ metadata }: Pod): void {
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${schedulerOf(preemptor)}: preempting to accommodate a higher priority pod`,
      lastProbeTime: null,
      lastTransitionTime: formatTime(clock.activityMs),
      ...(metadata.generation === undefined ? {} : { observedGeneration: metadata.generation }),
    };
    patchStatus(metadata, { conditions: [condition] });
  }

  function clearNomination({ metadata, status }: Pod): void {
    if (!status.nominatedNodeName) return;
    try {
      patchStatus(metadata, { nominatedNodeName: null });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  function patchStatus({ namespace, name, uid }: Pod['metadata'], status: object): void {
    const options = { subresource: 'status', patchType: 'strategic' } as const;
    client.patch(pods, namespace!, name, { metadata: { uid }, status }, options);
  }
}

function schedulerOf({ pod }: QueuedPod): string {
  return pod.spec.schedulerName ?? 'default-scheduler';
}
