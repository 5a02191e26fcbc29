// Provisioners as they run beside Kubernetes: each makes volumes for the claims that the binder
// marked for it, and deletes them when they are released.
// Where the real ones differ: they are pods of their own with a disk behind them; here one is a
// controller, and its work a matter of time only.
// Upstream: sigs.k8s.io/sig-storage-lib-external-provisioner/controller.
import {
  persistentVolumeClaims,
  persistentVolumes,
  storageClasses,
} from '../../api/extension-refs';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeSpec,
  StorageClass,
} from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { isAlreadyExists, isNotFound } from '../../api/status-error';
import {
  claimClassName,
  PROVISIONED_BY,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
  waitsForConsumer,
} from '../../api/volume-binding';
import type { Informer } from '../../client/informer';
import { referenceTo } from '../../client/reference-to';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';

/** What tells one provisioner from another. */
export interface ProvisionerKind {
  readonly name: string;
  /** Source of its Events: '<provisioner>_<pod>_<uuid>'. */
  readonly eventSource: string;
  readonly provisionMs: number;
  readonly deleteMs: number;
  /** `lookAgain` is to be called when it has come to serve a name that it did not. */
  start(
    context: ControllerContext,
    lookAgain: () => void,
  ): {
    /** Whether it answers to that name of a class's provisioner. */
    serves(provisioner: string): boolean;
    /** Why no such volume can be made, in the provisioner's words; '' when it can. */
    problem(claim: PersistentVolumeClaim, nodeName: string): string;
    /** Where the volume is, and from where it can be reached. */
    place(
      name: string,
      claim: PersistentVolumeClaim,
      nodeName: string,
      provisioner: string,
    ): Partial<PersistentVolumeSpec>;
  };
}

const CLAIM_KEY = 'claim:';
const VOLUME_KEY = 'volume:';
const FIRST_RETRY_MS = 15_000;
const MAX_RETRY_MS = 1_000_000;

export function provisionerController(kind: ProvisionerKind): Controller {
  return {
    name: kind.name,
    eventSource: kind.eventSource,
    workers: 4,
    start: (context) => new ProvisionerLoop(context, kind),
  };
}

class ProvisionerLoop implements ControllerLoop {
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly classes: Informer<StorageClass>;
  private readonly way: ReturnType<ProvisionerKind['start']>;
  /** When the work on a claim or volume will be done, by uid. */
  private readonly doneAtMs = new Map<string, number>();
  /** Attempts in vain, by uid of the claim. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly context: ControllerContext,
    private readonly kind: ProvisionerKind,
  ) {
    const claimChanged = (claim: PersistentVolumeClaim): void => {
      if (this.isWanted(claim)) context.enqueue(CLAIM_KEY + objectKey(claim));
    };
    const volumeChanged = (volume: PersistentVolume): void => {
      if (this.isToGo(volume)) context.enqueue(VOLUME_KEY + volume.metadata.name);
    };
    this.way = kind.start(context, () => {
      for (const claim of this.claims.items.values()) claimChanged(claim);
      for (const volume of this.volumes.items.values()) volumeChanged(volume);
    });
    this.classes = context.informer(storageClasses);
    this.claims = context.watch(persistentVolumeClaims, {
      added: claimChanged,
      updated: claimChanged,
      deleted: ({ metadata }) => this.failures.delete(metadata.uid),
    });
    this.volumes = context.watch(persistentVolumes, {
      added: volumeChanged,
      updated: volumeChanged,
    });
  }

  reconcile(key: string): number | void {
    const name = key.slice(key.indexOf(':') + 1);
    return key.startsWith(CLAIM_KEY) ? this.syncClaim(name) : this.syncVolume(name);
  }

  private isWanted({ metadata, spec }: PersistentVolumeClaim): boolean {
    const provisioner = metadata.annotations?.[STORAGE_PROVISIONER];
    return provisioner !== undefined && !spec.volumeName && this.way.serves(provisioner);
  }

  private isToGo({ metadata, spec, status }: PersistentVolume): boolean {
    if (status.phase !== 'Released' || spec.persistentVolumeReclaimPolicy !== 'Delete')
      return false;
    return this.way.serves(metadata.annotations?.[PROVISIONED_BY] ?? '');
  }

  private syncClaim(key: string): number | void {
    const claim = this.claims.get(key);
    if (!claim || !this.isWanted(claim) || claim.metadata.deletionTimestamp) return undefined;
    const storageClass = this.classes.get(claimClassName(claim));
    if (!storageClass) return undefined;
    const nodeName = claim.metadata.annotations![SELECTED_NODE] ?? '';
    if (waitsForConsumer(storageClass) && !nodeName) return undefined;
    const { recorder } = this.context;
    const leftMs = this.work(claim.metadata.uid, this.kind.provisionMs, () => {
      const message = `External provisioner is provisioning volume for claim "${key}"`;
      recorder.event(claim, 'Normal', 'Provisioning', message);
    });
    if (leftMs > 0) return leftMs;
    const problem = this.way.problem(claim, nodeName);
    if (problem) {
      const className = storageClass.metadata.name;
      const message = `failed to provision volume with StorageClass "${className}": ${problem}`;
      recorder.event(claim, 'Warning', 'ProvisioningFailed', message);
      const tries = this.failures.get(claim.metadata.uid) ?? 0;
      this.failures.set(claim.metadata.uid, tries + 1);
      return Math.min(FIRST_RETRY_MS * 2 ** tries, MAX_RETRY_MS);
    }
    this.create(claim, storageClass, nodeName);
    return undefined;
  }

  private create(claim: PersistentVolumeClaim, storageClass: StorageClass, nodeName: string): void {
    const { client, recorder } = this.context;
    const name = 'pvc-' + claim.metadata.uid;
    const provisioner = claim.metadata.annotations![STORAGE_PROVISIONER];
    const { mountOptions, reclaimPolicy } = storageClass;
    try {
      client.create(persistentVolumes, {
        metadata: { name, annotations: { [PROVISIONED_BY]: provisioner } },
        spec: {
          capacity: { storage: claim.spec.resources!.requests!.storage },
          accessModes: claim.spec.accessModes,
          claimRef: referenceTo(claim),
          persistentVolumeReclaimPolicy: reclaimPolicy as 'Delete',
          storageClassName: storageClass.metadata.name,
          ...(mountOptions && { mountOptions }),
          volumeMode: claim.spec.volumeMode,
          ...this.way.place(name, claim, nodeName, provisioner),
        },
      });
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      return;
    }
    const message = `Successfully provisioned volume ${name}`;
    recorder.event(claim, 'Normal', 'ProvisioningSucceeded', message);
  }

  private syncVolume(name: string): number | void {
    const volume = this.volumes.get(name);
    if (!volume || !this.isToGo(volume) || volume.metadata.deletionTimestamp) return undefined;
    const leftMs = this.work(volume.metadata.uid, this.kind.deleteMs, () => undefined);
    if (leftMs > 0) return leftMs;
    try {
      this.context.client.delete(persistentVolumes, '', name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return undefined;
  }

  /** Begins work, or says how many ms of it are left. */
  private work(uid: string, takesMs: number, begin: () => void): number {
    const { nowMs } = this.context.sim.clock;
    const doneAtMs = this.doneAtMs.get(uid);
    if (doneAtMs === undefined) {
      begin();
      this.doneAtMs.set(uid, nowMs + takesMs);
      return takesMs;
    }
    if (doneAtMs > nowMs) return doneAtMs - nowMs;
    this.doneAtMs.delete(uid);
    return 0;
  }
}
