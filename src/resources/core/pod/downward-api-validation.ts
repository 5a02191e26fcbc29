// References to fields and resources of the pod itself.
// Upstream: validateObjectFieldSelector, validateContainerResourceFieldSelector in
// pkg/apis/core/validation/validation.go, ConvertDownwardAPIFieldLabel in pkg/apis/core/pods.
import type { FieldErrors } from '../../../api/field-errors';
import { qualifiedName } from '../../../api/names';
import { canonicalQuantity, quantityError } from '../../../api/quantity';

const KNOWN_FIELDS = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);
const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const HUGE_PAGES = /^(requests|limits)\.hugepages-/;
const CPU_DIVISORS = ['1m', '1'];
const BYTE_DIVISORS = [
  '1',
  '1k',
  '1M',
  '1G',
  '1T',
  '1P',
  '1E',
  '1Ki',
  '1Mi',
  '1Gi',
  '1Ti',
  '1Pi',
  '1Ei',
];

export function validateFieldRef(
  { apiVersion, fieldPath }: { apiVersion?: string; fieldPath: string },
  allowed: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (!apiVersion) {
    errors.required(`${path}.apiVersion`);
    return;
  }
  if (!fieldPath) {
    errors.required(`${path}.fieldPath`);
    return;
  }
  const subscripted = /^(.*)\['(.*)'\]$/.exec(fieldPath);
  const field = subscripted
    ? subscripted[1]
    : fieldPath === 'spec.host'
      ? 'spec.nodeName'
      : fieldPath;
  const hasSubscripts = field === 'metadata.annotations' || field === 'metadata.labels';
  const isKnown = subscripted ? hasSubscripts : KNOWN_FIELDS.has(field);
  if (apiVersion !== 'v1' || !isKnown) {
    const problem =
      apiVersion === 'v1'
        ? `field label not supported: ${fieldPath}`
        : `unsupported pod version: ${apiVersion}`;
    errors.invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${problem}`);
  } else if (subscripted) {
    const key = subscripted[2];
    const checked = field === 'metadata.annotations' ? key.toLowerCase() : key;
    errors.invalidEach(path, checked, qualifiedName(checked));
  } else if (!allowed.includes(field)) {
    errors.notSupported(`${path}.fieldPath`, field, allowed);
  }
}

export function validateResourceFieldRef(
  reference: { containerName?: string; resource: string; divisor?: string | number },
  inVolume: boolean,
  path: string,
  errors: FieldErrors,
): void {
  const { containerName, resource, divisor } = reference;
  if (inVolume && !containerName) errors.required(`${path}.containerName`);
  else if (!resource) errors.required(`${path}.resource`);
  else if (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource)) {
    errors.notSupported(`${path}.resource`, resource, RESOURCES);
  }
  if (divisor === undefined || quantityError(divisor) !== undefined) return;
  validateDivisor(resource, canonicalQuantity(divisor), `${path}.divisor`, errors);
}

function validateDivisor(
  resource: string,
  divisor: string,
  path: string,
  errors: FieldErrors,
): void {
  if (divisor === '0') return;
  const kind = resource.slice(resource.indexOf('.') + 1);
  if (kind === 'cpu') {
    if (CPU_DIVISORS.includes(divisor)) return;
    const why = "only divisor's values 1m and 1 are supported with the cpu resource";
    errors.invalid(path, resource, why);
    return;
  }
  if (BYTE_DIVISORS.includes(divisor)) return;
  const what =
    kind === 'memory'
      ? 'memory'
      : kind === 'ephemeral-storage'
        ? 'local ephemeral storage'
        : HUGE_PAGES.test(resource)
          ? 'hugepages'
          : undefined;
  if (what === undefined) return;
  const list = BYTE_DIVISORS.join(', ');
  errors.invalid(
    path,
    resource,
    `only divisor's values ${list} are supported with the ${what} resource`,
  );
}
