// The conditions that the kubelet keeps on a pod. Pods that change in the same second say the same,
// so equal conditions are one object.
// Upstream: pkg/kubelet/status/generate.go.
import { formatTime } from '../api/time';
import type { ContainerStatus, Pod, PodCondition } from '../api/types';
import { isSidecar, type PodPhase } from './pod-phase';

const KUBELETS_OWN = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'PodResizePending',
  'PodResizeInProgress',
]);

const NONE: readonly PodCondition[] = Object.freeze([]);

interface Verdict {
  status: 'True' | 'False';
  reason?: string;
  message?: string;
}

const YES: Verdict = Object.freeze({ status: 'True' });
const NO: Verdict = Object.freeze({ status: 'False' });
const COMPLETED = Object.freeze({ status: 'False', reason: 'PodCompleted' } as const);
const FAILED = Object.freeze({ status: 'False', reason: 'PodFailed' } as const);

/** Conditions in the kubelet's order, after those that others set. */
export function conditionsOf(
  pod: Pod,
  phase: PodPhase,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
  isSandboxReady: boolean,
  nowMs: number,
): PodCondition[] {
  const old = pod.status?.conditions ?? NONE;
  const { generation } = pod.metadata;
  const containersReady = containersReadyVerdict(pod, phase, initStatuses, statuses);
  const initialized = initializedVerdict(pod, phase, initStatuses);
  const ready = readyVerdict(pod, containersReady);
  const own = [
    condition('PodReadyToStartContainers', isSandboxReady ? YES : NO, old, generation, nowMs),
    condition('Initialized', initialized, old, generation, nowMs),
    condition('Ready', ready, old, generation, nowMs),
    condition('ContainersReady', containersReady, old, generation, nowMs),
    condition('PodScheduled', YES, old, generation, nowMs),
  ];
  const foreign = old.filter(({ type }) => !KUBELETS_OWN.has(type));
  // Not by spreading, which leaves room for sixteen more.
  return foreign.length === 0 ? own : foreign.concat(own);
}

function initializedVerdict(
  pod: Pod,
  phase: PodPhase,
  statuses: readonly ContainerStatus[],
): Verdict {
  const specs = pod.spec.initContainers;
  if (!specs?.length) return YES;
  if (phase === 'Succeeded') return { ...YES, reason: 'PodCompleted' };
  const incomplete = specs.filter((spec, index) => {
    const { state, started, ready } = statuses[index];
    return isSidecar(spec) ? !started && !state?.terminated : !ready;
  });
  if (incomplete.length === 0) return YES;
  const names = incomplete.map(({ name }) => name).join(' ');
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${names}]`,
  };
}

function containersReadyVerdict(
  pod: Pod,
  phase: PodPhase,
  initStatuses: readonly ContainerStatus[],
  statuses: readonly ContainerStatus[],
): Verdict {
  if (phase === 'Succeeded') return COMPLETED;
  if (phase === 'Failed') return FAILED;
  let unready = '';
  pod.spec.initContainers?.forEach((spec, index) => {
    if (isSidecar(spec) && !initStatuses[index].ready) unready += ' ' + spec.name;
  });
  for (const { name, ready } of statuses) if (!ready) unready += ' ' + name;
  if (unready === '') return YES;
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.slice(1)}]`,
  };
}

function readyVerdict(pod: Pod, containersReady: Verdict): Verdict {
  const gates = pod.spec.readinessGates;
  if (containersReady.status !== 'True' || !gates?.length) return containersReady;
  const complaints: string[] = [];
  for (const { conditionType } of gates) {
    const found = pod.status.conditions?.find(({ type }) => type === conditionType);
    const gate = `pod readiness gate "${conditionType}"`;
    if (!found) complaints.push(`corresponding condition of ${gate} does not exist.`);
    else if (found.status !== 'True') {
      complaints.push(`the status of ${gate} is not "True", but ${found.status}`);
    }
  }
  if (complaints.length === 0) return YES;
  const message = complaints.join(', ');
  return { status: 'False', reason: 'ReadinessGatesNotReady', message };
}

/** The conditions last made of each type, which many pods share. */
const lastTrue = new Map<string, PodCondition>();
const lastFalse = new Map<string, PodCondition>();

function condition(
  type: string,
  verdict: Verdict,
  old: readonly PodCondition[],
  observedGeneration: number | undefined,
  nowMs: number,
): PodCondition {
  const before = ofType(old, type);
  const isSame = before?.status === verdict.status;
  const lastTransitionTime = isSame ? before.lastTransitionTime! : formatTime(nowMs);
  if (before && says(before, verdict, lastTransitionTime, observedGeneration)) return before;
  const shared = verdict.status === 'True' ? lastTrue : lastFalse;
  const last = shared.get(type);
  if (last && says(last, verdict, lastTransitionTime, observedGeneration)) return last;
  const made: PodCondition = {
    type,
    status: verdict.status,
    lastTransitionTime,
    lastProbeTime: null as unknown as string,
    observedGeneration,
  };
  if (observedGeneration === undefined) delete made.observedGeneration;
  if (verdict.reason) made.reason = verdict.reason;
  if (verdict.message) made.message = verdict.message;
  shared.set(type, Object.freeze(made));
  return made;
}

function ofType(conditions: readonly PodCondition[], type: string): PodCondition | undefined {
  for (let index = 0; index < conditions.length; index++) {
    if (conditions[index].type === type) return conditions[index];
  }
  return undefined;
}

/** Whether a condition says just that; it is asked five times for each status. */
function says(
  known: PodCondition,
  { status, reason, message }: Verdict,
  lastTransitionTime: string,
  observedGeneration: number | undefined,
): boolean {
  return (
    known.status === status &&
    known.lastTransitionTime === lastTransitionTime &&
    known.reason === (reason || undefined) &&
    known.message === (message || undefined) &&
    known.observedGeneration === observedGeneration &&
    known.lastProbeTime === null
  );
}
