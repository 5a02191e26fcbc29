// Mounts a pod's volumes: those of ConfigMaps and Secrets here; what stands for claims, for a
// driver or for something on the machine's own disk is left to the extension, as are devices.
// Invariant: a pod's volumes are mounted all together or not at all; each that cannot be is told.
// Upstream: pkg/kubelet/volumemanager, pkg/volume/util/operationexecutor.
import { ConnectionError } from '../../api/status-error';
import type { Volume } from '../../api/types';
import { hasClaims } from '../../api/pod-volume-claims';
import type { Component } from '../../client/component';
import type { KubeletContext } from '../context';
import type { NodeAgent } from '../node-agent';
import type { PodWorker } from '../pod-worker';
import type { References } from '../references';
import type { HostPath } from './host-paths';

/** What the extension's part of one kubelet is given. */
export interface VolumeHost {
  readonly context: KubeletContext;
  readonly component: Component;
  readonly nodeAgent: NodeAgent;
}

/** How the volumes of a pod that stand for claims are doing. */
export interface ClaimOutcome {
  /** Why claims cannot be looked at yet, in one sentence; '' when they can. */
  readonly unprocessed: string;
  /** True while a volume is on its way to this machine. */
  readonly isWaiting: boolean;
  /** Whole messages, one for each volume that could not be mounted. */
  readonly failures: readonly string[];
}

/** The extension's part: volumes behind claims, and those of drivers. */
export interface ClaimVolumes {
  /** The Node is known to the server. */
  registered(): void;
  mount(worker: PodWorker): ClaimOutcome;
  /** Makes the pod's devices ready, which comes last; false, and told, when that cannot be. */
  prepareDevices(worker: PodWorker): boolean;
  unmount(worker: PodWorker): void;
  /** Why the machine has not what a host path requires; '' when it has. */
  hostPathProblem(hostPath: HostPath): string;
  /** Unique names, as Node.status.volumesInUse tells them. */
  inUse(): readonly string[];
}

export type MountOutcome = 'mounted' | 'failed' | 'waiting' | 'unprocessed';

export class Volumes {
  claims: ClaimVolumes | undefined;

  constructor(
    private readonly context: KubeletContext,
    private readonly references: References,
  ) {}

  /** Tries all; Events tell of those that fail. */
  mount(worker: PodWorker): MountOutcome {
    const outcome = this.mountAll(worker);
    const { spec, status } = worker.pod;
    const usesDevices = spec.resourceClaims ?? status.extendedResourceClaimStatus;
    if (outcome !== 'mounted' || !usesDevices || !this.claims) return outcome;
    return this.claims.prepareDevices(worker) ? outcome : 'unprocessed';
  }

  private mountAll(worker: PodWorker): MountOutcome {
    const isFine = this.mountOwn(worker);
    const outcome = this.concernsClaims(worker) && this.claims!.mount(worker);
    if (!outcome) return isFine ? 'mounted' : 'failed';
    if (outcome.unprocessed) {
      const message = `Unable to attach or mount volumes: ${outcome.unprocessed}`;
      this.context.event(worker, 'Warning', 'FailedMount', message);
      return 'unprocessed';
    }
    for (const message of outcome.failures) {
      this.context.event(worker, 'Warning', 'FailedMount', message);
    }
    if (outcome.failures.length > 0 || !isFine) return 'failed';
    return outcome.isWaiting ? 'waiting' : 'mounted';
  }

  /** The pod runs here already: its volumes are there. */
  adopt(worker: PodWorker): void {
    worker.areVolumesMounted = true;
    if (this.concernsClaims(worker)) this.claims!.mount(worker);
  }

  unmount(worker: PodWorker): void {
    if (this.concernsClaims(worker)) this.claims!.unmount(worker);
  }

  private concernsClaims({ pod }: PodWorker): boolean {
    return this.claims !== undefined && (hasClaims(pod) || hasDriver(pod.spec.volumes));
  }

  private mountOwn(worker: PodWorker): boolean {
    const { namespace } = worker.pod.metadata;
    let isFine = true;
    for (const volume of worker.pod.spec.volumes ?? []) {
      const problem = this.problem(namespace!, volume);
      if (problem === '') continue;
      isFine = false;
      const message = `MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`;
      this.context.event(worker, 'Warning', 'FailedMount', message);
    }
    return isFine;
  }

  private problem(namespace: string, volume: Volume): string {
    if (volume.hostPath) return this.claims?.hostPathProblem(volume.hostPath) ?? '';
    try {
      return this.references.volumeProblem(namespace, volume);
    } catch (error) {
      if (error instanceof ConnectionError) return error.message;
      throw error;
    }
  }
}

function hasDriver(volumes: readonly Volume[] | undefined): boolean {
  return volumes?.some(({ csi }) => csi !== undefined) ?? false;
}
