// Which pods count when replicas are computed from what pods use.
// Upstream: pkg/controller/podautoscaler/replica_calculator.go, groupPods.
import { milliValue } from '../../api/quantity';
import { parseTime } from '../../api/time';
import type { Container, Pod } from '../../api/types';
import { podCondition } from '../pod-status';
import type { PodMetric, PodMetricValues } from './metrics-client';

/** A pod may use CPU beyond measure for so long after its start. */
const CPU_INITIALIZATION_MS = 5 * 60_000;
/** Readiness that is lost within this time of the start was never really there. */
const INITIAL_READINESS_MS = 30_000;

export interface PodGroups {
  readyCount: number;
  /** Names. */
  readonly unready: Set<string>;
  readonly missing: Set<string>;
  readonly ignored: Set<string>;
}

export function groupPods(
  pods: readonly Pod[],
  metrics: PodMetricValues,
  resource: string,
  nowMs: number,
): PodGroups {
  const groups: PodGroups = {
    readyCount: 0,
    unready: new Set(),
    missing: new Set(),
    ignored: new Set(),
  };
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    const metric = metrics.get(name);
    if (deletionTimestamp || pod.status.phase === 'Failed') groups.ignored.add(name);
    else if (pod.status.phase === 'Pending') groups.unready.add(name);
    else if (!metric) groups.missing.add(name);
    else if (resource === 'cpu' && isStarting(pod, metric, nowMs)) groups.unready.add(name);
    else groups.readyCount++;
  }
  return groups;
}

/** Whether what the pod uses of CPU says nothing yet. */
function isStarting(pod: Pod, { atMs, windowMs }: PodMetric, nowMs: number): boolean {
  const ready = podCondition(pod, 'Ready');
  const { startTime } = pod.status;
  if (!ready || !startTime) return true;
  const startMs = parseTime(startTime);
  const isUnready = ready.status === 'False';
  const changedMs = ready.lastTransitionTime ? parseTime(ready.lastTransitionTime) : 0;
  if (startMs + CPU_INITIALIZATION_MS > nowMs) return isUnready || atMs < changedMs + windowMs;
  return isUnready && startMs + INITIAL_READINESS_MS > changedMs;
}

/** What each pod, or that container of it, requests, in thousandths. Throws where one does not. */
export function podRequests(
  pods: readonly Pod[],
  container: string,
  resource: string,
): Map<string, number> {
  return new Map(pods.map((pod) => [pod.metadata.name, requestOf(pod, container, resource)]));
}

function requestOf({ metadata, spec }: Pod, container: string, resource: string): number {
  const ofPod = spec.resources?.requests?.[resource];
  if (container === '' && ofPod !== undefined) return milliValue(ofPod);
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  let sum = 0;
  for (const { name, resources } of [...spec.containers, ...sidecars] as Container[]) {
    if (container !== '' && container !== name) continue;
    const request = resources?.requests?.[resource];
    if (request === undefined) {
      const where = `container ${name} of Pod ${metadata.name}`;
      throw new Error(`missing request for ${resource} in ${where}`);
    }
    sum += milliValue(request);
  }
  return sum;
}
