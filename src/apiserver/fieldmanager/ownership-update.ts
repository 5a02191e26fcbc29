// How ownership changes when an object does: who changes a field's value takes it from the others,
// who applies a configuration owns exactly that, fields that nobody applies any longer go.
// Upstream: sigs.k8s.io/structured-merge-diff merge/update.go,
// apimachinery/pkg/util/managedfields/internal.
import { deepEqual } from '../../api/deep-equal';
import { compareFields, type Comparison } from './compare';
import { FieldSet } from './field-set';
import { fieldSetOf } from './field-set-of';
import { identityOf, type Managed, type Ownership } from './managed-fields';
import { mergeObjects } from './merge-objects';
import { NEVER_OWNED } from './never-owned';
import { removeFields } from './remove-fields';
import type { Shape } from './shape';

/** The versions in which an object can be seen. */
export interface Versions {
  /** The version of the request, in which the objects given are. */
  readonly apiVersion: string;
  readonly shape: Shape;
  /** Fields that the endpoint does not write, in whatever version. */
  readonly ignored: FieldSet;
  /** The object in another version; undefined when there is no such version any more. */
  convert(object: unknown, from: string, to: string): { object: unknown; shape: Shape } | undefined;
}

/** One field of one other manager that an applier would change. */
export interface FieldConflict {
  readonly owner: Ownership;
  readonly path: readonly string[];
}

/** An apply that would change what others own. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  constructor(readonly conflicts: readonly FieldConflict[]) {
    super('conflict');
  }
}

/** Who is writing. */
export type Writer = Omit<Ownership, 'set' | 'time'>;

/** Ownership after a writer has put `next` in place of `live`. */
export function updateOwnership(
  live: unknown,
  next: unknown,
  managed: Managed,
  writer: Writer,
  versions: Versions,
  time: string | undefined,
): Managed {
  const compared = compareFields(live, next, versions.shape);
  const { managers } = takeFromOthers(live, next, compared, managed, undefined, versions);
  const changed = compared.modified.union(compared.added);
  const taken = changed.without(versions.ignored).difference(NEVER_OWNED);
  if (taken.isEmpty) return managers;
  const identity = identityOf(writer);
  const former = managers.get(identity);
  const set = former ? taken.union(former.set) : taken;
  return managers.set(identity, { ...writer, set, time });
}

export interface Applied {
  /** Undefined when the configuration changes no value. */
  readonly object: unknown;
  readonly managed: Managed;
}

/** The object with a configuration applied. Throws ConflictError unless `force`. */
export function applyOwnership(
  live: unknown,
  config: unknown,
  managed: Managed,
  writer: Writer,
  force: boolean,
  versions: Versions,
  time: string,
): Applied {
  const { shape, ignored } = versions;
  const identity = identityOf(writer);
  const last = managed.get(identity);
  const set = fieldSetOf(config, shape).without(ignored);
  const withOwn = new Map(managed).set(identity, { ...writer, set, time: last?.time });
  const merged = mergeObjects(live, config, shape);
  const pruned = last && !last.set.isEmpty ? prune(merged, last, withOwn, versions) : merged;
  const compared = compareFields(live, pruned, shape);
  const { managers, conflicts } = takeFromOthers(
    live,
    pruned,
    compared,
    withOwn,
    identity,
    versions,
  );
  if (conflicts.length > 0 && !force) throw new ConflictError(conflicts);
  const isSame = deepEqual(live, pruned);
  const own = set.difference(NEVER_OWNED);
  if (own.isEmpty) managers.delete(identity);
  else managers.set(identity, { ...writer, set: own, time: isSame ? last?.time : time });
  return { object: isSame ? undefined : pruned, managed: managers };
}

interface Taking {
  readonly managers: Map<string, Ownership>;
  readonly conflicts: readonly FieldConflict[];
}

/** Takes from all but one manager what changed, and from all what is gone. */
function takeFromOthers(
  live: unknown,
  next: unknown,
  compared: Comparison,
  managed: Managed,
  except: string | undefined,
  versions: Versions,
): Taking {
  const managers = new Map<string, Ownership>();
  const conflicts: FieldConflict[] = [];
  const byVersion = new Map([[versions.apiVersion, compared]]);
  for (const [identity, owner] of managed) {
    if (identity === except) {
      managers.set(identity, owner);
      continue;
    }
    const changes = changesIn(owner.apiVersion, live, next, byVersion, versions);
    if (!changes) continue;
    const { ignored } = versions;
    const changed = changes.modified.union(changes.added).without(ignored);
    const contested = owner.set.intersection(changed);
    for (const path of contested.paths()) conflicts.push({ owner, path });
    const set = owner.set.difference(contested).difference(changes.removed.without(ignored));
    if (!set.isEmpty) managers.set(identity, set === owner.set ? owner : { ...owner, set });
  }
  return { managers, conflicts };
}

function changesIn(
  apiVersion: string,
  live: unknown,
  next: unknown,
  byVersion: Map<string, Comparison>,
  versions: Versions,
): Comparison | undefined {
  const known = byVersion.get(apiVersion);
  if (known) return known;
  const before = versions.convert(live, versions.apiVersion, apiVersion);
  const after = versions.convert(next, versions.apiVersion, apiVersion);
  if (!before || !after) return undefined;
  const changes = compareFields(before.object, after.object, before.shape);
  byVersion.set(apiVersion, changes);
  return changes;
}

/**
 * Removes what this applier applied the last time and does not any more, unless somebody else owns
 * it too.
 */
function prune(merged: unknown, last: Ownership, managed: Managed, versions: Versions): unknown {
  const converted = versions.convert(merged, versions.apiVersion, last.apiVersion);
  if (!converted) return merged;
  const { object, shape } = converted;
  let pruned = removeFields(object, last.set.withNamedFields(shape), shape);
  const owned = [...managed.values()].filter(({ apiVersion }) => apiVersion === last.apiVersion);
  const kept = owned.reduce((set, owner) => set.union(owner.set), new FieldSet());
  pruned = addBack(object, pruned, kept, shape);
  const others = new Set([...managed.values()].map(({ apiVersion }) => apiVersion));
  others.delete(last.apiVersion);
  for (const other of others) {
    const whole = versions.convert(object, last.apiVersion, other);
    const part = versions.convert(pruned, last.apiVersion, other);
    if (!whole || !part) continue;
    const owners = [...managed.values()].filter(({ apiVersion }) => apiVersion === other);
    const theirs = owners.reduce((set, owner) => set.union(owner.set), new FieldSet());
    const result = addBack(whole.object, part.object, theirs, whole.shape);
    pruned = versions.convert(result, other, last.apiVersion)?.object ?? pruned;
  }
  pruned = addBackDangling(object, pruned, last.set, shape);
  return versions.convert(pruned, last.apiVersion, versions.apiVersion)?.object ?? pruned;
}

/** What pruning took away although somebody owns it. */
function addBack(whole: unknown, pruned: unknown, owned: FieldSet, shape: Shape): unknown {
  const before = fieldSetOf(whole, shape).withNamedFields(shape);
  const after = fieldSetOf(pruned, shape).withNamedFields(shape);
  const gone = before.difference(after.union(owned.withNamedFields(shape)));
  return removeFields(whole, gone, shape);
}

/** Only what the applier itself owned may go. */
function addBackDangling(whole: unknown, pruned: unknown, last: FieldSet, shape: Shape): unknown {
  const before = fieldSetOf(whole, shape).withNamedFields(shape);
  const after = fieldSetOf(pruned, shape).withNamedFields(shape);
  const gone = before.difference(after).intersection(last.withNamedFields(shape));
  return removeFields(whole, gone, shape);
}
