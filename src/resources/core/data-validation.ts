// What ConfigMaps and Secrets may hold. Upstream: pkg/apis/core/validation/validation.go.
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import { configMapKey } from '../../api/names';
import type { ConfigMap, Secret } from '../../api/types';

const DATA_BYTES_MAX = 1024 * 1024;
const IMMUTABLE = 'field is immutable when `immutable` is set';
const REDACTED = '<secret contents redacted>';

export function validateConfigMap(configMap: ConfigMap, errors: FieldErrors): void {
  const { data = {}, binaryData = {} } = configMap;
  let total = 0;
  for (const key of Object.keys(data).sort()) {
    errors.invalidEach(`data[${key}]`, key, configMapKey(key));
    if (binaryData[key] !== undefined) {
      errors.invalid(`data[${key}]`, key, 'duplicate of key present in binaryData');
    }
    total += utf8Length(data[key]);
  }
  for (const key of Object.keys(binaryData).sort()) {
    errors.invalidEach(`binaryData[${key}]`, key, configMapKey(key));
    total += decodedLength(binaryData[key]);
  }
  if (total > DATA_BYTES_MAX) errors.tooLong('', DATA_BYTES_MAX);
}

export function validateConfigMapUpdate(
  next: ConfigMap,
  old: ConfigMap,
  errors: FieldErrors,
): void {
  if (!old.immutable) return;
  if (!next.immutable) errors.forbidden('immutable', IMMUTABLE);
  if (!deepEqual(next.data, old.data)) errors.forbidden('data', IMMUTABLE);
  if (!deepEqual(next.binaryData, old.binaryData)) errors.forbidden('binaryData', IMMUTABLE);
}

export function validateSecret(secret: Secret, errors: FieldErrors): void {
  const data = secret.data ?? {};
  let total = 0;
  for (const key of Object.keys(data).sort()) {
    errors.invalidEach(`data[${key}]`, key, configMapKey(key));
    total += decodedLength(data[key]);
  }
  if (total > DATA_BYTES_MAX) errors.tooLong('data', DATA_BYTES_MAX);
  validateSecretType(secret, data, errors);
}

export function validateSecretUpdate(next: Secret, old: Secret, errors: FieldErrors): void {
  if (next.type !== old.type) errors.invalid('type', next.type ?? '', 'field is immutable');
  if (!old.immutable) return;
  if (!next.immutable) errors.forbidden('immutable', IMMUTABLE);
  if (!deepEqual(next.data, old.data)) errors.forbidden('data', IMMUTABLE);
}

function validateSecretType(
  secret: Secret,
  data: Readonly<Record<string, string>>,
  errors: FieldErrors,
): void {
  const has = (key: string): boolean => data[key] !== undefined;
  const require = (key: string): void => {
    if (!has(key)) errors.required(`data[${key}]`);
  };
  switch (secret.type) {
    case 'kubernetes.io/service-account-token':
      if (!secret.metadata.annotations?.['kubernetes.io/service-account.name']) {
        errors.required('metadata.annotations[kubernetes.io/service-account.name]');
      }
      break;
    case 'kubernetes.io/basic-auth':
      if (!has('username') && !has('password')) {
        require('username');
        require('password');
      }
      break;
    case 'kubernetes.io/ssh-auth':
      if (!data['ssh-privatekey']) errors.required('data[ssh-privatekey]');
      break;
    case 'kubernetes.io/tls':
      require('tls.crt');
      require('tls.key');
      break;
    case 'kubernetes.io/dockercfg':
      validateJson('.dockercfg', data, errors);
      break;
    case 'kubernetes.io/dockerconfigjson':
      validateJson('.dockerconfigjson', data, errors);
      break;
  }
}

/** The real server adds what its JSON parser says of the text; ours says it its own way. */
function validateJson(
  key: string,
  data: Readonly<Record<string, string>>,
  errors: FieldErrors,
): void {
  if (data[key] === undefined) {
    errors.required(`data[${key}]`);
    return;
  }
  try {
    JSON.parse(atob(data[key]));
  } catch {
    errors.invalid(`data[${key}]`, REDACTED, 'invalid character in JSON');
  }
}

function utf8Length(text: string): number {
  return text.length < 1024 ? text.length : new TextEncoder().encode(text).length;
}

function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
