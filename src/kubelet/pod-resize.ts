// Resizes pods that run: what they ask for is allocated when the machine has it, and then given to
// their containers, in place or by a restart as their resizePolicy says.
// Invariants: what is not allocated yet counts for nobody; a resize that cannot be now waits until
// another pod leaves, one that never can be waits for the next.
// Where the real one differs: only what pods ask for decides, no policy of CPU or memory managers.
// Upstream: pkg/kubelet/allocation/allocation_manager.go, kuberuntime (computePodResizeAction).
import { deepEqual } from '../api/deep-equal';
import { formatTime } from '../api/time';
import type {
  Container as ContainerSpec,
  ContainerStatus,
  Pod,
  PodCondition,
  PodSpec,
  PodStatus,
  ResourceRequirements,
} from '../api/types';
import { newestContainer } from '../runtime/container-runtime';
import type { KubeletContext } from './context';
import type { PodActions } from './pod-actions';
import type { ResizeRefusal } from './pod-admission';
import { isSidecar } from './pod-phase';
import { POD } from './pod-resources';
import type { PodWorker } from './pod-worker';

/** To change the limits of a running container. */
const UPDATE_MS = 30;
/** Conditions that the kubelet puts last. */
const OWN_CONDITIONS = 5;

type Resources = Record<string, ResourceRequirements>;
type ResourceName = 'cpu' | 'memory';

interface Decision {
  generation: number | undefined;
  atMs: number;
}

/** A resize that is not through. */
export interface PodResize {
  /** What the machine has set aside: the pod with its old or its new resources. */
  allocated: Pod;
  /** What containers have, by name, and the pod itself. */
  running: Resources;
  /** The same with the limits that containers without their own have from the pod. */
  effective: Resources;
  pending: (Decision & ResizeRefusal) | undefined;
  progress: Decision | undefined;
  /** Containers that get theirs by a restart, with the id of the one that has to go. */
  restarting: Map<string, string>;
  isUpdating: boolean;
}

/** Judges a pod that asks for other resources than are allocated to it, and takes them over. */
export type JudgeResize = (from: Pod, to: Pod) => ResizeRefusal | undefined;

export class PodResizer {
  private readonly deferred = new Set<PodWorker>();

  constructor(
    private readonly context: KubeletContext,
    private readonly judge: JudgeResize,
  ) {}

  /** Begins a resize if the pod asks for other resources than `before`. */
  begin(worker: PodWorker, before: PodSpec): void {
    if (worker.resize || deepEqual(resourcesOf(before), resourcesOf(worker.pod.spec))) return;
    worker.resize = {
      allocated: { ...worker.pod, spec: before },
      running: resourcesOf(before),
      effective: effectiveOf(before),
      pending: undefined,
      progress: undefined,
      restarting: new Map(),
      isUpdating: false,
    };
  }

  /** Tries those again that did not fit. */
  retry(): void {
    for (const worker of this.deferred) this.context.trigger(worker, 0);
    this.deferred.clear();
  }

  plan(worker: PodWorker, resize: PodResize, actions: PodActions): void {
    this.allocate(worker, resize);
    if (!resize.progress) {
      this.forgetIfDone(worker, resize);
      return;
    }
    const { spec } = resize.allocated;
    const wanted = effectiveOf(spec);
    for (const container of containersOf(spec)) {
      const { name } = container;
      if (!deepEqual(resize.effective[name], wanted[name])) {
        this.give(worker, resize, container, actions);
      }
    }
    if (!deepEqual(resize.running[POD], spec.resources)) this.update(worker, resize);
    if (!deepEqual(resize.running, resourcesOf(spec))) return;
    if (!deepEqual(resize.effective, wanted)) return;
    const details = resizeText(spec, resize.progress.generation);
    this.context.event(worker, 'Normal', 'ResizeCompleted', `Pod resize completed: ${details}`);
    resize.progress = undefined;
    this.forgetIfDone(worker, resize);
  }

  private forgetIfDone(worker: PodWorker, resize: PodResize): void {
    if (!resize.pending) worker.resize = undefined;
  }

  private allocate(worker: PodWorker, resize: PodResize): void {
    const { pod } = worker;
    const { allocated } = resize;
    if (deepEqual(resourcesOf(pod.spec), resourcesOf(allocated.spec))) {
      resize.pending = undefined;
      return;
    }
    const refusal = this.judge(allocated, pod);
    const decision = { generation: pod.metadata.generation, atMs: this.context.sim.clock.nowMs };
    if (!refusal) {
      resize.allocated = pod;
      resize.pending = undefined;
      resize.progress = decision;
      const details = resizeText(pod.spec, decision.generation);
      this.context.event(worker, 'Normal', 'ResizeStarted', `Pod resize started: ${details}`);
      return;
    }
    if (refusal.reason === 'Deferred') this.deferred.add(worker);
    const { pending } = resize;
    const isKnown =
      pending?.generation === decision.generation && pending?.message === refusal.message;
    if (isKnown) return;
    resize.pending = { ...decision, ...refusal };
    const details = resizeText(pod.spec, decision.generation, refusal.message);
    const message = `Pod resize ${refusal.shortage}: ${details}`;
    this.context.event(worker, 'Warning', `Resize${refusal.reason}`, message);
  }

  private give(
    worker: PodWorker,
    resize: PodResize,
    spec: ContainerSpec,
    actions: PodActions,
  ): void {
    const { effective, restarting } = resize;
    const wanted = effectiveOf(resize.allocated.spec)[spec.name];
    const container = worker.sandbox && newestContainer(worker.sandbox, spec.name);
    const gone = restarting.get(spec.name);
    if (container?.state !== 'Running' || (gone !== undefined && gone !== container.id)) {
      restarting.delete(spec.name);
      hasGot(resize, spec);
    } else if (needsRestart(spec, effective[spec.name] ?? {}, wanted)) {
      restarting.set(spec.name, container.id);
      const why = `Container ${spec.name} resize requires restart`;
      if (actions.kill.every((kill) => kill.container !== container)) {
        actions.kill.push({ container, spec, why });
        actions.start.push(spec);
      }
    } else this.update(worker, resize);
  }

  /** All that can be changed in place, together. */
  private update(worker: PodWorker, resize: PodResize): void {
    if (resize.isUpdating) return;
    resize.isUpdating = true;
    this.context.later(worker, UPDATE_MS, () => {
      resize.isUpdating = false;
      const { spec } = resize.allocated;
      if (spec.resources) resize.running[POD] = spec.resources;
      for (const container of containersOf(spec)) {
        if (!resize.restarting.has(container.name)) hasGot(resize, container);
      }
      this.context.trigger(worker, 0);
    });
  }
}

function hasGot({ running, effective, allocated }: PodResize, container: ContainerSpec): void {
  const { name, resources = {} } = container;
  running[name] = resources;
  effective[name] = effectiveOf(allocated.spec)[name];
}

/** Puts what containers really have, and how far the resize is, into the status. */
export function tellResize(resize: PodResize, status: PodStatus): void {
  const allocated = resourcesOf(resize.allocated.spec);
  const told = (container: ContainerStatus): ContainerStatus => {
    const resources = resize.running[container.name];
    if (!container.resources || !resources) return container;
    const next: ContainerStatus = { ...container, resources };
    const requests = allocated[container.name]?.requests;
    if (requests) next.allocatedResources = requests;
    return next;
  };
  for (const list of ['containerStatuses', 'initContainerStatuses'] as const) {
    if (status[list]) status[list] = status[list].map(told);
  }
  const conditions = [...(status.conditions ?? [])];
  conditions.splice(conditions.length - OWN_CONDITIONS, 0, ...conditionsOf(resize));
  status.conditions = conditions;
}

function conditionsOf({ pending, progress }: PodResize): PodCondition[] {
  const conditions: PodCondition[] = [];
  const add = (type: string, { generation, atMs }: Decision, why: object): void => {
    const at = formatTime(atMs);
    const condition: PodCondition = {
      type,
      status: 'True',
      lastProbeTime: at,
      lastTransitionTime: at,
      ...why,
    };
    if (generation !== undefined) condition.observedGeneration = generation;
    conditions.push(condition);
  };
  if (pending) {
    const { reason, message } = pending;
    add('PodResizePending', pending, { reason, message });
  }
  if (progress) add('PodResizeInProgress', progress, {});
  return conditions;
}

/** The spec with what the status says is allocated: a kubelet that starts has nothing else. */
export function allocatedSpec({ spec, status }: Pod): PodSpec {
  const statuses = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  const before = (container: ContainerSpec): ContainerSpec => {
    const resources = statuses.find(({ name }) => name === container.name)?.resources;
    return resources ? { ...container, resources } : container;
  };
  const { containers, initContainers } = spec;
  const old: PodSpec = { ...spec, containers: containers.map(before) };
  if (initContainers) old.initContainers = initContainers.map(before);
  if (spec.resources && status.resources) old.resources = status.resources;
  return old;
}

function containersOf({ initContainers = [], containers }: PodSpec): ContainerSpec[] {
  return [...initContainers.filter(isSidecar), ...containers];
}

/** By the name of the container, and the pod's own. */
function resourcesOf(spec: PodSpec): Resources {
  const all: Resources = Object.fromEntries(
    containersOf(spec).map(({ name, resources = {} }) => [name, resources]),
  );
  if (spec.resources) all[POD] = spec.resources;
  return all;
}

/**
 * What each container has in effect: limits of the pod are those of containers without their own.
 */
function effectiveOf(spec: PodSpec): Resources {
  const ofPod = spec.resources?.limits;
  return Object.fromEntries(
    containersOf(spec).map(({ name, resources = {} }) => {
      return [
        name,
        ofPod ? { ...resources, limits: { ...ofPod, ...resources.limits } } : resources,
      ];
    }),
  );
}

function needsRestart(
  { resizePolicy = [] }: ContainerSpec,
  old: ResourceRequirements,
  next: ResourceRequirements,
): boolean {
  return resizePolicy.some(({ resourceName, restartPolicy }) => {
    if (restartPolicy !== 'RestartContainer') return false;
    const name = resourceName as ResourceName;
    return (
      old.requests?.[name] !== next.requests?.[name] || old.limits?.[name] !== next.limits?.[name]
    );
  });
}

/** As its Events tell: containers with their resources, and for which generation of the pod. */
function resizeText(spec: PodSpec, generation = 0, error?: string): string {
  const shown = (containers: readonly ContainerSpec[]): object[] | undefined => {
    const list = containers.map(({ name, resources = {} }) => {
      const { limits, requests } = resources;
      return { name, resources: { ...(limits && { limits }), ...(requests && { requests }) } };
    });
    return list.length > 0 ? list : undefined;
  };
  const { resources } = spec;
  const initContainers = shown((spec.initContainers ?? []).filter(isSidecar));
  const containers = shown(spec.containers);
  return JSON.stringify({ resources, initContainers, containers, generation, error });
}
