// The container runtime of one machine: its images, the sandboxes of its pods and their containers.
// Invariants: records outlive the programs that made them, as containerd's do (a kubelet that
// restarts finds its containers; a machine that lost power finds them dead); a container that runs
// and has no end in sight has no timer.
// Where the real one differs: a container's process is foreseen, not run (container-process.ts).
// Upstream: containerd's CRI plugin.
import type { Container as ContainerSpec, Pod } from '../api/types';
import { parseTime } from '../api/time';
import type { RandomStream } from '../sim/rng';
import type { Scope } from '../sim/scope';
import type { Simulation } from '../sim/simulation';
import type { ContainerProcess, FileSpan } from './container-process';
import { HostFiles } from './host-files';
import { ImageStore, type StoredImage } from './image-store';
import { NO_ENVIRONMENT, spokenEnvironment } from './environment';
import { launch, type Surroundings } from './launch';
import type { NetworkQuestion } from './shell/questions';

/** One attempt at running a container of a pod. */
export interface Container {
  /** 'containerd://' and 64 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly image: StoredImage;
  /** As far as it is foreseen. */
  process: ContainerProcess;
  /** Restarts before this one. */
  readonly attempt: number;
  state: 'Created' | 'Running' | 'Exited';
  startedMs: number;
  /** When it ends or ended; Infinity while nothing ends it. */
  finishedMs: number;
  exitCode: number;
  /** 'Completed', 'Error', 'Unknown', 'StartError', 'OOMKilled'; '' while it runs. */
  reason: string;
}

/** What the containers of a pod share. */
export interface Sandbox {
  readonly podUid: string;
  ip: string;
  isReady: boolean;
  /** When it was last made: what started before that belongs to an earlier boot. */
  createdMs: number;
  /** Every container's newest attempt, and the one before it. */
  containers: Container[];
}

/** A container that runs, or has just ended. */
export interface ContainerRun {
  readonly podUid: string;
  readonly container: Container;
  /** Known where a saved cluster's containers are taken up again. */
  readonly pod?: Pod;
}

/** A program of the simulation behind an image; see `ContainerRuntime.onProgram`. */
export interface Program {
  start(run?: ContainerRun): void;
  stop(run?: ContainerRun): void;
}

export interface RuntimeOptions {
  /** Of the machine; containers' exits and pulls hang on it. */
  scope: Scope;
  host: string;
  bytesPerSecond: () => number;
  /** What containers find when they ask the network; everything is there without it. */
  reaches?: (question: NetworkQuestion, namespace: string) => boolean;
}

const SIGKILL_CODE = 137;
const POWER_LOSS_CODE = 255;

export class ContainerRuntime {
  readonly images: ImageStore;
  readonly sandboxes = new Map<string, Sandbox>();
  /** Told of every exit; the kubelet of the moment. */
  exited: ((podUid: string, container: Container) => void) | undefined;
  private readonly hostFiles = new HostFiles();
  /** Of pods whose containers ask the network, by uid. */
  private readonly namespaces = new Map<string, string>();
  private readonly ids: RandomStream;
  private readonly programs = new Map<string, Program>();
  private scope: Scope;

  constructor(
    private readonly sim: Simulation,
    private readonly options: RuntimeOptions,
  ) {
    this.scope = options.scope;
    this.ids = sim.random('containers of ' + options.host);
    this.images = new ImageStore(options.scope, options.bytesPerSecond);
  }

  /** Runs `program` while a container of an image of that program runs. */
  onProgram(name: string, program: Program): void {
    this.programs.set(name, program);
  }

  /** Makes the pod's sandbox, anew when it has a dead one; dead containers stay known. */
  createSandbox(podUid: string, ip: string): Sandbox {
    const containers = this.sandboxes.get(podUid)?.containers ?? [];
    const createdMs = this.sim.clock.activityMs;
    const sandbox: Sandbox = { podUid, ip, isReady: true, createdMs, containers };
    this.sandboxes.set(podUid, sandbox);
    return sandbox;
  }

  removeSandbox(podUid: string): void {
    this.sandboxes.delete(podUid);
    this.namespaces.delete(podUid);
  }

  /** Makes the next attempt of a container; older dead ones but the last are removed. */
  createContainer(sandbox: Sandbox, spec: ContainerSpec, image: StoredImage, pod?: Pod): Container {
    const last = newestContainer(sandbox, spec.name);
    const nowMs = this.sim.clock.activityMs;
    const found = this.hostFiles.seenBy(spec, pod, nowMs);
    const process = launch(spec, image.definition, surroundings(spec, pod, last, found));
    this.hostFiles.keep(process.files, spec, pod, nowMs);
    if (process.asks) this.namespaces.set(sandbox.podUid, pod?.metadata.namespace ?? 'default');
    const container: Container = {
      id: this.ids.hex(64, 'containerd://'),
      name: spec.name,
      image,
      process,
      attempt: last ? last.attempt + 1 : 0,
      state: 'Created',
      startedMs: 0,
      finishedMs: Infinity,
      exitCode: 0,
      reason: '',
    };
    const kept = sandbox.containers.filter((old) => old === last || old.name !== spec.name);
    // Neither pushed nor spread, because both leave room for more than most pods ever need.
    sandbox.containers = kept.length === 0 ? [container] : kept.concat(container);
    return container;
  }

  /** Returns the OCI runtime's error, '' when the container runs. */
  startContainer(sandbox: Sandbox, container: Container): string {
    const { process } = container;
    container.startedMs = this.sim.clock.activityMs;
    container.state = 'Running';
    if (process.startError) {
      this.end(sandbox, container, process.exitCode, 'StartError');
      return process.startError;
    }
    this.programOf(container)?.start({ podUid: sandbox.podUid, container });
    this.goOn(sandbox, container);
    return '';
  }

  /** Sends SIGTERM, and SIGKILL after the grace period; returns how long it takes to end, ms. */
  stopContainer(sandbox: Sandbox, container: Container, graceMs: number): number {
    if (container.state !== 'Running') return 0;
    const { onTerminate } = container.process;
    const isClean = onTerminate !== undefined && onTerminate.afterMs <= graceMs;
    const afterMs = isClean ? onTerminate.afterMs : graceMs;
    this.endAfter(sandbox, container, afterMs, isClean ? onTerminate.exitCode : SIGKILL_CODE);
    return Math.max(0, container.finishedMs - this.sim.clock.activityMs);
  }

  /** The container ends at once, as by a crash or by `kill -9`. */
  killContainer(podUid: string, name: string, exitCode: number, reason = 'Error'): void {
    const sandbox = this.sandboxes.get(podUid);
    const container = sandbox && newestContainer(sandbox, name);
    if (container?.state === 'Running') this.end(sandbox!, container, exitCode, reason);
  }

  /** The machine lost power: every process is gone, the records stay on disk. */
  powerOff(): void {
    this.images.abortPulls();
    for (const sandbox of this.sandboxes.values()) {
      sandbox.isReady = false;
      for (const container of sandbox.containers) {
        if (container.state !== 'Running') continue;
        this.finish(sandbox, container, POWER_LOSS_CODE, 'Unknown');
      }
    }
  }

  /** Takes up a pod whose status says that it ran here: the cluster was saved and loaded again. */
  restore(pod: Pod): Sandbox {
    const { annotations, uid } = pod.metadata;
    // A mirror shows a pod that the kubelet knows by the hash of its manifest.
    const podUid = annotations?.['kubernetes.io/config.mirror'] ?? uid;
    const sandbox = this.createSandbox(podUid, pod.status.podIP ?? '');
    const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
    const added = ephemeralContainers as unknown as readonly ContainerSpec[];
    const specs = [...initContainers, ...containers, ...added];
    const statuses = [
      ...(pod.status.initContainerStatuses ?? []),
      ...(pod.status.containerStatuses ?? []),
      ...(pod.status.ephemeralContainerStatuses ?? []),
    ];
    for (const status of statuses) {
      const spec = specs.find(({ name }) => name === status.name);
      const state = status.state?.running ?? status.state?.terminated;
      if (!spec || !state?.startedAt || !status.containerID) continue;
      const image = this.images.preload(spec.image!);
      const process = launch(spec, image.definition, surroundings(spec, pod, undefined));
      const { exitCode = 0, reason = '', finishedAt } = status.state?.terminated ?? {};
      const container: Container = {
        id: status.containerID,
        name: spec.name,
        image,
        process,
        attempt: status.restartCount,
        state: finishedAt ? 'Exited' : 'Running',
        startedMs: parseTime(state.startedAt),
        finishedMs: finishedAt ? parseTime(finishedAt) : Infinity,
        exitCode,
        reason,
      };
      sandbox.containers.push(container);
      if (container.state === 'Exited') continue;
      sandbox.createdMs = Math.min(sandbox.createdMs, container.startedMs);
      this.programOf(container)?.start({ podUid, container, pod });
      if (process.asks) this.namespaces.set(podUid, pod.metadata.namespace!);
      this.goOn(sandbox, container);
    }
    return sandbox;
  }

  private programOf({ process }: Container): Program | undefined {
    return process.program ? this.programs.get(process.program) : undefined;
  }

  /** To its end, or to what it asks before. */
  private goOn(sandbox: Sandbox, container: Container): void {
    const ageMs = (): number => this.sim.clock.activityMs - container.startedMs;
    const { asks, exitAfterMs, exitCode } = container.process;
    if (!asks) {
      this.endAfter(sandbox, container, exitAfterMs - ageMs(), exitCode);
      return;
    }
    this.scope.after(Math.max(0, asks.atMs - ageMs()), () => {
      if (container.state !== 'Running' || container.process.asks !== asks) return;
      const namespace = this.namespaces.get(sandbox.podUid) ?? 'default';
      const isThere = this.options.reaches?.(asks.question, namespace) ?? true;
      container.process = asks.answer(isThere, ageMs());
      this.goOn(sandbox, container);
    });
  }

  private endAfter(sandbox: Sandbox, container: Container, afterMs: number, code: number): void {
    const atMs = this.sim.clock.activityMs + Math.max(0, afterMs);
    if (atMs >= container.finishedMs || afterMs === Infinity) return;
    container.finishedMs = atMs;
    this.scope.after(Math.max(0, afterMs), () => {
      if (container.state !== 'Running' || container.finishedMs !== atMs) return;
      const reason = code === 0 ? 'Completed' : 'Error';
      this.end(sandbox, container, code, container.process.exitReason ?? reason);
    });
  }

  private end(sandbox: Sandbox, container: Container, code: number, reason: string): void {
    this.finish(sandbox, container, code, reason);
    this.exited?.(sandbox.podUid, container);
  }

  private finish(sandbox: Sandbox, container: Container, code: number, reason: string): void {
    container.state = 'Exited';
    container.finishedMs = this.sim.clock.activityMs;
    container.exitCode = code;
    container.reason = reason;
    this.programOf(container)?.stop({ podUid: sandbox.podUid, container });
  }
}

/** The same object for containers that nothing surrounds. */
function surroundings(
  spec: ContainerSpec,
  pod: Pod | undefined,
  last: Container | undefined,
  found: readonly FileSpan[] = [],
): Surroundings | undefined {
  const environment = pod ? spokenEnvironment(spec, pod) : NO_ENVIRONMENT;
  const left = last?.process.files.filter(
    ({ path, toMs }) =>
      toMs === Infinity && spec.volumeMounts?.some(({ mountPath }) => path.startsWith(mountPath)),
  );
  const isErrand = pod !== undefined && isExpectedToEnd(spec, pod);
  if (environment === NO_ENVIRONMENT && !left?.length && found.length === 0 && !isErrand) {
    return undefined;
  }
  const kept = (left ?? []).map(({ path, toMs }) => ({ path, fromMs: 0, toMs }));
  return { environment, files: [...kept, ...found], isErrand };
}

/** Init containers that are no sidecars, and what a Job runs. */
function isExpectedToEnd(
  spec: ContainerSpec,
  { metadata, spec: { initContainers } }: Pod,
): boolean {
  const isInit = initContainers?.includes(spec as never);
  if (isInit) return spec.restartPolicy !== 'Always';
  return metadata.ownerReferences?.[0]?.kind === 'Job';
}

/** The newest attempt at that container, if any. */
export function newestContainer(sandbox: Sandbox, name: string): Container | undefined {
  const { containers } = sandbox;
  for (let index = containers.length - 1; index >= 0; index--) {
    if (containers[index].name === name) return containers[index];
  }
  return undefined;
}

/** The attempt before the newest, if it is still known. */
export function previousContainer(sandbox: Sandbox, newest: Container): Container | undefined {
  return sandbox.containers.find(({ name, attempt }) => {
    return name === newest.name && attempt === newest.attempt - 1;
  });
}
