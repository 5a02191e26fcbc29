// Probes containers: startup first, then readiness and liveness. Each failing probe is run and told
// of, as by the real kubelet; while answers are good and cannot have changed, nothing is run and no
// timer is set, however long the pod lives.
// Upstream: pkg/kubelet/prober.
import { parseTime } from '../api/time';
import type { Container as ContainerSpec, Probe } from '../api/types';
import { newestContainer, type Container } from '../runtime/container-runtime';
import { nextAnswerChangeMs, probeContainer } from '../runtime/probe-answer';
import type { KubeletContext } from './context';
import type { PodWorker } from './pod-worker';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

/** Results for one attempt at a container that has probes. */
export interface ContainerProbes {
  readonly name: string;
  readonly containerId: string;
  isStarted: boolean;
  isReady: boolean;
  /** The probe by which the container must be restarted, or ''. */
  failed: '' | 'startup' | 'liveness';
  /** Equal answers in a row: good ones above zero, bad ones below. */
  readonly row: Record<ProbeKind, number>;
}

const TITLES = { startup: 'Startup', readiness: 'Readiness', liveness: 'Liveness' } as const;

export class Prober {
  constructor(private readonly context: KubeletContext) {}

  /** Begins to probe a container that has just been started, or was found running. */
  watch(worker: PodWorker, spec: ContainerSpec, container: Container, wasReady: boolean): void {
    if (!spec.startupProbe && !spec.readinessProbe && !spec.livenessProbe) return;
    const probes: ContainerProbes = {
      name: spec.name,
      containerId: container.id,
      isStarted: !spec.startupProbe || wasReady,
      isReady: spec.readinessProbe ? wasReady : true,
      failed: '',
      row: { startup: 0, readiness: 0, liveness: 0 },
    };
    const others = worker.probes?.filter(({ name }) => name !== spec.name) ?? [];
    worker.probes = [...others, probes];
    if (!probes.isStarted) this.planFirst(worker, spec, container, probes, 'startup');
    else this.watchStarted(worker, spec, container, probes);
  }

  /** What its probes find may have changed: they are run again at their next ticks. */
  again(worker: PodWorker, spec: ContainerSpec): void {
    const container = runningContainer(worker, spec.name);
    const probes = container && probesOf(worker, container);
    if (!probes) return;
    // Timers of the record before find that it is no longer the one.
    const renewed = { ...probes };
    worker.probes = worker.probes!.map((each) => (each === probes ? renewed : each));
    if (!renewed.isStarted) this.planFirst(worker, spec, container, renewed, 'startup');
    else this.watchStarted(worker, spec, container, renewed);
  }

  isStarted(worker: PodWorker, container: Container): boolean {
    if (container.state !== 'Running') return false;
    return probesOf(worker, container)?.isStarted ?? true;
  }

  isReady(worker: PodWorker, container: Container): boolean {
    if (container.state !== 'Running') return false;
    const probes = probesOf(worker, container);
    return probes ? probes.isStarted && probes.isReady : true;
  }

  /** The probe that wants this container restarted, or ''. */
  failedProbe(worker: PodWorker, container: Container): ContainerProbes['failed'] {
    return probesOf(worker, container)?.failed ?? '';
  }

  private watchStarted(
    worker: PodWorker,
    spec: ContainerSpec,
    container: Container,
    probes: ContainerProbes,
  ): void {
    if (spec.readinessProbe) this.planFirst(worker, spec, container, probes, 'readiness');
    if (spec.livenessProbe) this.planFirst(worker, spec, container, probes, 'liveness');
  }

  private planFirst(
    worker: PodWorker,
    spec: ContainerSpec,
    container: Container,
    probes: ContainerProbes,
    kind: ProbeKind,
  ): void {
    const probe = probeOf(spec, kind);
    const { nowMs } = this.context.sim.clock;
    const firstMs = container.startedMs + (probe.initialDelaySeconds ?? 0) * 1000;
    // A readiness probe is also run as soon as the container is seen to run.
    const isAtOnce = kind === 'readiness' && firstMs <= nowMs;
    const delayMs = isAtOnce
      ? this.context.relistDelayMs()
      : nextTick(worker, Math.max(firstMs, nowMs), periodMs(probe)) - nowMs;
    this.plan(worker, spec, container, probes, kind, delayMs);
  }

  private plan(
    worker: PodWorker,
    spec: ContainerSpec,
    container: Container,
    probes: ContainerProbes,
    kind: ProbeKind,
    delayMs: number,
  ): void {
    this.context.later(worker, delayMs, () => {
      const isCurrent = worker.stage === 'Syncing' && probesOf(worker, container) === probes;
      if (!isCurrent || container.state !== 'Running' || probes.failed) return;
      const againMs = this.run(worker, spec, container, probes, kind);
      if (againMs !== Infinity) this.plan(worker, spec, container, probes, kind, againMs);
    });
  }

  /** Returns after how many ms to probe again; Infinity when there is no need to. */
  private run(
    worker: PodWorker,
    spec: ContainerSpec,
    container: Container,
    probes: ContainerProbes,
    kind: ProbeKind,
  ): number {
    const probe = probeOf(spec, kind);
    const { nowMs } = this.context.sim.clock;
    const { name, namespace } = worker.pod.metadata;
    const answer =
      this.context.troubles?.probe(`${namespace}/${name}/${spec.name}`, kind) ??
      probeContainer(probe, spec, container, worker.sandbox!.ip, nowMs);
    const row = nextInRow(probes.row[kind], answer.isHealthy);
    probes.row[kind] = row;
    if (!answer.isHealthy) {
      const message = `${TITLES[kind]} probe failed: ${answer.output}`;
      this.context.event(worker, 'Warning', 'Unhealthy', message, spec.name);
    }
    const isDecided = row >= (probe.successThreshold ?? 1) || -row >= (probe.failureThreshold ?? 3);
    if (isDecided) this.decide(worker, spec, container, probes, kind, answer.isHealthy);
    if (probes.failed || (kind === 'startup' && probes.isStarted)) return Infinity;
    if (!isDecided || !answer.isHealthy) return periodMs(probe);
    const periods = Math.ceil((nextAnswerChangeMs(container, nowMs) - nowMs) / periodMs(probe));
    return periods * periodMs(probe);
  }

  private decide(
    worker: PodWorker,
    spec: ContainerSpec,
    container: Container,
    probes: ContainerProbes,
    kind: ProbeKind,
    isHealthy: boolean,
  ): void {
    if (kind === 'readiness') {
      if (probes.isReady === isHealthy) return;
      probes.isReady = isHealthy;
    } else if (!isHealthy) {
      probes.failed = kind;
    } else if (kind === 'startup') {
      probes.isStarted = true;
      this.watchStarted(worker, spec, container, probes);
    } else {
      return;
    }
    this.context.trigger(worker, 0);
  }
}

function probesOf(worker: PodWorker, container: Container): ContainerProbes | undefined {
  return worker.probes?.find(({ containerId }) => containerId === container.id);
}

/** The container that the pod's spec calls by that name, if it is one that runs. */
export function runningContainer(worker: PodWorker, name: string): Container | undefined {
  const container = worker.sandbox && newestContainer(worker.sandbox, name);
  return container?.state === 'Running' ? container : undefined;
}

function probeOf(spec: ContainerSpec, kind: ProbeKind): Probe {
  if (kind === 'startup') return spec.startupProbe!;
  return kind === 'readiness' ? spec.readinessProbe! : spec.livenessProbe!;
}

function periodMs(probe: Probe): number {
  return (probe.periodSeconds ?? 10) * 1000;
}

/** Probes of a pod tick from the time when the kubelet took the pod up. */
function nextTick(worker: PodWorker, notBeforeMs: number, period: number): number {
  const startMs = parseTime(worker.startTime);
  return startMs + Math.ceil((notBeforeMs - startMs) / period) * period;
}

function nextInRow(row: number, isHealthy: boolean): number {
  if (isHealthy) return row > 0 ? row + 1 : 1;
  return row < 0 ? row - 1 : -1;
}
