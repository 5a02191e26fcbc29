// What must be done to bring a pod's containers where its spec wants them: a pure look at spec and
// runtime. Init containers run one after the other, sidecars among them keep running.
// Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go, computePodActions.
import type { Container as ContainerSpec } from '../api/types';
import { newestContainer, type Container, type Sandbox } from '../runtime/container-runtime';
import { canonicalName } from '../runtime/image-reference';
import { isSidecar } from './pod-phase';
import type { PodWorker } from './pod-worker';
import type { Prober } from './prober';

export interface PodActions {
  needsSandbox: boolean;
  /** Containers to stop first, with the words of the Killing event. */
  kill: { container: Container; spec: ContainerSpec; why: string }[];
  /** Containers to start, in order. */
  start: ContainerSpec[];
  /** True when nothing is restarted any more: the pod is over. */
  isTerminal: boolean;
}

/** Actions for a pod that is neither rejected nor being deleted. */
export function podActions(worker: PodWorker, prober: Prober): PodActions {
  const actions: PodActions = { needsSandbox: false, kill: [], start: [], isTerminal: false };
  const { spec } = worker.pod;
  const { sandbox } = worker;
  if (!sandbox?.isReady) {
    planFreshStart(worker, actions);
  } else if (planInit(worker, sandbox, prober, actions)) {
    for (const container of spec.containers) planContainer(worker, container, prober, actions);
  }
  const nothingToDo = actions.start.length === 0 && actions.kill.length === 0;
  if (nothingToDo && sandbox) actions.isTerminal = isOver(worker, sandbox);
  return actions;
}

/** Whether a container that has ended is to be started again. */
function restarts(worker: PodWorker, spec: ContainerSpec, exitCode: number): boolean {
  if (isSidecar(spec)) return true;
  const policy = spec.restartPolicy ?? worker.pod.spec.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

function planFreshStart(worker: PodWorker, actions: PodActions): void {
  const { spec } = worker.pod;
  const { sandbox } = worker;
  if (spec.restartPolicy === 'Never' && sandbox && sandbox.containers.length > 0) return;
  const pending = sandbox ? stillToRun(worker, sandbox) : spec.containers;
  if (pending.length === 0) return;
  actions.needsSandbox = true;
  actions.start = spec.initContainers?.length ? [spec.initContainers[0]] : pending;
}

function stillToRun(worker: PodWorker, sandbox: Sandbox): ContainerSpec[] {
  return worker.pod.spec.containers.filter((container) => {
    const last = newestContainer(sandbox, container.name);
    return last?.state !== 'Exited' || restarts(worker, container, last.exitCode);
  });
}

/** True when all init containers are through, so that the others may start. */
function planInit(
  worker: PodWorker,
  sandbox: Sandbox,
  prober: Prober,
  actions: PodActions,
): boolean {
  for (const spec of worker.pod.spec.initContainers ?? []) {
    const container = newestContainer(sandbox, spec.name);
    const isThisBoot = container && container.startedMs >= sandbox.createdMs;
    if (!container || !isThisBoot) {
      actions.start.push(spec);
      return false;
    }
    if (isSidecar(spec)) {
      planContainer(worker, spec, prober, actions);
      if (!prober.isStarted(worker, container)) return false;
    } else if (container.state !== 'Exited') {
      return false;
    } else if (container.exitCode !== 0) {
      if (restarts(worker, spec, container.exitCode)) actions.start.push(spec);
      return false;
    }
  }
  return true;
}

function planContainer(
  worker: PodWorker,
  spec: ContainerSpec,
  prober: Prober,
  actions: PodActions,
): void {
  const container = newestContainer(worker.sandbox!, spec.name);
  if (!container || container.state === 'Created') {
    actions.start.push(spec);
  } else if (container.state === 'Exited') {
    if (restarts(worker, spec, container.exitCode)) actions.start.push(spec);
  } else {
    const why = whyRestart(worker, spec, container, prober);
    if (!why) return;
    actions.kill.push({ container, spec, why });
    if (restarts(worker, spec, 1)) actions.start.push(spec);
  }
}

function whyRestart(
  worker: PodWorker,
  spec: ContainerSpec,
  container: Container,
  prober: Prober,
): string {
  const failed = prober.failedProbe(worker, container);
  if (failed) return `Container ${spec.name} failed ${failed} probe, will be restarted`;
  const isChanged = canonicalName(spec.image!) !== container.image.reference;
  return isChanged ? `Container ${spec.name} definition changed, will be restarted` : '';
}

function isOver(worker: PodWorker, sandbox: Sandbox): boolean {
  const { spec } = worker.pod;
  const hasEnded = ({ name }: ContainerSpec): boolean =>
    newestContainer(sandbox, name)?.state === 'Exited';
  if (spec.containers.every(hasEnded)) return true;
  return (spec.initContainers ?? []).some((init) => {
    if (isSidecar(init)) return false;
    const container = newestContainer(sandbox, init.name);
    return (
      container?.state === 'Exited' &&
      container.exitCode !== 0 &&
      !restarts(worker, init, container.exitCode)
    );
  });
}
