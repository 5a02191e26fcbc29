// The cryptography that Node lends to the engine. The key for tokens is made when the first token
// is asked for, since it takes a tenth of a second.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type {
  CertificateAuthority,
  ClusterKeys,
  SignedBytes,
  TokenKey,
} from '../../api/cluster-keys';

/** The hash of each signature algorithm; null where the algorithm brings its own. */
const HASHES: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
};

export function nodeKeys(authority: CertificateAuthority): ClusterKeys {
  return { authority, tokenKey: rsaTokenKey(), verify: isSigned };
}

function rsaTokenKey(): TokenKey {
  let made: { privateKey: KeyObject; publicKey: KeyObject } | undefined;
  const keys = (): NonNullable<typeof made> =>
    (made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  return {
    get id() {
      const spki = keys().publicKey.export({ type: 'spki', format: 'der' });
      return createHash('sha256').update(spki).digest('base64url');
    },
    get publicKey() {
      const { n = '', e = '' } = keys().publicKey.export({ format: 'jwk' });
      return { kty: 'RSA', alg: 'RS256', n, e };
    },
    sign: (text) => sign('sha256', Buffer.from(text), keys().privateKey),
  };
}

function isSigned({ publicKey, algorithm, body, signature }: SignedBytes): boolean {
  const hash = HASHES[algorithm];
  if (hash === undefined) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    return verify(hash, body, key, signature);
  } catch {
    // The key is none.
    return false;
  }
}
