// What the kubelet does when its disk runs full: it says so (DiskPressure), lets no pod in, removes
// images that nobody uses, then evicts one pod after the other, those that matter least first. Once
// there is room it waits five minutes before it calls the pressure over.
// Where the real one differs: it looks at its disk only while somebody fills it; one disk holds
// images and containers, inodes never run out, and memory does not get short; its Node is told of a
// pressure at once, since no limit on requests holds those back who make refused pods anew.
// Upstream: pkg/kubelet/eviction/{eviction_manager.go,helpers.go,defaults_linux.go}.
import { bytes, formatQuantity } from '../../api/quantity';
import type { Pod } from '../../api/types';
import { formatTime } from '../../api/time';
import type { Kubelet } from '../kubelet';
import type { PodWorker, Waiting } from '../pod-worker';
import { isStaticPod } from '../status-writer';
import { DiskUsage } from './disk-usage';
import { ImageCollector } from './image-collector';

const MONITOR_MS = 10_000;
const CLEANUP_POLL_MS = 1_000;
const CLEANUP_TIMEOUT_MS = 30_000;
/** evictionPressureTransitionPeriod */
const TRANSITION_MS = 300_000;
const GRACE_SECONDS = 1;
const RESOURCE = 'ephemeral-storage';
/** evictionHard, as floats of 32 bits: imagefs.available<15%, nodefs.available<10%. */
const THRESHOLDS = [Math.fround(0.15), Math.fround(0.1)];
/** system-cluster-critical and above. */
const CRITICAL_PRIORITY = 2_000_000_000;
const NONE: ReadonlySet<string> = new Set<string>();
const DISK: ReadonlySet<string> = new Set(['DiskPressure']);

export class EvictionManager {
  pressures: ReadonlySet<string> = NONE;
  private readonly disk: DiskUsage;
  private readonly images: ImageCollector;
  private isWatching = false;
  private lastMetMs = -Infinity;

  constructor(private readonly kubelet: Kubelet) {
    this.disk = new DiskUsage(kubelet);
    this.images = new ImageCollector(kubelet, this.disk);
  }

  /** Somebody else keeps that share of the disk; a kubelet that starts looks at once. */
  fill(percent: number, isStarting: boolean): void {
    this.disk.filledPercent = percent;
    if (this.isWatching || (percent === 0 && this.pressures === NONE)) return;
    this.isWatching = true;
    const { random, scope } = this.kubelet;
    scope.after(isStarting ? 0 : random.below(MONITOR_MS), () => this.look());
    this.images.watch(() => this.isWatching);
  }

  /** Only what the machine cannot do without comes in while the disk is short. */
  refuse(pod: Pod): Waiting | undefined {
    if (this.pressures === NONE || isCritical(pod)) return undefined;
    const conditions = [...this.pressures].join(' ');
    return { reason: 'Evicted', message: `The node had condition: [${conditions}]. ` };
  }

  private look(): void {
    const evicted = this.synchronize();
    const { scope } = this.kubelet;
    if (evicted) this.awaitCleanup(evicted, CLEANUP_TIMEOUT_MS);
    else if (this.isWatching) scope.after(MONITOR_MS, () => this.look());
  }

  /** Looks again as soon as the pod is gone from the machine. */
  private awaitCleanup(worker: PodWorker, leftMs: number): void {
    this.kubelet.scope.after(CLEANUP_POLL_MS, () => {
      const isGone = worker.stage === 'Finished' || worker.stage === 'Terminated';
      if (isGone || leftMs <= 0) this.look();
      else this.awaitCleanup(worker, leftMs - CLEANUP_POLL_MS);
    });
  }

  /** Returns the pod that had to go, if one had. */
  private synchronize(): PodWorker | undefined {
    const { sim, nodeAgent } = this.kubelet;
    const met = this.thresholdMet();
    if (met !== undefined) this.lastMetMs = sim.clock.nowMs;
    this.setPressure(sim.clock.nowMs - this.lastMetMs < TRANSITION_MS);
    if (met === undefined) {
      this.isWatching = this.disk.filledPercent > 0 || this.pressures !== NONE;
      return undefined;
    }
    nodeAgent.event('EvictionThresholdMet', `Attempting to reclaim ${RESOURCE}`, 'Warning');
    this.images.removeUnused(Infinity);
    if (this.thresholdMet() === undefined) return undefined;
    return this.ranked().find((worker) => this.evict(worker, met));
  }

  /** The first threshold that is crossed, in bytes. */
  private thresholdMet(): number | undefined {
    const available = this.disk.available();
    const quantities = THRESHOLDS.map((share) => Math.floor(this.disk.capacity * share));
    return quantities.find((quantity) => available < quantity);
  }

  private setPressure(isUnder: boolean): void {
    if (isUnder === this.pressures.has('DiskPressure')) return;
    this.pressures = isUnder ? DISK : NONE;
    this.kubelet.nodeAgent.changed(isUnder);
  }

  /** Those that run here: who uses more than was asked for first, then by priority, then by use. */
  private ranked(): PodWorker[] {
    const active = [...this.kubelet.workers.values()].filter(({ stage }) => stage === 'Syncing');
    return active
      .map((worker) => {
        const used = this.disk.usedBy(worker);
        const over = used - requestOf(worker.pod);
        return { worker, over, priority: worker.pod.spec.priority ?? 0 };
      })
      .sort(
        (a, b) =>
          Number(b.over > 0) - Number(a.over > 0) || a.priority - b.priority || b.over - a.over,
      )
      .map(({ worker }) => worker);
  }

  private evict(worker: PodWorker, threshold: number): boolean {
    const { pod } = worker;
    if (isCritical(pod) || !worker.isAdmitted) return false;
    const message = this.messageFor(worker, threshold);
    const { kubelet } = this;
    kubelet.event(worker, 'Warning', 'Evicted', message);
    worker.failure = {
      reason: 'Evicted',
      message,
      graceSeconds: GRACE_SECONDS,
      condition: {
        type: 'DisruptionTarget',
        status: 'True',
        lastProbeTime: null as never,
        lastTransitionTime: formatTime(kubelet.sim.clock.nowMs),
        reason: 'TerminationByKubelet',
        message,
        ...(pod.metadata.generation !== undefined && {
          observedGeneration: pod.metadata.generation,
        }),
      },
    };
    worker.stage = 'Terminating';
    worker.isBusy = false;
    kubelet.trigger(worker, 0);
    return true;
  }

  private messageFor(worker: PodWorker, threshold: number): string {
    const available = binaryText(this.disk.available());
    const containers = this.disk.containersOf(worker).flatMap(({ name, usedBytes, spec }) => {
      const request = spec.resources?.requests?.[RESOURCE] ?? '0';
      if (usedBytes <= bytes(request)) return [];
      const used = binaryText(usedBytes);
      return [
        `Container ${name} was using ${used}, request is ${request}, ` +
          `has larger consumption of ${RESOURCE}. `,
      ];
    });
    return (
      `The node was low on resource: ${RESOURCE}. ` +
      `Threshold quantity: ${binaryText(threshold)}, available: ${available}. ` +
      containers.join('')
    );
  }
}

/** Never evicted, and let in under pressure: what runs by manifest, and what is system-critical. */
function isCritical(pod: Pod): boolean {
  return isStaticPod(pod) || (pod.spec.priority ?? 0) >= CRITICAL_PRIORITY;
}

function requestOf({ spec }: Pod): number {
  return spec.containers.reduce((sum, { resources }) => {
    return sum + bytes(resources?.requests?.[RESOURCE] ?? '0');
  }, 0);
}

function binaryText(value: number): string {
  return formatQuantity(value, 'BinarySI');
}
