// What the binder's steps share: its caches, with its own writes counted in, and those writes.
import { deepEqual } from '../../api/deep-equal';
import { persistentVolumeClaims, persistentVolumes } from '../../api/extension-refs';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../api/extension-types';
import type { Pod } from '../../api/types';
import type { EventType } from '../../client/event-recorder';
import type { Informer } from '../../client/informer';
import { NewestObjects } from '../../client/newest-objects';
import type { ControllerContext } from '../controller';

/** Prefixes of the keys in the binder's one queue. */
export const CLAIM_KEY = 'claim:';
export const VOLUME_KEY = 'volume:';
/** Volumes whose deletion or recycling is done by then. */
export const RECLAIM_KEY = 'reclaim:';

type VolumePhase = NonNullable<PersistentVolume['status']['phase']>;
type ClaimPhase = NonNullable<PersistentVolumeClaim['status']['phase']>;

/** What is told together with a new phase. */
export interface PhaseEvent {
  readonly type: EventType;
  readonly reason: string;
  readonly message: string;
}

export class BinderState {
  readonly claims: NewestObjects<PersistentVolumeClaim>;
  readonly volumes: NewestObjects<PersistentVolume>;
  /** True while the next look at everything is planned. */
  isResyncing = false;

  constructor(
    readonly context: ControllerContext,
    claims: Informer<PersistentVolumeClaim>,
    volumes: Informer<PersistentVolume>,
    readonly classes: Informer<StorageClass>,
    private readonly pods: Informer<Pod>,
  ) {
    this.claims = new NewestObjects(claims);
    this.volumes = new NewestObjects(volumes);
  }

  /** Pods whose volumes stand for the claim. */
  podsWith({ metadata }: PersistentVolumeClaim): Iterable<Pod> {
    return this.pods.byIndex('claims', `${metadata.namespace}/${metadata.name}`);
  }

  updateVolume(volume: PersistentVolume): PersistentVolume {
    return this.volumes.wrote(this.context.client.update(persistentVolumes, volume));
  }

  updateClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
    return this.claims.wrote(this.context.client.update(persistentVolumeClaims, claim));
  }

  /** The Event is told only when the phase changes. */
  setVolumePhase(
    volume: PersistentVolume,
    phase: VolumePhase,
    message = '',
    event?: PhaseEvent,
  ): PersistentVolume {
    if (volume.status.phase === phase) return volume;
    const { message: _old, ...others } = volume.status;
    const status = { ...others, phase, ...(message && { message }) };
    const updated = this.volumes.wrote(
      this.context.client.updateStatus(persistentVolumes, { ...volume, status }),
    );
    if (event) this.context.recorder.event(updated, event.type, event.reason, event.message);
    return updated;
  }

  /** `volume` is what the claim is bound to; what it has of it shows in its status. */
  setClaimPhase(
    claim: PersistentVolumeClaim,
    phase: ClaimPhase,
    volume?: PersistentVolume,
    event?: PhaseEvent,
  ): PersistentVolumeClaim {
    const status = claimStatus(claim, phase, volume);
    if (deepEqual(status, claim.status)) return claim;
    const isNews = claim.status.phase !== phase;
    const updated = this.claims.wrote(
      this.context.client.updateStatus(persistentVolumeClaims, { ...claim, status }),
    );
    if (event && isNews) {
      this.context.recorder.event(updated, event.type, event.reason, event.message);
    }
    return updated;
  }
}

function claimStatus(
  { status }: PersistentVolumeClaim,
  phase: ClaimPhase,
  volume: PersistentVolume | undefined,
): PersistentVolumeClaim['status'] {
  if (!volume) {
    const { accessModes: _modes, capacity: _capacity, ...others } = status;
    return { ...others, phase };
  }
  const next = { ...status, phase, accessModes: volume.spec.accessModes };
  // Later the claim's own size may differ from its volume's, while a file system is resized.
  if (status.phase !== phase) next.capacity = volume.spec.capacity;
  const { volumeAttributesClassName } = volume.spec;
  if (volumeAttributesClassName) next.currentVolumeAttributesClassName = volumeAttributesClassName;
  return next;
}
