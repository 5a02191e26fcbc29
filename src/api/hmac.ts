// HMAC with SHA-256: a digest that only who knows the key can make. RFC 2104.
import { sha256 } from './sha256';

const BLOCK = 64;

/** The 32 bytes of the digest. */
export function hmacSha256(key: ArrayLike<number>, bytes: ArrayLike<number>): Uint8Array {
  const padded = new Uint8Array(BLOCK);
  padded.set(key.length > BLOCK ? sha256(key) : Array.from(key));
  const inner = sha256([...padded.map((byte) => byte ^ 0x36), ...Array.from(bytes)]);
  return sha256([...padded.map((byte) => byte ^ 0x5c), ...inner]);
}
