// Not more than ten entries of updates are kept: the oldest are folded into one a version.
// Upstream: apimachinery/pkg/util/managedfields/internal/capmanagers.go.
import { compareTexts, identityOf, type Managed, type Ownership } from './managed-fields';

const UPDATERS_MAX = 10;
const FOLDED = 'ancient-changes';

export function capUpdaters(managed: Managed): Managed {
  const updaters = [...managed].filter(([, { operation }]) => operation === 'Update');
  if (updaters.length <= UPDATERS_MAX) return managed;
  updaters.sort(
    ([a, { time: early = '' }], [b, { time: late = '' }]) =>
      compareTexts(early, late) || compareTexts(a, b),
  );
  const capped = new Map(managed);
  const firstOf = new Map<string, string>();
  let count = updaters.length;
  for (const [identity, owner] of updaters) {
    if (count <= UPDATERS_MAX) break;
    const first = firstOf.get(owner.apiVersion);
    if (first === undefined) {
      firstOf.set(owner.apiVersion, identity);
      continue;
    }
    fold(capped, first, identity, owner);
    count--;
  }
  return capped;
}

function fold(
  managed: Map<string, Ownership>,
  first: string,
  identity: string,
  owner: Ownership,
): void {
  const { apiVersion, time } = owner;
  const writer = { manager: FOLDED, operation: 'Update', subresource: '', apiVersion } as const;
  const bucket = identityOf(writer);
  const into = managed.get(bucket) ?? managed.get(first);
  if (!managed.has(bucket)) managed.delete(first);
  managed.delete(identity);
  const set = into ? owner.set.union(into.set) : owner.set;
  managed.set(bucket, { ...writer, set, time });
}
