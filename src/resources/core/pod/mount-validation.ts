// Mounts of volumes and block devices into a container.
// Upstream: ValidateVolumeMounts, ValidateVolumeDevices in pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import type { Container, VolumeMount } from '../../../api/types';
import { validateLocalPath } from './path-validation';
import type { VolumeLookup } from './volume-validation';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible'];

/** Every mount needs its volume, and a path that no other mount of the container has. */
export function validateMounts(
  container: Container,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const mounts = container.volumeMounts ?? [];
  for (let index = 0; index < mounts.length; index++) {
    validateMount(container, mounts, index, volumes, path + '.volumeMounts', errors);
  }
  if (container.volumeDevices) validateDevices(container, volumes, path + '.volumeDevices', errors);
}

function validateMount(
  container: Container,
  mounts: readonly VolumeMount[],
  index: number,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const mount = mounts[index];
  const { name, mountPath, subPath, subPathExpr } = mount;
  const at = path + '[' + index + ']';
  if (!name) errors.required(at + '.name');
  const volume = volumes(name);
  if (!volume) errors.notFound(at + '.name', name ?? '');
  if (!mountPath) errors.required(at + '.mountPath');
  for (let earlier = 0; earlier < index; earlier++) {
    if (mounts[earlier].mountPath !== mountPath) continue;
    errors.invalid(at + '.mountPath', mountPath, 'must be unique');
    break;
  }
  if (container.volumeDevices?.some((device) => device.name === name)) {
    errors.invalid(at + '.name', name, 'must not already exist in volumeDevices');
  }
  if (container.volumeDevices?.some((device) => device.devicePath === mountPath)) {
    const why = 'must not already exist as a path in volumeDevices';
    errors.invalid(at + '.mountPath', mountPath, why);
  }
  if (subPath) validateLocalPath(subPath, path + '.subPath', errors);
  if (subPathExpr) {
    if (subPath) {
      const why = 'subPathExpr and subPath are mutually exclusive';
      errors.invalid(at + '.subPathExpr', subPathExpr, why);
    }
    validateLocalPath(subPathExpr, path + '.subPathExpr', errors);
  }
  if (mount.mountPropagation != null || mount.recursiveReadOnly != null) {
    validatePropagation(container, mount, path, errors);
  }
}

function validatePropagation(
  { securityContext }: Container,
  { mountPropagation, recursiveReadOnly, readOnly }: VolumeMount,
  path: string,
  errors: FieldErrors,
): void {
  if (mountPropagation != null) {
    const at = path + '.mountPropagation';
    if (!PROPAGATIONS.includes(mountPropagation)) {
      errors.notSupported(at, mountPropagation, PROPAGATIONS);
    }
    if (mountPropagation === 'Bidirectional' && !securityContext?.privileged) {
      const why = 'Bidirectional mount propagation is available only to privileged containers';
      errors.forbidden(at, why);
    }
  }
  if (recursiveReadOnly == null || recursiveReadOnly === 'Disabled') return;
  const at = path + '.recursiveReadOnly';
  if (!RECURSIVE.includes(recursiveReadOnly)) {
    errors.notSupported(at, recursiveReadOnly, RECURSIVE);
    return;
  }
  if (!readOnly) errors.forbidden(at, 'may only be specified when readOnly is true');
  if (mountPropagation != null && mountPropagation !== 'None') {
    errors.forbidden(at, 'may only be specified when mountPropagation is None or not specified');
  }
}

function validateDevices(
  { volumeDevices = [], volumeMounts = [] }: Container,
  volumes: VolumeLookup,
  path: string,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  volumeDevices.forEach(({ name, devicePath }, index) => {
    const at = path + '[' + index + ']';
    const volume = volumes(name);
    if (!name) errors.required(at + '.name');
    if (names.has(name)) errors.invalid(at + '.name', name, 'must be unique');
    if (!volume) errors.notFound(at + '.name', name ?? '');
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      const why =
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.invalid(at + '.name', name, why);
    }
    if (!devicePath) errors.required(at + '.devicePath');
    if (paths.has(devicePath)) errors.invalid(at + '.devicePath', devicePath, 'must be unique');
    if (devicePath?.split('/').includes('..')) {
      errors.invalid(at + '.devicePath', devicePath, "can not contain backsteps ('..')");
    } else paths.add(devicePath);
    if (volumeMounts.some((mount) => mount.name === name)) {
      errors.invalid(at + '.name', name, 'must not already exist in volumeMounts');
    }
    if (volumeMounts.some((mount) => mount.mountPath === devicePath)) {
      const why = 'must not already exist as a path in volumeMounts';
      errors.invalid(at + '.devicePath', devicePath, why);
    }
    if (name) names.add(name);
  });
}
