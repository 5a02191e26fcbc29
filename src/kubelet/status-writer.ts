// Makes a pod's status from what the runtime holds and writes it when it differs from what the
// server has. Conditions that others set are kept; a conflict is resolved on the newest version.
// Where the real one differs: it PATCHes the status; here it is an update with the version on which
// it is based, which the server handles without a merge.
// Upstream: pkg/kubelet/status/status_manager.go, pkg/kubelet/kubelet_pods.go
// (generateAPIPodStatus).
import { deepEqual } from '../api/deep-equal';
import { pods } from '../api/resource-ref';
import { ConnectionError, isConflict, isNotFound } from '../api/status-error';
import type { Container as ContainerSpec, ContainerStatus, Pod, PodStatus } from '../api/types';
import { newestContainer } from '../runtime/container-runtime';
import { containerStatusOf } from './container-status';
import type { KubeletContext } from './context';
import { isChanging } from './pod-changes';
import { conditionsOf } from './pod-conditions';
import { phaseOf, isSidecar, type PodPhase } from './pod-phase';
import type { Failure, PodWorker } from './pod-worker';
import type { Prober } from './prober';

const RETRY_MS = 10_000;

export class StatusWriter {
  private readonly hostIPs: { ip: string }[];

  constructor(
    private readonly context: KubeletContext,
    private readonly prober: Prober,
    /** The object in the API that shows a static pod; undefined when there is none. */
    private readonly mirrorOf: (worker: PodWorker) => Pod | undefined,
    private readonly mirrorWritten: (mirror: Pod) => void,
  ) {
    this.hostIPs = Object.freeze([Object.freeze({ ip: context.machine.address })]) as unknown as {
      ip: string;
    }[];
  }

  /** Writes the worker's status if it changed; returns its phase. */
  write(worker: PodWorker, isTerminal: boolean): PodPhase {
    const isStatic = isStaticPod(worker.pod);
    const target = isStatic ? this.mirrorOf(worker) : worker.pod;
    const status = this.statusOf(worker, target ?? worker.pod, isTerminal);
    const phase = status.phase as PodPhase;
    if (!target) {
      worker.pod = { ...worker.pod, status };
      return phase;
    }
    if (deepEqual(status, target.status)) return phase;
    const written = this.put(worker, target, status, isTerminal);
    if (!written) return phase;
    if (isStatic) this.mirrorWritten(written);
    else worker.pod = written;
    return phase;
  }

  private put(
    worker: PodWorker,
    target: Pod,
    status: PodStatus,
    isTerminal: boolean,
  ): Pod | undefined {
    const { client } = this.context;
    try {
      return client.updateStatus(pods, { ...target, status });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (error instanceof ConnectionError) {
        this.context.trigger(worker, RETRY_MS);
        return undefined;
      }
      if (!isConflict(error)) throw error;
    }
    const { name, namespace, uid } = target.metadata;
    try {
      const newest = client.get(pods, namespace!, name);
      if (newest.metadata.uid !== uid) return undefined;
      const merged = this.statusOf(worker, newest, isTerminal);
      return client.updateStatus(pods, { ...newest, status: merged });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (!isConflict(error) && !(error instanceof ConnectionError)) throw error;
      this.context.trigger(worker, RETRY_MS);
      return undefined;
    }
  }

  private statusOf(worker: PodWorker, shown: Pod, isTerminal: boolean): PodStatus {
    const { spec } = worker.pod;
    const old: PodStatus = shown.status ?? {};
    if (worker.failure && !worker.startTime) return rejectedStatus(worker, shown);
    const initStatuses = this.containerStatuses(
      worker,
      spec.initContainers ?? [],
      old.initContainerStatuses,
      true,
    );
    const statuses = this.containerStatuses(worker, spec.containers, old.containerStatuses, false);
    const decided = worker.failure ? 'Failed' : phaseOf(spec, initStatuses, statuses, isTerminal);
    // A pod that is over never comes back.
    const phase = isOverPhase(old.phase) ? (old.phase as PodPhase) : decided;
    const { sandbox } = worker;
    const status = ordinaryStatus(old, {
      conditions: conditionsOf(
        shown,
        phase,
        initStatuses,
        statuses,
        sandbox?.isReady ?? false,
        this.context.sim.clock.activityMs,
      ),
      containerStatuses: sameOr(old.containerStatuses, statuses),
      hostIP: this.context.machine.address,
      hostIPs: sameOr(old.hostIPs, this.hostIPs),
      observedGeneration: shown.metadata.generation,
      phase,
      podIP: sandbox?.ip || old.podIP,
      startTime: old.startTime ?? worker.startTime,
    });
    if (initStatuses.length > 0) {
      status.initContainerStatuses = sameOr(old.initContainerStatuses, initStatuses);
    }
    if (old.resourceClaimStatuses) status.resourceClaimStatuses = old.resourceClaimStatuses;
    const extended = old.extendedResourceClaimStatus;
    if (extended) status.extendedResourceClaimStatus = extended;
    if (isChanging(worker)) this.context.changes?.tell(worker, status, old);
    if (worker.failure) tellFailure(status, worker.failure);
    else if (old.reason) Object.assign(status, { reason: old.reason, message: old.message });
    return status;
  }

  private containerStatuses(
    worker: PodWorker,
    specs: readonly ContainerSpec[],
    old: readonly ContainerStatus[] | undefined,
    isInit: boolean,
  ): ContainerStatus[] {
    const { sandbox } = worker;
    const hasInit = Boolean(worker.pod.spec.initContainers?.length);
    const defaultReason = hasInit ? 'PodInitializing' : 'ContainerCreating';
    return specs.map((spec) => {
      const container = sandbox && newestContainer(sandbox, spec.name);
      const isJob = isInit && !isSidecar(spec);
      const isReady = Boolean(
        container &&
        (isJob
          ? container.state === 'Exited' && container.exitCode === 0
          : this.prober.isReady(worker, container)),
      );
      const view = {
        spec,
        sandbox,
        waiting: worker.waiting?.get(spec.name),
        defaultReason,
        isReady,
        isStarted: Boolean(container && this.prober.isStarted(worker, container)),
      };
      return containerStatusOf(
        view,
        old?.find(({ name }) => name === spec.name),
      );
    });
  }
}

/** True for pods that come from a manifest on the machine and not from the API. */
export function isStaticPod(pod: Pod): boolean {
  return pod.metadata.annotations?.['kubernetes.io/config.source'] === 'file';
}

/** What every status has, each kind in one literal: fields that are added later take more room. */
function ordinaryStatus({ podIP: oldIP, podIPs, qosClass }: PodStatus, made: PodStatus): PodStatus {
  const { conditions, containerStatuses, hostIP, hostIPs, observedGeneration, phase } = made;
  const { podIP, startTime } = made;
  const status: PodStatus = podIP
    ? {
        conditions,
        containerStatuses,
        hostIP,
        hostIPs,
        observedGeneration,
        phase,
        podIP,
        podIPs: podIP === oldIP ? podIPs : [{ ip: podIP }],
        qosClass,
        startTime,
      }
    : {
        conditions,
        containerStatuses,
        hostIP,
        hostIPs,
        observedGeneration,
        phase,
        qosClass,
        startTime,
      };
  if (observedGeneration === undefined) delete status.observedGeneration;
  return status;
}

/** A disruption is told with the end, not before. */
function tellFailure(status: PodStatus, { reason, message, condition }: Failure): void {
  Object.assign(status, { reason, message });
  const { conditions = [] } = status;
  if (!condition || conditions.some(({ type }) => type === condition.type)) return;
  status.conditions = [condition, ...conditions];
}

function rejectedStatus(worker: PodWorker, shown: Pod): PodStatus {
  const { reason, message } = worker.failure!;
  const { conditions, qosClass } = shown.status ?? {};
  const status: PodStatus = { phase: 'Failed', reason, message: 'Pod was rejected: ' + message };
  if (conditions) status.conditions = conditions;
  if (qosClass) status.qosClass = qosClass;
  if (shown.metadata.generation !== undefined) {
    status.observedGeneration = shown.metadata.generation;
  }
  return status;
}

function isOverPhase(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

function sameOr<T>(old: T[] | undefined, made: T[]): T[] {
  const isSame = old?.length === made.length && made.every((item, index) => item === old[index]);
  return isSame ? old : made;
}
