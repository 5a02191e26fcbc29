// Environment variables and where they come from.
// Upstream: ValidateEnv, ValidateEnvFrom in pkg/apis/core/validation/validation.go.
import { acceptOnce } from '../../accept-once';
import type { FieldErrors } from '../../../api/field-errors';
import { asPrefix, configMapKey, dnsSubdomain, envVarName } from '../../../api/names';
import type { EnvFromSource, EnvVar } from '../../../api/types';
import { validateFieldRef, validateResourceFieldRef } from './downward-api-validation';

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const NO_SOURCE =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or ' +
  '`fileKeyRef`';
const TOO_MANY = 'may not have more than one field specified at a time';

type Source = NonNullable<EnvVar['valueFrom']>;

export const validateEnv = acceptOnce<EnvVar[]>((variables, path, errors) => {
  variables.forEach(({ name, value, valueFrom }, index) => {
    const at = `${path}[${index}]`;
    if (!name) errors.required(`${at}.name`);
    else errors.invalidEach(`${at}.name`, name, envVarName(name));
    if (valueFrom) validateSource(valueFrom, value, `${at}.valueFrom`, errors);
  });
});

export const validateEnvFrom = acceptOnce<EnvFromSource[]>((sources, path, errors) => {
  sources.forEach(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`;
    if (prefix) errors.invalidEach(`${at}.prefix`, prefix, envVarName(prefix));
    if (configMapRef) validateObjectName(configMapRef.name, `${at}.configMapRef`, errors);
    if (secretRef) validateObjectName(secretRef.name, `${at}.secretRef`, errors);
    if (!configMapRef && !secretRef) {
      errors.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`');
    } else if (configMapRef && secretRef) errors.invalid(path, '', TOO_MANY);
  });
});

function validateSource(
  source: Source,
  value: string | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef) validateFieldRef(fieldRef, ENV_FIELDS, `${path}.fieldRef`, errors);
  if (resourceFieldRef) {
    validateResourceFieldRef(resourceFieldRef, false, `${path}.resourceFieldRef`, errors);
  }
  if (configMapKeyRef) validateKey(configMapKeyRef, `${path}.configMapKeyRef`, errors);
  if (secretKeyRef) validateKey(secretKeyRef, `${path}.secretKeyRef`, errors);
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef];
  const count = sources.filter((each) => each != null).length;
  if (count === 0) errors.invalid(path, '', NO_SOURCE);
  else if (value) errors.invalid(path, '', 'may not be specified when `value` is not empty');
  else if (count > 1) errors.invalid(path, '', TOO_MANY);
}

function validateKey(
  { name, key }: { name?: string; key: string },
  path: string,
  errors: FieldErrors,
): void {
  errors.invalidEach(`${path}.name`, name ?? '', dnsSubdomain(name ?? ''));
  if (!key) errors.required(`${path}.key`);
  else errors.invalidEach(`${path}.key`, key, configMapKey(key));
}

/** Ending in '-' passes here: the real server checks this name as if more was to follow. */
const namePrefix = asPrefix(dnsSubdomain);

function validateObjectName(name: string | undefined, path: string, errors: FieldErrors): void {
  if (!name) errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, name, namePrefix(name));
}
