// The volumes of a pod and the common sources in depth.
// Upstream: ValidateVolumes, validateVolumeSource in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { dnsLabel, dnsSubdomain } from '../../../api/names';
import { parseQuantity, quantityError } from '../../../api/quantity';
import type { Volume } from '../../../api/types';
import { validateFileMode, validateKeyToPath, validateNoBacksteps } from './path-validation';
import { validateDownwardItem, validateProjected } from './projected-volume-validation';

/** Finds a volume by name among those in order. */
export type VolumeLookup = (name: string) => Volume | undefined;

/** What a host path may be required to be. */
export const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

type Source<K extends keyof Volume> = NonNullable<Volume[K]>;

/** Checks names and sources; mounts of a volume that is in disorder find nothing. */
export function validateVolumes(
  volumes: readonly Volume[],
  path: string,
  errors: FieldErrors,
): VolumeLookup {
  let broken: Set<string> | undefined;
  for (let index = 0; index < volumes.length; index++) {
    const { name } = volumes[index];
    const before = errors.causes.length;
    validateVolume(volumes[index], path + '[' + index + ']', errors);
    if (isTaken(volumes, index)) errors.duplicate(path + '[' + index + '].name', name);
    if (errors.causes.length > before) (broken ??= new Set()).add(name);
  }
  return (name) => (broken?.has(name) ? undefined : volumes.find((volume) => volume.name === name));
}

function isTaken(volumes: readonly Volume[], index: number): boolean {
  for (let earlier = 0; earlier < index; earlier++) {
    if (volumes[earlier].name === volumes[index].name) return true;
  }
  return false;
}

function validateVolume(volume: Volume, path: string, errors: FieldErrors): void {
  let count = 0;
  for (const kind in volume) {
    if (kind === 'name' || volume[kind as keyof Volume] == null) continue;
    if (count++ > 0) {
      errors.forbidden(`${path}.${kind}`, 'may not specify more than 1 volume type');
    } else CHECKS[kind]?.(volume[kind as keyof Volume] as never, path + '.' + kind, errors);
  }
  if (count === 0) errors.required(path, 'must specify a volume type');
  const { name } = volume;
  if (!name) errors.required(path + '.name');
  else errors.invalidEach(path + '.name', name, dnsLabel(name));
}

type SourceCheck = (source: never, path: string, errors: FieldErrors) => void;

/** How a kind of source is checked that comes with the extension. */
export function addSourceCheck(kind: keyof Volume, check: SourceCheck): void {
  CHECKS[kind] = check;
}

/** By kind of source. Kinds not named here are taken as they are. */
const CHECKS: Record<string, SourceCheck> = {
  emptyDir: acceptOnce<Source<'emptyDir'>>(({ sizeLimit }, path, errors) => {
    if (sizeLimit === undefined) return;
    const isQuantity = quantityError(sizeLimit) === undefined;
    if (!isQuantity || parseQuantity(sizeLimit) < 0) {
      errors.forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity');
    }
  }),
  hostPath: acceptOnce<Source<'hostPath'>>(({ path: hostPath, type }, path, errors) => {
    if (!hostPath) {
      errors.required(`${path}.path`);
      return;
    }
    validateNoBacksteps(hostPath, `${path}.path`, errors);
    if (type != null && !HOST_PATH_TYPES.includes(type)) {
      errors.notSupported(`${path}.type`, type, HOST_PATH_TYPES);
    }
  }),
  secret: acceptOnce<Source<'secret'>>(({ secretName, defaultMode, items }, path, errors) => {
    if (!secretName) errors.required(`${path}.secretName`);
    validateFileMode(defaultMode, `${path}.defaultMode`, errors);
    items?.forEach((item, index) => validateKeyToPath(item, `${path}.items[${index}]`, errors));
  }),
  configMap: acceptOnce<Source<'configMap'>>(({ name, defaultMode, items }, path, errors) => {
    if (!name) errors.required(`${path}.name`);
    validateFileMode(defaultMode, `${path}.defaultMode`, errors);
    items?.forEach((item, index) => validateKeyToPath(item, `${path}.items[${index}]`, errors));
  }),
  downwardAPI: acceptOnce<Source<'downwardAPI'>>(({ defaultMode, items }, path, errors) => {
    validateFileMode(defaultMode, `${path}.defaultMode`, errors);
    items?.forEach((item) => validateDownwardItem(item, path, errors));
  }),
  projected: acceptOnce<Source<'projected'>>(validateProjected),
  persistentVolumeClaim: acceptOnce<Source<'persistentVolumeClaim'>>(
    ({ claimName }, path, errors) => {
      if (!claimName) errors.required(`${path}.claimName`);
    },
  ),
  nfs: acceptOnce<Source<'nfs'>>(({ server, path: exported }, path, errors) => {
    if (!server) errors.required(`${path}.server`);
    if (!exported) errors.required(`${path}.path`);
    if (!exported?.startsWith('/')) {
      errors.invalid(`${path}.path`, exported ?? '', 'must be an absolute path');
    }
  }),
  csi: acceptOnce<Source<'csi'>>(({ driver }, path, errors) => {
    if (!driver) errors.required(`${path}.driver`);
    else errors.invalidEach(`${path}.driver`, driver, dnsSubdomain(driver.toLowerCase()));
  }),
  image: acceptOnce<Source<'image'>>(({ pullPolicy }, path, errors) => {
    if (!pullPolicy) errors.required(`${path}.pullPolicy`);
    else if (!PULL_POLICIES.includes(pullPolicy)) {
      errors.notSupported(`${path}.pullPolicy`, pullPolicy, PULL_POLICIES);
    }
  }),
};
