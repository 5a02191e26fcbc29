// The token key of an engine whose host lends none: what it signs has the length and look of RS256
// and cannot be told without the seed, but it is no RSA.
import type { TokenKey } from '../../api/cluster-keys';
import { encodeBytes } from '../../api/base64';
import { RandomStream } from '../../sim/rng';

const SIGNATURE_BYTES = 256;

export function standInTokenKey(seed: number): TokenKey {
  const modulus = bytesOf(seed, 'service account key');
  return {
    id: urlSafe(encodeBytes(bytesOf(seed, 'service account key id').subarray(0, 32))),
    publicKey: { kty: 'RSA', alg: 'RS256', n: urlSafe(encodeBytes(modulus)), e: 'AQAB' },
    sign: (text) => bytesOf(seed, `signature ${text}`),
  };
}

function bytesOf(seed: number, name: string): Uint8Array {
  const stream = new RandomStream(seed, name);
  return Uint8Array.from({ length: SIGNATURE_BYTES }, () => stream.below(256));
}

function urlSafe(base64: string): string {
  return base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}
