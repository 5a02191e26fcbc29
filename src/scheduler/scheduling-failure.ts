// Tells the world that a pod could not be scheduled: an Event, and the pod's PodScheduled
// condition.
// Upstream: pkg/scheduler/schedule_one.go (handleSchedulingFailure, updatePod).
import { pods } from '../api/resource-ref';
import { ConnectionError, StatusError } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';
import type { SeriesRecorder } from '../client/series-recorder';

const MAX_NOTE = 1024;

export interface SchedulingFailure {
  reason: 'Unschedulable' | 'SchedulerError';
  message: string;
  /** Undefined leaves the nomination as it is; '' takes it away. */
  nominatedNode: string | undefined;
}

export function tellFailure(
  component: Component,
  recorder: SeriesRecorder,
  pod: Pod,
  failure: SchedulingFailure,
): void {
  recorder.event(pod, 'Warning', 'FailedScheduling', 'Scheduling', truncate(failure.message));
  const status = statusPatch(component, pod, failure);
  if (status === undefined) return;
  const { namespace, name, uid } = pod.metadata;
  try {
    component.client.patch(
      pods,
      namespace!,
      name,
      { metadata: { uid }, status },
      { subresource: 'status', patchType: 'strategic' },
    );
  } catch (error) {
    // As upstream, which logs it: the pod is in the queue again and will be spoken of again.
    if (!(error instanceof StatusError || error instanceof ConnectionError)) throw error;
  }
}

/** Undefined when the pod says all that already. */
function statusPatch(
  { sim }: Component,
  { metadata, status }: Pod,
  { reason, message, nominatedNode }: SchedulingFailure,
): object | undefined {
  const old = status.conditions?.find(({ type }) => type === 'PodScheduled');
  const { generation } = metadata;
  const isSame =
    old?.status === 'False' &&
    old.reason === reason &&
    old.message === message &&
    old.observedGeneration === generation;
  const renominates =
    nominatedNode !== undefined && nominatedNode !== (status.nominatedNodeName ?? '');
  if (isSame && !renominates) return undefined;
  const now = formatTime(sim.clock.activityMs);
  const condition = {
    type: 'PodScheduled',
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: old?.status === 'False' ? (old.lastTransitionTime ?? now) : now,
    reason,
    message,
  };
  const patch: Record<string, unknown> = {};
  if (!isSame) patch.conditions = [condition];
  if (renominates) patch.nominatedNodeName = nominatedNode || null;
  return patch;
}

function truncate(message: string): string {
  return message.length <= MAX_NOTE ? message : message.slice(0, MAX_NOTE - 4) + ' ...';
}
