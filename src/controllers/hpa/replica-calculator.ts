// How many replicas a metric asks for: as many as bring it to its target, unless it is so near
// that nothing should move, or what is not known could turn the answer round.
// Upstream: pkg/controller/podautoscaler/replica_calculator.go.
import type { Pod } from '../../api/types';
import { isPodReady } from '../pod-status';
import type { PodMetricValues } from './metrics-client';
import { groupPods, podRequests, type PodGroups } from './pod-groups';

/** How far from its target a metric may be without anything being scaled. */
export interface Tolerance {
  readonly up: number;
  readonly down: number;
}

export interface Proposal {
  replicas: number;
  /** The metric's value, thousandths. */
  usage: number;
  /** Percent of the requests, where that is the target. */
  utilization?: number;
}

export interface CalculatorInput {
  readonly currentReplicas: number;
  readonly tolerance: Tolerance;
  /** The pods that the target's selector selects. */
  readonly pods: readonly Pod[];
  readonly nowMs: number;
}

/** From use as a percentage of what the pods request. */
export function replicasForUtilization(
  input: CalculatorInput,
  metrics: PodMetricValues,
  resource: string,
  container: string,
  target: number,
): Proposal {
  const groups = countedPods(input, metrics, resource);
  const requests = podRequests(input.pods, container, resource);
  const first = utilizationOf(metrics, requests, target);
  const replicas = settle(input, groups, metrics, first.ratio, {
    // Pods that are not measured count as using all of their request when it would scale down.
    whenLow: (name) => (requests.get(name)! * Math.max(100, target)) / 100,
    ratio: () => utilizationOf(metrics, requests, target).ratio,
  });
  return { replicas, usage: first.usage, utilization: first.utilization };
}

/** From an average value for each pod, thousandths. */
export function replicasForAverage(
  input: CalculatorInput,
  metrics: PodMetricValues,
  resource: string,
  target: number,
): Proposal {
  const groups = countedPods(input, metrics, resource);
  const usage = averageOf(metrics);
  const replicas = settle(input, groups, metrics, usage / target, {
    whenLow: () => target,
    ratio: () => averageOf(metrics) / target,
  });
  return { replicas, usage };
}

/** From one value for the whole target. */
export function replicasForTotal(input: CalculatorInput, usage: number, target: number): Proposal {
  const { currentReplicas, tolerance, pods } = input;
  const ratio = usage / target;
  if (currentReplicas === 0) return { replicas: Math.ceil(ratio), usage };
  if (isNear(ratio, tolerance)) return { replicas: currentReplicas, usage };
  assertPods(pods, 'unable to calculate ready pods: ');
  const ready = pods.filter((pod) => pod.status.phase === 'Running' && isPodReady(pod)).length;
  return { replicas: Math.ceil(ratio * ready), usage };
}

/** From one value that the pods share. */
export function replicasForShare(
  { tolerance }: CalculatorInput,
  statusReplicas: number,
  total: number,
  target: number,
): Proposal {
  const ratio = total / (target * statusReplicas);
  const replicas = isNear(ratio, tolerance) ? statusReplicas : Math.ceil(total / target);
  return { replicas, usage: Math.ceil(total / statusReplicas) };
}

function countedPods(
  { pods, nowMs }: CalculatorInput,
  metrics: PodMetricValues,
  resource: string,
): PodGroups {
  assertPods(pods, '');
  const groups = groupPods(pods, metrics, resource, nowMs);
  for (const name of [...groups.ignored, ...groups.unready]) metrics.delete(name);
  if (metrics.size > 0) return groups;
  throw new Error('did not receive metrics for targeted pods (pods might be unready)');
}

function assertPods(pods: readonly Pod[], prefix: string): void {
  if (pods.length > 0) return;
  throw new Error(prefix + 'no pods returned by selector while calculating replica count');
}

/** What to assume of pods of which nothing is known. */
interface Assumption {
  whenLow(podName: string): number;
  /** With what was assumed. */
  ratio(): number;
}

function settle(
  { currentReplicas, tolerance }: CalculatorInput,
  { readyCount, unready, missing }: PodGroups,
  metrics: PodMetricValues,
  ratio: number,
  assumption: Assumption,
): number {
  const growsWithUnready = unready.size > 0 && ratio > 1;
  if (!growsWithUnready && missing.size === 0) {
    return isNear(ratio, tolerance) ? currentReplicas : Math.ceil(ratio * readyCount);
  }
  const assume = (name: string, value: number): void => {
    metrics.set(name, { value, atMs: 0, windowMs: 0 });
  };
  if (ratio < 1) for (const name of missing) assume(name, assumption.whenLow(name));
  if (ratio > 1) for (const name of missing) assume(name, 0);
  if (growsWithUnready) for (const name of unready) assume(name, 0);
  const next = assumption.ratio();
  const turns = (ratio < 1 && next > 1) || (ratio > 1 && next < 1);
  if (isNear(next, tolerance) || turns) return currentReplicas;
  const replicas = Math.ceil(next * metrics.size);
  const isBackwards =
    (next < 1 && replicas > currentReplicas) || (next > 1 && replicas < currentReplicas);
  return isBackwards ? currentReplicas : replicas;
}

function isNear(ratio: number, { up, down }: Tolerance): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

function utilizationOf(
  metrics: PodMetricValues,
  requests: ReadonlyMap<string, number>,
  target: number,
): { ratio: number; utilization: number; usage: number } {
  let used = 0;
  let requested = 0;
  let count = 0;
  for (const [name, { value }] of metrics) {
    const request = requests.get(name);
    if (request === undefined) continue;
    used += value;
    requested += request;
    count++;
  }
  if (requested === 0) throw new Error('no metrics returned matched known pods');
  const utilization = Math.trunc((used * 100) / requested);
  return { ratio: utilization / target, utilization, usage: Math.trunc(used / count) };
}

function averageOf(metrics: PodMetricValues): number {
  let sum = 0;
  for (const { value } of metrics.values()) sum += value;
  return Math.trunc(sum / metrics.size);
}
