// The token key of an engine whose host lends none: what it signs has the length and look of RS256
// and is the same each time, but it is no RSA and no secret.
import { encodeBytes } from '../../api/base64';
import type { TokenKey } from '../../api/cluster-keys';
import { RandomStream } from '../../sim/rng';

const SIGNATURE_BYTES = 256;
const ID_BYTES = 32;

/** As many bytes as an RSA signature has, drawn from the text. */
export function standInSignature(text: string): Uint8Array {
  const stream = new RandomStream(1, text);
  return Uint8Array.from({ length: SIGNATURE_BYTES }, () => stream.below(256));
}

export const standInTokenKey: TokenKey = {
  id: urlSafe(standInSignature('key id').subarray(0, ID_BYTES)),
  publicKey: { kty: 'RSA', alg: 'RS256', n: urlSafe(standInSignature('modulus')), e: 'AQAB' },
  sign: standInSignature,
};

function urlSafe(bytes: Uint8Array): string {
  return encodeBytes(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}
