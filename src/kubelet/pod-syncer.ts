// One pass over a pod: write its status, then do what brings it closer to its spec (volumes,
// sandbox, containers, one after the other), then say when to look again. A pass never overlaps
// with another of the same pod; what changes meanwhile is seen by the next one.
// Upstream: pkg/kubelet/kubelet.go (SyncPod), pod_workers.go (completeWork),
// kuberuntime/kuberuntime_manager.go (SyncPod).
import { formatTime, parseTime } from '../api/time';
import type { Container as ContainerSpec } from '../api/types';
import type { ContainerStarter } from './container-starter';
import type { KubeletContext } from './context';
import { podActions, type PodActions } from './pod-actions';
import { isChanging } from './pod-changes';
import { NETWORK_NOT_READY } from './node-agent';
import type { PodTerminator } from './pod-terminator';
import type { PodWorker } from './pod-worker';
import type { Prober } from './prober';
import { isStaticPod, type StatusWriter } from './status-writer';
import type { Volumes } from './volumes/volumes';

const MOUNT_MS = 120;
const SANDBOX_MS = 280;
const BACKOFF_MS = 10_000;
const RESYNC_MS = 60_000;
const BACKOFF_JITTER = 0.5;
const FIRST_MOUNT_RETRY_MS = 500;
const MAX_MOUNT_RETRY_MS = 122_000;
const ATTACH_POLL_MS = 300;

export class PodSyncer {
  constructor(
    private readonly context: KubeletContext,
    private readonly starter: ContainerStarter,
    private readonly volumes: Volumes,
    private readonly prober: Prober,
    private readonly status: StatusWriter,
    private readonly terminator: PodTerminator,
    private readonly admit: (worker: PodWorker) => boolean,
  ) {}

  /** Does what the worker's stage asks for. */
  sync(worker: PodWorker): void {
    if (worker.stage === 'Terminating') this.terminate(worker);
    else if (worker.stage === 'Syncing') this.pass(worker);
    else this.afterEnd(worker);
  }

  private terminate(worker: PodWorker): void {
    worker.isBusy = true;
    this.terminator.terminate(worker);
  }

  private afterEnd(worker: PodWorker): void {
    if (worker.stage === 'Terminated') this.status.write(worker, true);
    worker.stage = 'Finished';
    this.volumes.unmount(worker);
    this.terminator.finish(worker);
  }

  private pass(worker: PodWorker): void {
    if (!worker.isAdmitted && !this.admit(worker)) {
      this.status.write(worker, true);
      worker.stage = 'Finished';
      return;
    }
    if (!worker.isAdmitted) worker.syncedSpec = worker.pod.spec;
    worker.isAdmitted = true;
    worker.startTime ||= formatTime(this.context.sim.clock.activityMs);
    if (this.isPastDeadline(worker)) {
      this.end(worker);
      return;
    }
    if (worker.pod.spec !== worker.syncedSpec) {
      this.context.changes?.changed(worker);
      worker.syncedSpec = worker.pod.spec;
    }
    const actions = podActions(worker, this.prober);
    if (isChanging(worker)) this.context.changes?.plan(worker, actions);
    this.status.write(worker, actions.isTerminal);
    if (actions.isTerminal) {
      this.end(worker);
      return;
    }
    if (!worker.pod.spec.hostNetwork && !this.context.ipam && actions.needsSandbox) {
      const message = `network is not ready: ${NETWORK_NOT_READY}`;
      this.context.event(worker, 'Warning', 'NetworkNotReady', message);
      return;
    }
    worker.isBusy = true;
    if (worker.areVolumesMounted) this.act(worker, actions);
    else this.mount(worker, actions, 0);
  }

  private act(worker: PodWorker, actions: PodActions): void {
    let killMs = 0;
    for (const { container, spec, why } of actions.kill) {
      this.context.event(worker, 'Normal', 'Killing', why, spec.name);
      const graceMs = (worker.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
      const endMs = this.context.runtime.stopContainer(worker.sandbox!, container, graceMs);
      killMs = Math.max(killMs, endMs);
    }
    if (actions.needsSandbox) {
      this.makeSandbox(worker, actions.start);
    } else if (actions.kill.length === 0) {
      this.startAll(worker, actions.start, NONE_KILLED, 0, Infinity, false);
    } else {
      const killed = new Set(actions.kill.map(({ spec }) => spec.name));
      this.context.later(worker, killMs, () => {
        this.startAll(worker, actions.start, killed, 0, Infinity, false);
      });
    }
  }

  /** The pod is over by itself: what still runs is stopped, the object stays. */
  private end(worker: PodWorker): void {
    worker.stage = 'Terminating';
    this.terminate(worker);
  }

  private isPastDeadline(worker: PodWorker): boolean {
    const seconds = worker.pod.spec.activeDeadlineSeconds;
    if (seconds === undefined || isStaticPod(worker.pod)) return false;
    const leftMs = parseTime(worker.startTime) + seconds * 1000 - this.context.sim.clock.nowMs;
    if (leftMs > 0) {
      this.context.later(worker, leftMs, () => this.context.trigger(worker, 0));
      return false;
    }
    const message = 'Pod was active on the node longer than the specified deadline';
    worker.failure = { reason: 'DeadlineExceeded', message };
    this.context.event(worker, 'Normal', 'DeadlineExceeded', message);
    return true;
  }

  private mount(worker: PodWorker, actions: PodActions, tries: number): void {
    this.context.later(worker, MOUNT_MS, () => {
      if (worker.stage !== 'Syncing') {
        this.endPass(worker, 0);
        return;
      }
      const outcome = this.volumes.mount(worker);
      if (outcome === 'mounted') {
        worker.areVolumesMounted = true;
        this.act(worker, actions);
      } else if (outcome === 'unprocessed') {
        this.endPass(worker, BACKOFF_MS);
      } else if (outcome === 'waiting') {
        this.context.later(worker, ATTACH_POLL_MS, () => this.mount(worker, actions, tries));
      } else {
        const retryMs = Math.min(FIRST_MOUNT_RETRY_MS * 2 ** tries, MAX_MOUNT_RETRY_MS);
        this.context.later(worker, retryMs, () => this.mount(worker, actions, tries + 1));
      }
    });
  }

  private makeSandbox(worker: PodWorker, start: readonly ContainerSpec[]): void {
    if (worker.sandbox) {
      const message = 'Pod sandbox changed, it will be killed and re-created.';
      this.context.event(worker, 'Normal', 'SandboxChanged', message);
    }
    this.context.later(worker, SANDBOX_MS, () => {
      if (worker.stage !== 'Syncing') {
        this.endPass(worker, 0);
        return;
      }
      const { hostNetwork } = worker.pod.spec;
      const ip = hostNetwork ? this.context.machine.address : this.context.ipam!.allocate();
      if (ip === undefined) {
        this.noAddress(worker);
        return;
      }
      worker.sandbox = this.context.runtime.createSandbox(worker.uid, ip);
      this.startAll(worker, start, NONE_KILLED, 0, Infinity, true);
    });
  }

  private noAddress(worker: PodWorker): void {
    const { name, namespace } = worker.pod.metadata;
    const message =
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network ' +
      'for sandbox: plugin type="ptp" failed (add): failed to allocate for range 0: no IP ' +
      `addresses available in range set for pod ${namespace}/${name}`;
    this.context.event(worker, 'Warning', 'FailedCreatePodSandBox', message);
    this.endPass(worker, BACKOFF_MS);
  }

  /** `againMs`: earliest retry that a start before this one asked for; Infinity for none. */
  private startAll(
    worker: PodWorker,
    specs: readonly ContainerSpec[],
    killed: ReadonlySet<string>,
    index: number,
    againMs: number,
    hasChanged: boolean,
  ): void {
    if (index === specs.length || worker.stage !== 'Syncing') {
      if (hasChanged) this.context.relist(worker);
      this.endPass(worker, againMs);
      return;
    }
    const spec = specs[index];
    this.starter.start(worker, spec, killed.has(spec.name), (outcome) => {
      const retryMs = outcome.isStarted ? Infinity : (outcome.againMs ?? BACKOFF_MS);
      const nextMs = Math.min(againMs, retryMs);
      this.startAll(worker, specs, killed, index + 1, nextMs, hasChanged || outcome.isStarted);
    });
  }

  private endPass(worker: PodWorker, againMs: number): void {
    // A pass that was overtaken by the pod's end leaves no trace.
    if (worker.stage !== 'Syncing') return;
    worker.isBusy = false;
    if (worker.isStale) {
      worker.isStale = false;
      this.context.trigger(worker, 0);
    } else if (againMs !== Infinity) {
      const delayMs = Math.min(againMs, RESYNC_MS);
      this.context.trigger(worker, this.context.random.jitter(delayMs, BACKOFF_JITTER));
    }
  }
}

const NONE_KILLED: ReadonlySet<string> = new Set<string>();
