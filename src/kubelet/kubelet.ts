// The kubelet: registers its Node and runs the pods that are bound to it, from the API and from the
// machine's manifests. Invariants: a pod is worked on by one pass at a time; a pod at rest has
// neither timer nor closure; what runs outlives the kubelet, which finds it again when it is back.
// Where the real one differs: pods are synced when something changed or is due, not every minute
// besides; volumes and network are there as soon as what they need is.
// Upstream: pkg/kubelet/kubelet.go, pkg/kubelet/pod_workers.go.
import { pods } from '../api/resource-ref';
import { formatTime } from '../api/time';
import type { Pod } from '../api/types';
import type { Component } from '../client/component';
import type { EventType } from '../client/event-recorder';
import type { Informer } from '../client/informer';
import { PodIpam } from '../network/pod-ipam';
import { newestContainer, type ContainerRuntime } from '../runtime/container-runtime';
import { ContainerStarter } from './container-starter';
import type { KubeletContext, KubeletMachine, StaticPodManifest } from './context';
import { ImageManager } from './image-manager';
import { NodeAgent } from './node-agent';
import { PodAdmission, type ResizeRefusal } from './pod-admission';
import type { PodChanges } from './pod-changes';
import type { JudgeResize } from './pod-resize';
import { PodSyncer } from './pod-syncer';
import { PodTerminator } from './pod-terminator';
import { PodWorker, type Waiting } from './pod-worker';
import { Prober } from './prober';
import { References } from './references';
import { shared } from './shared-text';
import { MIRROR_ANNOTATION, StaticPods } from './static-pods';
import { isStaticPod, StatusWriter } from './status-writer';
import type { Asked, Troubles } from './troubles';
import { Volumes, type ClaimVolumes, type VolumeHost } from './volumes/volumes';

const RELIST_MS = 1000;
const SOURCES_READY_POLL_MS = 1000;
const ORPHAN_GRACE_MS = 30_000;

export interface KubeletOptions {
  /** The cluster was loaded from a save: what pods' statuses say to be running is taken to run. */
  isRestored?: boolean;
  extension?: KubeletExtension;
  /** What is asked of the machine from the start. */
  asked?: Asked;
}

/**
 * What comes with the extension: volumes behind claims, those of drivers, pods that change while
 * they run.
 */
export interface KubeletExtension {
  startVolumes(host: VolumeHost): ClaimVolumes;
  startPodChanges(context: KubeletContext, judge: JudgeResize): PodChanges;
  /** `before`: what was asked of the machine when its kubelet started. */
  startTroubles(kubelet: Kubelet, prober: Prober, before: Asked): Troubles;
  /** Why a pod may not run here whatever the node has; undefined when it may. */
  refuse(pod: Pod, allowedSysctls: readonly string[] | undefined): Waiting | undefined;
}

/** Starts the kubelet of a machine; it ends with the component's scope. */
export function startKubelet(
  component: Component,
  machine: KubeletMachine,
  runtime: ContainerRuntime,
  options: KubeletOptions = {},
): Kubelet {
  const kubelet = new Kubelet(component, machine, runtime, options);
  kubelet.start();
  return kubelet;
}

export class Kubelet implements KubeletContext {
  readonly sim;
  readonly scope;
  readonly client;
  readonly random;
  ipam: PodIpam | undefined = undefined;
  changes: PodChanges | undefined = undefined;
  troubles: Troubles | undefined = undefined;
  private extension: KubeletExtension | undefined;
  private asked: Asked;
  readonly nodeAgent: NodeAgent;
  /** By uid. */
  readonly workers = new Map<string, PodWorker>();
  private readonly admission = new PodAdmission();
  private refuse: KubeletExtension['refuse'] | undefined;
  private readonly volumes: Volumes;
  private readonly prober: Prober;
  private readonly staticPods: StaticPods;
  private readonly terminator: PodTerminator;
  private readonly syncer: PodSyncer;
  private readonly informer: Informer<Pod>;
  private readonly relistOffsetMs: number;

  constructor(
    private readonly component: Component,
    readonly machine: KubeletMachine,
    readonly runtime: ContainerRuntime,
    private readonly options: KubeletOptions,
  ) {
    this.asked = options.asked ?? {};
    this.sim = component.sim;
    this.scope = component.scope;
    this.client = component.client;
    this.random = this.sim.random('kubelet ' + machine.name);
    this.relistOffsetMs = this.random.below(RELIST_MS);
    this.prober = new Prober(this);
    this.nodeAgent = new NodeAgent(
      this,
      component.recorder,
      () => {
        this.informer.start();
        this.volumes.claims?.registered();
      },
      (podCIDR) => this.networkReady(podCIDR),
      () => this.volumes.claims?.inUse(),
    );
    this.staticPods = new StaticPods(this, () => this.nodeAgent.node);
    const images = new ImageManager(this, () => this.nodeAgent.changed());
    const references = new References(this);
    this.volumes = new Volumes(this, references);
    const starter = new ContainerStarter(this, images, references, this.prober);
    const status = new StatusWriter(
      this,
      this.prober,
      (worker) => this.staticPods.mirrorOf(worker),
      (mirror) => this.staticPods.written(mirror),
    );
    this.terminator = new PodTerminator(
      this,
      (worker) => this.forget(worker),
      (worker) => this.release(worker),
    );
    this.syncer = new PodSyncer(
      this,
      starter,
      this.volumes,
      this.prober,
      status,
      this.terminator,
      (worker) => this.admit(worker),
    );
    this.informer = component.informer(pods, { fieldSelector: 'spec.nodeName=' + machine.name });
    if (options.extension) this.extend(options.extension);
  }

  /** Takes the extension in, at work or not. */
  extend(extension: KubeletExtension): void {
    const { component, nodeAgent } = this;
    this.volumes.claims = extension.startVolumes({ context: this, component, nodeAgent });
    if (nodeAgent.node) this.volumes.claims.registered();
    this.refuse = extension.refuse;
    this.extension = extension;
    this.ask(this.asked);
    this.changes = extension.startPodChanges(this, (from, to) => this.judgeResize(from, to));
    for (const worker of this.workers.values()) {
      if (worker.areVolumesMounted) this.volumes.adopt(worker);
    }
  }

  /** What is asked of the machine has changed. */
  ask(asked: Asked): void {
    this.asked = asked;
    const { containers, disk, programs } = asked;
    if (containers || disk || programs) {
      const before = this.options.asked ?? {};
      this.troubles ??= this.extension?.startTroubles(this, this.prober, before);
    }
    this.troubles?.ask(asked);
  }

  start(): void {
    this.runtime.exited = (podUid) => this.containerExited(podUid);
    this.scope.onStop(() => (this.runtime.exited = undefined));
    for (const pod of this.staticPods.load()) this.add(pod);
    this.informer.addHandler({
      added: (pod) => this.podAdded(pod),
      updated: (pod) => this.podUpdated(pod),
      deleted: (pod) => this.podDeleted(pod),
    });
    this.nodeAgent.start();
    this.removeOrphans();
  }

  /** The manifests in the machine's folder are these now: others end, new ones start. */
  setStaticPods(manifests: readonly StaticPodManifest[]): void {
    const wanted = new Map(this.staticPods.podsOf(manifests).map((pod) => [pod.metadata.uid, pod]));
    for (const worker of this.workers.values()) {
      if (isStaticPod(worker.pod) && !wanted.has(worker.uid)) this.endStaticPod(worker);
    }
    for (const [uid, pod] of wanted) if (!this.workers.has(uid)) this.add(pod);
  }

  trigger(worker: PodWorker, delayMs: number): void {
    const atMs = this.sim.clock.activityMs + delayMs;
    if (this.sim.cause !== 0) worker.cause = this.sim.cause;
    if (worker.dueMs <= atMs) return;
    worker.dueMs = atMs;
    this.scope.after(delayMs, () => {
      if (worker.dueMs !== atMs) return;
      worker.dueMs = Infinity;
      this.run(worker);
    });
  }

  relistDelayMs(): number {
    return RELIST_MS - ((this.sim.clock.activityMs - this.relistOffsetMs) % RELIST_MS);
  }

  relist(worker: PodWorker): void {
    this.trigger(worker, this.relistDelayMs());
  }

  later(worker: PodWorker, delayMs: number, step: () => void): void {
    const cause = this.sim.cause || worker.cause;
    this.scope.after(delayMs, () => {
      this.sim.cause = cause;
      step();
      this.sim.cause = 0;
    });
  }

  event(
    worker: PodWorker,
    type: EventType,
    reason: string,
    message: string,
    container?: string,
  ): void {
    this.component.recorder.event(
      worker.pod,
      type,
      reason,
      message,
      container && fieldPathOf(worker.pod, container),
    );
  }

  private run(worker: PodWorker): void {
    if (this.workers.get(worker.uid) !== worker) return;
    if (worker.isBusy) {
      worker.isStale = true;
      return;
    }
    if (this.troubles?.isRuntimeDown) return;
    this.sim.cause = worker.cause;
    if (isStaticPod(worker.pod)) this.staticPods.ensureMirror(worker);
    this.syncer.sync(worker);
    this.sim.cause = 0;
  }

  private networkReady(podCIDR: string): void {
    this.ipam = new PodIpam(podCIDR);
    for (const sandbox of this.runtime.sandboxes.values()) {
      if (sandbox.isReady && sandbox.ip) this.ipam.reserve(sandbox.ip);
    }
    for (const worker of this.workers.values()) {
      if (worker.stage === 'Syncing' && !worker.sandbox?.isReady) this.trigger(worker, 0);
    }
  }

  private podAdded(pod: Pod): void {
    if (isMirror(pod)) this.staticPods.seen(this.staticWorker(pod), pod);
    else if (this.workers.has(pod.metadata.uid)) this.podUpdated(pod);
    else this.add(pod);
  }

  private add(pod: Pod): void {
    const worker = new PodWorker(pod);
    this.workers.set(worker.uid, worker);
    worker.startTime = pod.status.startTime ?? '';
    worker.sandbox = this.runtime.sandboxes.get(worker.uid);
    const isOver = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (this.options.isRestored && !worker.sandbox && pod.status.podIP) {
      worker.sandbox = this.runtime.restore(pod);
      worker.sandbox.isReady = !isOver;
    }
    if (worker.sandbox?.isReady) this.adopt(worker);
    if (isOver) worker.stage = pod.metadata.deletionTimestamp ? 'Terminated' : 'Finished';
    else if (pod.metadata.deletionTimestamp) worker.stage = 'Terminating';
    if (worker.stage !== 'Finished') this.trigger(worker, 0);
  }

  /** The pod runs here already: nothing is started anew, probes begin again. */
  private adopt(worker: PodWorker): void {
    const { pod } = worker;
    worker.startTime ||= formatTime(this.sim.clock.nowMs);
    this.volumes.adopt(worker);
    this.ipam?.reserve(worker.sandbox!.ip);
    this.changes?.changed(worker);
    const statuses = [
      ...(pod.status.containerStatuses ?? []),
      ...(pod.status.initContainerStatuses ?? []),
    ];
    for (const spec of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]) {
      const container = newestContainer(worker.sandbox!, spec.name);
      if (container?.state !== 'Running') continue;
      // A static pod has no status but its mirror's, which is not yet known here.
      const wasTold = statuses.find(({ name }) => name === spec.name)?.ready;
      const wasReady = wasTold ?? this.options.isRestored ?? false;
      this.prober.watch(worker, spec, container, wasReady);
    }
  }

  private podUpdated(pod: Pod): void {
    if (isMirror(pod)) {
      this.staticPods.seen(this.staticWorker(pod), pod);
      return;
    }
    const worker = this.workers.get(pod.metadata.uid);
    if (!worker) return;
    const isNews = worker.pod !== pod && isNewer(pod, worker.pod);
    if (isNews) worker.pod = pod;
    // A deletion may have come with the answer to a status write, before its own event.
    const { deletionTimestamp, deletionGracePeriodSeconds } = worker.pod.metadata;
    if (deletionTimestamp) {
      if (worker.endingGraceSeconds !== deletionGracePeriodSeconds) this.end(worker);
    } else if (isNews && worker.stage === 'Syncing') {
      this.trigger(worker, 0);
    }
  }

  private podDeleted(pod: Pod): void {
    if (isMirror(pod)) {
      this.staticPods.gone(this.staticWorker(pod), pod);
      return;
    }
    const worker = this.workers.get(pod.metadata.uid);
    if (!worker) return;
    // The object is gone, so that what remains to be done is to stop the containers.
    const deletionTimestamp =
      worker.pod.metadata.deletionTimestamp ?? pod.metadata.creationTimestamp;
    if (worker.stage === 'Syncing') {
      const { terminationGracePeriodSeconds: grace = 30 } = pod.spec;
      const deletionGracePeriodSeconds = pod.metadata.deletionGracePeriodSeconds ?? grace;
      const metadata = { ...pod.metadata, deletionTimestamp, deletionGracePeriodSeconds };
      worker.pod = { ...pod, metadata };
      this.end(worker);
    } else if (worker.stage === 'Finished') {
      this.forget(worker);
    }
  }

  private end(worker: PodWorker): void {
    const isOver = worker.stage === 'Finished' || worker.stage === 'Terminated';
    worker.stage = isOver ? 'Terminated' : 'Terminating';
    worker.endingGraceSeconds = worker.pod.metadata.deletionGracePeriodSeconds;
    // A pass under way sees the new stage at its next step and stops.
    worker.isBusy = false;
    this.trigger(worker, 0);
  }

  private endStaticPod(worker: PodWorker): void {
    const { terminationGracePeriodSeconds: grace = 30 } = worker.pod.spec;
    const deletionTimestamp = formatTime(this.sim.clock.nowMs + grace * 1000);
    const metadata = {
      ...worker.pod.metadata,
      deletionTimestamp,
      deletionGracePeriodSeconds: grace,
    };
    worker.pod = { ...worker.pod, metadata };
    this.end(worker);
  }

  private forget(worker: PodWorker): void {
    const mirror = isStaticPod(worker.pod) ? this.staticPods.mirrorOf(worker) : undefined;
    if (mirror) this.staticPods.seen(undefined, mirror);
    this.workers.delete(worker.uid);
    this.runtime.removeSandbox(worker.uid);
    this.release(worker);
  }

  private admit(worker: PodWorker): boolean {
    const node = this.nodeAgent.freshNode();
    // Static pods of a machine that never reached its API server have nothing to be judged by.
    if (!node) return true;
    const pod = worker.resize?.allocated ?? worker.pod;
    const refusal =
      this.troubles?.refuse(pod) ??
      this.refuse?.(pod, this.machine.allowedSysctls) ??
      this.admission.admit(pod, node);
    if (!refusal) return true;
    worker.failure = refusal;
    this.event(worker, 'Warning', refusal.reason, refusal.message);
    return false;
  }

  private judgeResize(from: Pod, to: Pod): ResizeRefusal | undefined {
    const node = this.nodeAgent.freshNode();
    return node && this.admission.resize(from, to, node);
  }

  private release(worker: PodWorker): void {
    if (!worker.isAdmitted) return;
    this.admission.release(worker.resize?.allocated ?? worker.pod);
    worker.isAdmitted = false;
    this.changes?.freed();
  }

  private containerExited(podUid: string): void {
    const worker = this.workers.get(podUid);
    if (worker?.stage === 'Syncing') this.relist(worker);
  }

  private staticWorker(mirror: Pod): PodWorker | undefined {
    return this.workers.get(mirror.metadata.annotations?.[MIRROR_ANNOTATION] ?? '');
  }

  /** Stops what the runtime runs for pods that were deleted while no kubelet was here. */
  private removeOrphans(): void {
    this.scope.after(SOURCES_READY_POLL_MS, () => {
      if (!this.informer.hasSynced) {
        this.removeOrphans();
        return;
      }
      for (const sandbox of this.runtime.sandboxes.values()) {
        if (this.workers.has(sandbox.podUid)) continue;
        let endMs = 0;
        for (const container of sandbox.containers) {
          endMs = Math.max(endMs, this.runtime.stopContainer(sandbox, container, ORPHAN_GRACE_MS));
        }
        this.scope.after(endMs, () => {
          this.runtime.removeSandbox(sandbox.podUid);
          this.ipam?.release(sandbox.ip);
        });
      }
    });
  }
}

function isMirror(pod: Pod): boolean {
  return pod.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined;
}

function isNewer(pod: Pod, known: Pod): boolean {
  return Number(pod.metadata.resourceVersion) > Number(known.metadata.resourceVersion);
}

function fieldPathOf({ spec }: Pod, container: string): string {
  if (spec.ephemeralContainers?.some(({ name }) => name === container)) {
    return ephemeralContainerPath(container);
  }
  const isInit = spec.initContainers?.some(({ name }) => name === container);
  return isInit ? initContainerPath(container) : containerPath(container);
}

const containerPath = shared((name) => `spec.containers{${name}}`);
const initContainerPath = shared((name) => `spec.initContainers{${name}}`);
const ephemeralContainerPath = shared((name) => `spec.ephemeralContainers{${name}}`);
