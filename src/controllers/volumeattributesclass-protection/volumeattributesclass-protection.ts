// Lets a VolumeAttributesClass that is being deleted go when no volume has it and no claim names
// it, has it, or is on the way to it.
// Upstream: pkg/controller/volume/vacprotection/vac_protection_controller.go.
import {
  persistentVolumeClaims,
  persistentVolumes,
  volumeAttributesClasses,
} from '../../api/extension-refs';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  VolumeAttributesClass,
} from '../../api/extension-types';
import type { Controller } from '../controller';
import { candidateFor, withFinalizer, withoutFinalizer } from '../protection-finalizer';

const FINALIZER = 'kubernetes.io/vac-protection';
const INDEX = 'attributes classes';

export const volumeAttributesClassProtectionController: Controller = {
  name: 'volumeattributesclass-protection',
  eventSource: 'volumeattributesclass-protection-controller',
  workers: 1,
  start(context) {
    const consider = (each: VolumeAttributesClass): void => {
      if (candidateFor(each, FINALIZER)) context.enqueue(each.metadata.name);
    };
    const classes = context.watch(volumeAttributesClasses, { added: consider, updated: consider });
    const left = (before: readonly string[], now: readonly string[]): void => {
      for (const name of before) if (!now.includes(name)) context.enqueue(name);
    };
    const claims = context.watch(persistentVolumeClaims, {
      updated: (claim, old) => left(classesOfClaim(old), classesOfClaim(claim)),
      deleted: (claim) => left(classesOfClaim(claim), NONE),
    });
    const volumes = context.watch(persistentVolumes, {
      updated: (volume, old) => left(classesOfVolume(old), classesOfVolume(volume)),
      deleted: (volume) => left(classesOfVolume(volume), NONE),
    });
    claims.addIndex(INDEX, classesOfClaim);
    volumes.addIndex(INDEX, classesOfVolume);
    const isUsed = (name: string): boolean =>
      [...claims.byIndex(INDEX, name)].length + [...volumes.byIndex(INDEX, name)].length > 0;
    return {
      reconcile(name) {
        const each = classes.get(name);
        const step = each && candidateFor(each, FINALIZER);
        if (!each || !step) return;
        if (step === 'add') {
          context.client.update(volumeAttributesClasses, withFinalizer(each, FINALIZER));
        } else if (!isUsed(name)) {
          context.client.update(volumeAttributesClasses, withoutFinalizer(each, FINALIZER));
        }
      },
    };
  },
};

const NONE: readonly string[] = [];

function classesOfClaim({ spec, status }: PersistentVolumeClaim): readonly string[] {
  const wanted = spec.volumeAttributesClassName;
  const current = status?.currentVolumeAttributesClassName;
  const target = status?.modifyVolumeStatus?.targetVolumeAttributesClassName;
  if (!wanted && !current && !target) return NONE;
  return [...new Set([wanted, current, target])].filter((name): name is string => !!name);
}

function classesOfVolume({ spec }: PersistentVolume): readonly string[] {
  return spec.volumeAttributesClassName ? [spec.volumeAttributesClassName] : NONE;
}
