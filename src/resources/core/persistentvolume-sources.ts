// What a PersistentVolume may stand for, in the order in which the real server looks.
// Upstream: ValidatePersistentVolumeSpec and what it calls in pkg/apis/core/validation.
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel, dnsSubdomain, inRange } from '../../api/names';
import { HOST_PATH_TYPES } from './pod/volume-validation';
import { validateNoBacksteps } from './pod/path-validation';

type Source = Readonly<Record<string, unknown>>;
type Check = (source: Source, path: string, errors: FieldErrors) => void;

/** Each kind of source, and how it is checked. */
export const VOLUME_SOURCES: readonly (readonly [kind: string, check: Check])[] = [
  [
    'hostPath',
    (source, path, errors) => {
      if (!source.path) {
        errors.required(`${path}.path`);
        return;
      }
      validateNoBacksteps(text(source.path), `${path}.path`, errors);
      const { type } = source;
      if (type != null && !HOST_PATH_TYPES.includes(text(type))) {
        errors.notSupported(`${path}.type`, type, HOST_PATH_TYPES);
      }
    },
  ],
  ['gcePersistentDisk', disk('pdName')],
  ['awsElasticBlockStore', disk('volumeID')],
  ['glusterfs', needs('endpoints', 'path')],
  ['flocker', needsOne('datasetName', 'datasetUUID')],
  [
    'nfs',
    (source, path, errors) => {
      needs('server', 'path')(source, path, errors);
      if (!text(source.path).startsWith('/')) {
        errors.invalid(`${path}.path`, source.path ?? '', 'must be an absolute path');
      }
    },
  ],
  ['rbd', needs('monitors', 'image')],
  ['quobyte', needs('registry', 'volume')],
  ['cephfs', needs('monitors')],
  ['iscsi', validateIscsi],
  ['cinder', needs('volumeID')],
  ['fc', validateFibreChannel],
  ['flexVolume', needs('driver')],
  ['azureFile', needs('secretName', 'shareName')],
  ['vsphereVolume', needs('volumePath')],
  ['photonPersistentDisk', needs('pdID')],
  ['portworxVolume', needs('volumeID')],
  ['azureDisk', needs('diskName', 'diskURI')],
  ['scaleIO', needs('gateway', 'system', 'volumeName')],
  [
    'local',
    (source, path, errors) => {
      if (source.path) validateNoBacksteps(text(source.path), `${path}.path`, errors);
      else errors.required(`${path}.path`);
    },
  ],
  ['storageos', needs('volumeName')],
  [
    'csi',
    (source, path, errors) => {
      validateDriverName(text(source.driver), `${path}.driver`, errors);
      if (!source.volumeHandle) errors.required(`${path}.volumeHandle`);
      for (const field of CSI_SECRETS) {
        const secret = source[field] as { name?: string; namespace?: string } | undefined;
        if (secret) validateSecretReference(secret, `${path}.${field}`, errors);
      }
    },
  ],
];

const CSI_SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
];

/** The name of a CSI driver: a short domain name, in capitals or not. */
export function validateDriverName(name: string, path: string, errors: FieldErrors): void {
  if (!name) errors.required(path);
  if (name.length > 63) errors.tooLong(path, 63);
  errors.invalidEach(path, name, dnsSubdomain(name.toLowerCase()));
}

function validateSecretReference(
  { name, namespace }: { name?: string; namespace?: string },
  path: string,
  errors: FieldErrors,
): void {
  if (!name) errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, name, dnsSubdomain(name));
  if (!namespace) errors.required(`${path}.namespace`);
  else errors.invalidEach(`${path}.namespace`, namespace, dnsLabel(namespace));
}

function needs(...fields: readonly string[]): Check {
  return (source, path, errors) => {
    for (const field of fields) if (isEmpty(source[field])) errors.required(`${path}.${field}`);
  };
}

function needsOne(first: string, second: string): Check {
  return (source, path, errors) => {
    if (source[first] || source[second]) return;
    errors.required(path, `one of ${first} and ${second} is required`);
  };
}

function disk(idField: string): Check {
  return (source, path, errors) => {
    if (!source[idField]) errors.required(`${path}.${idField}`);
    const partition = (source.partition ?? 0) as number;
    errors.invalidEach(`${path}.partition`, partition, inRange(partition, 0, 255));
  };
}

function validateIscsi(source: Source, path: string, errors: FieldErrors): void {
  if (!source.targetPortal) errors.required(`${path}.targetPortal`);
  const iqn = text(source.iqn);
  if (!iqn) errors.required(`${path}.iqn`);
  else if (!/^(iqn|eui|naa)/.test(iqn)) {
    errors.invalid(`${path}.iqn`, iqn, 'must be valid format starting with iqn, eui, or naa');
  }
  const lun = (source.lun ?? 0) as number;
  errors.invalidEach(`${path}.lun`, lun, inRange(lun, 0, 255));
  const needsSecret = source.chapAuthDiscovery || source.chapAuthSession;
  if (needsSecret && !source.secretRef) errors.required(`${path}.secretRef`);
}

function validateFibreChannel(source: Source, path: string, errors: FieldErrors): void {
  const names = (source.targetWWNs ?? []) as string[];
  const ids = (source.wwids ?? []) as string[];
  const at = `${path}.targetWWNs`;
  if (names.length === 0 && ids.length === 0) {
    errors.required(at, 'must specify either targetWWNs or wwids, but not both');
  }
  if (names.length > 0 && ids.length > 0) {
    errors.invalid(at, names, 'targetWWNs and wwids can not be specified simultaneously');
  }
  if (names.length === 0) return;
  if (source.lun == null)
    errors.required(`${path}.lun`, 'lun is required if targetWWNs is specified');
  else errors.invalidEach(`${path}.lun`, source.lun, inRange(source.lun as number, 0, 255));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : !value;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
