// Ends a pod: its containers are asked to stop, killed when the grace period is over, sidecars
// last; then the sandbox goes, the last status is written and, if it was to be deleted, the object
// removed.
// Upstream: pkg/kubelet/pod_workers.go (syncTerminatingPod, syncTerminatedPod),
// kuberuntime_container.go (killContainer).
import { pods } from '../api/resource-ref';
import { ConnectionError, isConflict, isNotFound } from '../api/status-error';
import type { Container as ContainerSpec } from '../api/types';
import { planCommand } from '../runtime/scripts';
import type { KubeletContext } from './context';
import { isSidecar } from './pod-phase';
import type { PodWorker } from './pod-worker';
import { runningContainer } from './prober';
import { isStaticPod } from './status-writer';

/** What a container has at least after its preStop hook. */
const MINIMUM_GRACE_MS = 2000;
const SANDBOX_STOP_MS = 60;
const RETRY_MS = 10_000;

export class PodTerminator {
  constructor(
    private readonly context: KubeletContext,
    /** Called when nothing of the pod is left here or in the API. */
    private readonly forget: (worker: PodWorker) => void,
    /** Called when nothing of the pod runs any longer. */
    private readonly release: (worker: PodWorker) => void,
  ) {}

  /** Stops every container; safe to call again with a shorter grace period. */
  terminate(worker: PodWorker): void {
    const graceMs = gracePeriodMs(worker);
    const { containers, ephemeralContainers, initContainers = [] } = worker.pod.spec;
    const main = ephemeralContainers
      ? containers.concat(ephemeralContainers as unknown as ContainerSpec[])
      : containers;
    const mainMs = this.stop(worker, main, graceMs);
    const jobs = initContainers.filter((spec) => !isSidecar(spec));
    const initMs = this.stop(worker, jobs, graceMs);
    const endMs = Math.max(mainMs, initMs);
    this.context.later(worker, endMs, () => {
      // Sidecars are told once the others are gone, with what is left of the time.
      const sidecars = initContainers.filter((spec) => isSidecar(spec));
      const leftMs = Math.max(graceMs - endMs, MINIMUM_GRACE_MS);
      const sidecarMs = this.stop(worker, sidecars, leftMs);
      const isIdle = sidecarMs === 0 && worker.sandbox === undefined;
      const afterMs = isIdle ? 0 : sidecarMs + SANDBOX_STOP_MS;
      this.context.later(worker, afterMs, () => this.terminated(worker));
    });
  }

  /** Deletes the object of a pod that has ended, when that was asked for. */
  finish(worker: PodWorker): void {
    const { metadata } = worker.pod;
    if (!metadata.deletionTimestamp) return;
    if (isStaticPod(worker.pod)) {
      this.forget(worker);
      return;
    }
    try {
      this.context.client.delete(pods, metadata.namespace!, metadata.name, {
        gracePeriodSeconds: 0,
        preconditions: { uid: metadata.uid },
      });
    } catch (error) {
      if (error instanceof ConnectionError) {
        this.context.trigger(worker, RETRY_MS);
        return;
      }
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
    this.forget(worker);
  }

  private terminated(worker: PodWorker): void {
    if (worker.stage !== 'Terminating') return;
    const { sandbox } = worker;
    if (sandbox?.isReady) {
      sandbox.isReady = false;
      if (!worker.pod.spec.hostNetwork) this.context.ipam?.release(sandbox.ip);
    }
    this.release(worker);
    worker.stage = 'Terminated';
    worker.isBusy = false;
    worker.waiting = undefined;
    worker.probes = undefined;
    this.context.trigger(worker, 0);
  }

  /** Returns after how many ms all of them have ended. */
  private stop(worker: PodWorker, specs: readonly ContainerSpec[], graceMs: number): number {
    let endMs = 0;
    for (const spec of specs) {
      const container = runningContainer(worker, spec.name);
      if (!container) continue;
      const message = `Stopping container ${spec.name}`;
      this.context.event(worker, 'Normal', 'Killing', message, spec.name);
      endMs = Math.max(endMs, this.stopOne(worker, spec, graceMs));
    }
    return endMs;
  }

  private stopOne(worker: PodWorker, spec: ContainerSpec, graceMs: number): number {
    const container = runningContainer(worker, spec.name)!;
    const hookMs = Math.min(preStopMs(spec), graceMs);
    const leftMs = hookMs > 0 ? Math.max(graceMs - hookMs, MINIMUM_GRACE_MS) : graceMs;
    const { runtime } = this.context;
    if (hookMs === 0) return runtime.stopContainer(worker.sandbox!, container, leftMs);
    this.context.later(worker, hookMs, () => {
      runtime.stopContainer(worker.sandbox!, container, leftMs);
    });
    const { onTerminate } = container.process;
    const isClean = onTerminate && onTerminate.afterMs <= leftMs;
    return hookMs + (isClean ? onTerminate.afterMs : leftMs);
  }
}

/** The deletion's grace period, at least a second; else the pod's own. */
function gracePeriodMs({ pod, failure }: PodWorker): number {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
  if (deletionTimestamp) return Math.max(deletionGracePeriodSeconds, 1) * 1000;
  const { terminationGracePeriodSeconds = 30 } = pod.spec;
  return Math.max(failure?.graceSeconds ?? terminationGracePeriodSeconds, 1) * 1000;
}

function preStopMs(spec: ContainerSpec): number {
  const hook = spec.lifecycle?.preStop;
  if (!hook) return 0;
  if (hook.sleep) return hook.sleep.seconds * 1000;
  return hook.exec ? planCommand(hook.exec.command ?? []).runsMs : 10;
}
