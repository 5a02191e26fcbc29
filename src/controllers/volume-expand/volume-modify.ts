// Volumes get the attributes of the class that their claim names, also while they are used: the
// external-resizer of the CSI driver has it done.
// Where the real one differs: the driver takes all parameters; how a volume fares with them is not
// simulated.
// Upstream: github.com/kubernetes-csi/external-resizer/pkg/modifycontroller.
import {
  csiDrivers,
  persistentVolumeClaims,
  persistentVolumes,
  volumeAttributesClasses,
} from '../../api/extension-refs';
import type {
  CSIDriver,
  PersistentVolume,
  PersistentVolumeClaim,
  VolumeAttributesClass,
} from '../../api/extension-types';
import { objectKey } from '../../api/object';
import { formatTime } from '../../api/time';
import { isFullyBound } from '../../api/volume-binding';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';

const MODIFY_MS = 1_500;
const CONDITIONS: readonly string[] = ['ModifyingVolume', 'ModifyVolumeError'];

/** The external-resizer of every CSI driver, as far as attributes go. */
export const csiModifier: Controller = {
  name: 'csi-modifier',
  eventSource: 'external-resizer',
  workers: 4,
  start: (context) => new ModifierLoop(context),
};

interface Work {
  readonly className: string;
  readonly doneAtMs: number;
}

class ModifierLoop implements ControllerLoop {
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly drivers: Informer<CSIDriver>;
  private readonly classes: Informer<VolumeAttributesClass>;
  /** What is being done to the volume of a claim, by the claim's uid. */
  private readonly work = new Map<string, Work>();

  constructor(private readonly context: ControllerContext) {
    const consider = (claim: PersistentVolumeClaim): void => {
      if (isToModify(claim)) context.enqueue(objectKey(claim));
    };
    this.claims = context.watch(persistentVolumeClaims, {
      added: consider,
      updated: consider,
      deleted: ({ metadata }) => this.work.delete(metadata.uid),
    });
    this.claims.addIndex('attributes', ({ spec }) =>
      spec.volumeAttributesClassName ? [spec.volumeAttributesClassName] : [],
    );
    this.volumes = context.informer(persistentVolumes);
    this.drivers = context.informer(csiDrivers);
    this.classes = context.watch(volumeAttributesClasses, {
      added: ({ metadata }) => {
        for (const claim of this.claims.byIndex('attributes', metadata.name)) consider(claim);
      },
    });
  }

  reconcile(key: string): number | void {
    const claim = this.claims.get(key);
    if (!claim || !isToModify(claim)) return undefined;
    const volume = this.volumes.get(claim.spec.volumeName!);
    const driver = volume?.spec.csi?.driver;
    if (!volume || !driver || !this.drivers.get(driver)) return undefined;
    const className = claim.spec.volumeAttributesClassName!;
    if (!this.classes.get(className)) {
      this.tellMissing(claim, className);
      return undefined;
    }
    const { nowMs } = this.context.sim.clock;
    const { uid } = claim.metadata;
    const work = this.work.get(uid);
    if (work?.className !== className) {
      this.begin(claim, className);
      this.work.set(uid, { className, doneAtMs: nowMs + MODIFY_MS });
      return MODIFY_MS;
    }
    if (work.doneAtMs > nowMs) return work.doneAtMs - nowMs;
    this.finish(claim, volume, className);
    this.work.delete(uid);
    return undefined;
  }

  private tellMissing(claim: PersistentVolumeClaim, className: string): void {
    if (claim.status.modifyVolumeStatus?.status === 'Pending') return;
    const { recorder } = this.context;
    const message = `VAC ${className} does not exist.`;
    recorder.event(claim, 'Warning', 'VolumeModifyFailed', message);
    const modifyVolumeStatus = { ...claim.status.modifyVolumeStatus, status: 'Pending' };
    const status = { ...claim.status, modifyVolumeStatus };
    this.write(claim, status);
  }

  private begin(claim: PersistentVolumeClaim, className: string): void {
    const { recorder, sim } = this.context;
    const lastTransitionTime = formatTime(sim.clock.activityMs);
    const message = 'ModifyVolume operation in progress.';
    const times = { lastProbeTime: null, lastTransitionTime };
    const condition = { type: 'ModifyingVolume', status: 'True', ...times, message };
    const status = {
      ...claim.status,
      modifyVolumeStatus: { targetVolumeAttributesClassName: className, status: 'InProgress' },
      conditions: [...otherConditions(claim), condition],
    };
    this.write(claim, status);
    const subject = `volume ${claim.metadata.name} with vac ${className}`;
    const text = `external resizer is modifying ${subject}`;
    recorder.event(claim, 'Normal', 'VolumeModify', text);
  }

  /** The volume is told first, so that it is never behind its claim. */
  private finish(claim: PersistentVolumeClaim, volume: PersistentVolume, className: string): void {
    const { client, recorder } = this.context;
    const spec = { ...volume.spec, volumeAttributesClassName: className };
    client.update(persistentVolumes, { ...volume, spec });
    const { modifyVolumeStatus: _done, conditions: _all, ...others } = claim.status;
    const conditions = otherConditions(claim);
    const status = {
      ...others,
      currentVolumeAttributesClassName: className,
      ...(conditions.length > 0 && { conditions }),
    };
    this.write(claim, status);
    const subject = `volume ${claim.metadata.name} with vac ${className}`;
    const text = `external resizer modified ${subject} successfully`;
    recorder.event(claim, 'Normal', 'VolumeModifySuccessful', text);
  }

  private write(claim: PersistentVolumeClaim, status: object): void {
    this.context.client.updateStatus(persistentVolumeClaims, { ...claim, status } as never);
  }
}

function otherConditions({ status }: PersistentVolumeClaim) {
  return (status.conditions ?? []).filter(({ type }) => !CONDITIONS.includes(type));
}

function isToModify(claim: PersistentVolumeClaim): boolean {
  const { spec, status } = claim;
  const wanted = spec.volumeAttributesClassName;
  if (!wanted || wanted === status.currentVolumeAttributesClassName) return false;
  return isFullyBound(claim) && status.phase === 'Bound';
}
