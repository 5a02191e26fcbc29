// The pod-template-hash: names a ReplicaSet after what its pods look like.
// Where the real one differs: it hashes Go's dump of the struct, so the letters are others; the
// alphabet, the length and the collision counter are the same.
// Upstream: pkg/controller/controller_utils.go, ComputeHash.
import { deepEqual } from '../api/deep-equal';
import type { PodTemplateSpec } from '../api/types';
import { hashString } from '../sim/rng';

export const TEMPLATE_HASH_LABEL = 'pod-template-hash';

const SAFE_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Depends on the content only, not on the order of fields. */
export function templateHash(
  template: PodTemplateSpec,
  collisionCount: number | undefined,
): string {
  let hash = hashValue(template, 0x811c9dc5);
  if (collisionCount !== undefined) hash = hashString(String(collisionCount), hash);
  return encodeHash(hash);
}

/** A number's decimal digits in letters that cannot form words. Upstream: rand.SafeEncodeString. */
export function encodeHash(hash: number): string {
  let text = '';
  for (const digit of String(hash)) {
    text += SAFE_LETTERS[digit.charCodeAt(0) % SAFE_LETTERS.length];
  }
  return text;
}

/** A hash of any JSON value; object fields count in the order of their names. */
export function hashValue(value: unknown, start: number): number {
  if (Array.isArray(value)) {
    return hashString(
      ']',
      value.reduce<number>((hash, part) => hashValue(part, hash), start),
    );
  }
  if (typeof value !== 'object' || value === null) {
    return hashString(JSON.stringify(value) ?? '', start);
  }
  let hash = start;
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields).sort()) {
    if (fields[name] !== undefined) hash = hashValue(fields[name], hashString(name + ':', hash));
  }
  return hashString('}', hash);
}

/** Whether two templates make the same pods: equal but for the hash label. */
export function sameTemplate(left: PodTemplateSpec, right: PodTemplateSpec): boolean {
  if (!deepEqual(left.spec, right.spec)) return false;
  return deepEqual(withoutHash(left), withoutHash(right));
}

function withoutHash({ metadata }: PodTemplateSpec): unknown {
  const { [TEMPLATE_HASH_LABEL]: _hash, ...labels } = metadata?.labels ?? {};
  return { ...metadata, labels, creationTimestamp: undefined };
}
