// Volumes that bring several sources together, and files made of the pod's own fields.
// Upstream: validateProjectedVolumeSource, validateDownwardAPIVolumeFile in
// pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import type { Volume } from '../../../api/types';
import { validateFieldRef, validateResourceFieldRef } from './downward-api-validation';
import {
  validateFileMode,
  validateKeyToPath,
  validateLocalNonReservedPath,
  type KeyToPath,
} from './path-validation';

type Projected = NonNullable<Volume['projected']>;
type Projection = NonNullable<Projected['sources']>[number];
type DownwardItem = NonNullable<NonNullable<Volume['downwardAPI']>['items']>[number];

const FILE_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 2 ** 32;

export function validateProjected(
  { defaultMode, sources }: Projected,
  path: string,
  errors: FieldErrors,
): void {
  validateFileMode(defaultMode, `${path}.defaultMode`, errors);
  const files = new Set<string>();
  sources?.forEach((source, index) => {
    validateProjection(source, path, `${path}.sources[${index}]`, files, errors);
  });
}

export function validateDownwardItem(item: DownwardItem, path: string, errors: FieldErrors): void {
  if (!item.path) errors.required(`${path}.path`);
  validateLocalNonReservedPath(item.path ?? '', `${path}.path`, errors);
  if (item.fieldRef) {
    validateFieldRef(item.fieldRef, FILE_FIELDS, `${path}.fieldRef`, errors);
    if (item.resourceFieldRef) {
      const why = 'fieldRef and resourceFieldRef can not be specified simultaneously';
      errors.invalid(path, 'resource', why);
    }
  } else if (item.resourceFieldRef) {
    validateResourceFieldRef(item.resourceFieldRef, true, `${path}.resourceFieldRef`, errors);
  } else errors.required(path, 'one of fieldRef and resourceFieldRef is required');
  validateFileMode(item.mode, `${path}.mode`, errors);
}

function validateProjection(
  { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle }: Projection,
  volumePath: string,
  path: string,
  files: Set<string>,
  errors: FieldErrors,
): void {
  const claim = (file: string, owner: string): void => {
    if (!file) return;
    if (files.has(file)) errors.invalid(volumePath, owner, 'conflicting duplicate paths');
    files.add(file);
  };
  const keys = (name: string | undefined, items: readonly KeyToPath[], at: string): void => {
    if (!name) errors.required(`${at}.name`);
    items.forEach((item, index) => {
      validateKeyToPath(item, `${at}.items[${index}]`, errors);
      claim(item.path, name ?? '');
    });
  };
  if (secret) keys(secret.name, secret.items ?? [], `${path}.secret`);
  if (configMap) keys(configMap.name, configMap.items ?? [], `${path}.configMap`);
  downwardAPI?.items?.forEach((item) => {
    validateDownwardItem(item, `${path}.downwardAPI`, errors);
    claim(item.path, item.path);
  });
  if (serviceAccountToken) {
    const { expirationSeconds = 3600, path: file } = serviceAccountToken;
    const at = `${path}.serviceAccountToken.expirationSeconds`;
    if (expirationSeconds < TOKEN_SECONDS_MIN) {
      errors.invalid(at, expirationSeconds, 'may not specify a duration less than 10 minutes');
    }
    if (expirationSeconds > TOKEN_SECONDS_MAX) {
      errors.invalid(at, expirationSeconds, 'may not specify a duration larger than 2^32 seconds');
    }
    if (!file) errors.required(`${volumePath}.path`);
    else validateLocalNonReservedPath(file, `${volumePath}.path`, errors);
  }
  const sources = [secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle];
  if (sources.filter((each) => each != null).length > 1) {
    errors.forbidden(path, 'may not specify more than 1 volume type per source');
  }
}
