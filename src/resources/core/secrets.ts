// Secrets. Upstream: pkg/registry/core/secret/strategy.go, pkg/apis/core/validation.
import { secrets } from '../../api/resource-ref';
import type { Secret } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { validateSecret, validateSecretUpdate } from './data-validation';

const TLS_PARTS = [
  ['tls.crt', 'certificate'],
  ['tls.key', 'key'],
] as const;

export const secretDefinition: ResourceDefinition<Secret> = {
  ref: secrets,
  singular: 'secret',
  listKind: 'SecretList',
  selectableFields: { type: ({ type }) => type ?? '' },
  applyDefaults(secret) {
    secret.type ||= 'Opaque';
    return secret.stringData ? withEncodedStrings(secret) : secret;
  },
  validate: validateSecret,
  validateUpdate: validateSecretUpdate,
  warn(secret, _old, warnings) {
    if (secret.type !== 'kubernetes.io/tls') return;
    for (const [key, what] of TLS_PARTS) {
      if (hasPem(secret.data?.[key] ?? '')) continue;
      warnings.push(`tls: failed to find any PEM data in ${what} input`);
      return;
    }
  },
  columns: [
    nameColumn,
    column(
      'Type',
      'string',
      'Used to facilitate programmatic handling of secret data. More info: ' +
        'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
      ({ type }) => type ?? '',
    ),
    column(
      'Data',
      'string',
      'Data contains the secret data. Each key must consist of alphanumeric characters, ' +
        "'-', '_' or '.'. The serialized form of the secret data is a base64 encoded string, " +
        'representing the arbitrary (possibly non-string) data value here. Described in ' +
        'https://tools.ietf.org/html/rfc4648#section-4',
      ({ data }) => Object.keys(data ?? {}).length,
    ),
    ageColumn,
  ],
};

/** The real server goes on to compare certificate and key; whether there are any is all we see. */
function hasPem(base64Text: string): boolean {
  try {
    return /-----BEGIN [^]*-----END /.test(atob(base64Text));
  } catch {
    return false;
  }
}

/** stringData is write-only: it ends up in data, encoded. */
function withEncodedStrings({ stringData, ...secret }: Secret): Secret {
  const data = { ...secret.data };
  for (const [key, text] of Object.entries(stringData ?? {})) data[key] = base64(text);
  return { ...secret, data };
}

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
