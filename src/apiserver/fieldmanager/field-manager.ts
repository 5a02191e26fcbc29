// The field manager: who owns which fields of an object, and server-side apply. Entries are stored
// only for objects that somebody outside the simulation has written (managedFields absent: nobody
// outside ever did; empty: a client had them forgotten); what components write is attributed when
// it is read, see `derived-ownership.ts`.
// Where the real one differs: it records every write, and does so before admission also for what
// components write.
// Upstream: apimachinery/pkg/util/managedfields, apiserver/pkg/endpoints/handlers/patch.go.
import { deepEqual } from '../../api/deep-equal';
import type { KubeObject, ObjectMeta } from '../../api/object';
import { formatTime } from '../../api/time';
import type { ApiRequest } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { ServerContext } from '../context';
import type { AppliedObject, Entries, FieldTracking } from '../field-tracking';
import { applyConfiguration } from './apply-configuration';
import { asUpdated, asWritten } from './as-written';
import { capUpdaters } from './cap-updaters';
import { managerOfActor } from './creator-of';
import { derivedOwnership } from './derived-ownership';
import {
  decodeManaged,
  decodeStored,
  encodeManaged,
  encodeOwnerships,
  identityOf,
  isReset,
  managedOf,
  type Managed,
} from './managed-fields';
import { KnownVersions } from './known-versions';
import { updateOwnership, type Writer } from './ownership-update';
import { RecentCache } from './recent-cache';
import { applyToScale, scaleOwnership } from './scale-ownership';
import type { Shape } from './shape';
import { shapeOfSchema } from './structural-shape';
import { shapeProblem } from './validate-shape';
import { zeroObject } from './zero-object';

export class FieldManager implements FieldTracking {
  private readonly recent = new RecentCache<KubeObject, KubeObject>();
  private readonly described = new Map<string, Shape>();

  constructor(private readonly context: ServerContext) {}

  ofNew(
    definition: ResourceDefinition,
    request: ApiRequest,
    object: KubeObject,
    asked: Partial<ObjectMeta>,
  ): Entries {
    if (request.manager === undefined) return undefined;
    const versions = new KnownVersions(definition, request, this.described);
    const next = asWritten(versions.seen(object), request.body);
    const { apiVersion, kind } = next;
    if (shapeProblem(next, versions.shape, true) !== undefined) return [];
    const given = asked.managedFields ?? [];
    const managed = isReset(asked.managedFields) ? NOBODY : (decodeManaged(given) ?? NOBODY);
    const owned = updateOwnership(
      zeroObject(apiVersion, kind),
      next,
      managed,
      this.writer(request, apiVersion),
      versions,
      this.now(),
    );
    return this.recorded(object, capUpdaters(owned));
  }

  ofUpdate(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject,
    object: KubeObject,
    asked: Partial<ObjectMeta>,
  ): Entries {
    const stored = current.metadata.managedFields;
    const isOutside = request.manager !== undefined;
    if (!isOutside && !this.isTouched(current, object)) return stored;
    const before = this.before(request, current, asked);
    // Who had ownership forgotten wants none recorded until the next apply.
    if (before.size === 0) return [];
    const versions = new KnownVersions(definition, request, this.described);
    const writer = isOutside
      ? this.writer(request, versions.apiVersion)
      : componentWriter(this.writer(request, versions.apiVersion), object);
    const live = versions.seen(current);
    const { body, verb } = request;
    const next = asUpdated(versions.seen(object), live, body, isOutside && verb === 'update');
    if (isOutside && shapeProblem(next, versions.shape, true) !== undefined) return stored;
    const after = updateOwnership(live, next, before, writer, versions, this.now());
    if (isOutside && sameOwnership(this.all(current), after)) return stored;
    return this.recorded(object, capUpdaters(after));
  }

  ofScale(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject,
    scale: KubeObject,
    next: KubeObject,
    scaled: KubeObject,
  ): Entries {
    const stored = current.metadata.managedFields;
    if (request.manager === undefined && stored === undefined) return undefined;
    const managed = this.all(current);
    if (managed.size === 0) return [];
    const writer = this.writer(request, definition.ref.apiVersion);
    return this.recorded(scaled, scaleOwnership(managed, writer, scale, next));
  }

  apply(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject | undefined,
  ): AppliedObject {
    const versions = new KnownVersions(definition, request, this.described);
    const { apiVersion, kind } = versions;
    const zero = zeroObject(apiVersion, kind) as unknown as KubeObject;
    const live = current ? versions.seen(current) : zero;
    const writer = { ...this.writer(request, apiVersion), operation: 'Apply' } as const;
    let managed = current ? this.all(current) : NOBODY;
    if (managed.size === 0 && current) {
      const former = { ...writer, operation: 'Update', manager: BEFORE_APPLY } as const;
      managed = updateOwnership(zero, live, managed, former, versions, this.now());
    }
    const applied = applyConfiguration(live, request, managed, writer, versions, this.now());
    const merged = applied.object ?? live;
    const object = (request.decode?.(merged) ?? merged) as KubeObject;
    return { object, entries: this.recorded(object, applied.managed) };
  }

  applyScale(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject,
    scale: KubeObject,
    scaled: (replicas: number) => KubeObject,
  ): AppliedObject {
    const { apiVersion } = definition.ref;
    const writer = { ...this.writer(request, apiVersion), operation: 'Apply' } as const;
    const applied = applyToScale(scale, request, this.all(current), writer, this.now());
    const object = (request.decode?.(applied.scale) ?? applied.scale) as KubeObject;
    const { replicas = 0 } = (object as { spec?: { replicas?: number } }).spec ?? {};
    return { object, entries: this.recorded(scaled(replicas), applied.managed) };
  }

  shown(object: KubeObject): KubeObject {
    return this.recent.get(object, (stored) => this.withEntries(stored));
  }

  differInTimesOnly(entries: Entries, others: Entries): boolean {
    const left = decodeStored(entries);
    const right = decodeStored(others);
    return sameOwnership(left, right, false);
  }

  describe(apiVersion: string, kind: string, schema: object | undefined): void {
    const key = `${apiVersion}/${kind}`;
    if (schema) this.described.set(key, shapeOfSchema(schema));
    else this.described.delete(key);
  }

  shape(definition: ResourceDefinition, request: ApiRequest): Shape {
    return new KnownVersions(definition, request, this.described).shape;
  }

  private withEntries(object: KubeObject): KubeObject {
    const { metadata } = object;
    const entries = metadata.managedFields
      ? encodeManaged(this.all(object))
      : encodeOwnerships(derivedOwnership(object, undefined));
    if (entries === undefined && metadata.managedFields === undefined) return object;
    const { managedFields: _stored, ...rest } = metadata;
    const shown = entries ? { ...rest, managedFields: entries } : rest;
    return { ...object, metadata: shown };
  }

  /** What is recorded and what follows from who writes what. */
  private all(object: KubeObject): Managed {
    const { managedFields } = object.metadata;
    if (managedFields?.length === 0) return NOBODY;
    const recorded = managedFields && decodeStored(managedFields);
    const derived = derivedOwnership(object, recorded);
    if (derived.length === 0) return recorded ?? NOBODY;
    const all = managedOf(recorded?.values() ?? []);
    for (const ownership of derived) {
      const identity = identityOf(ownership);
      const former = all.get(identity);
      if (!former) all.set(identity, ownership);
      else {
        const set = ownership.set.union(former.set);
        const time = later(former.time, ownership.time);
        all.set(identity, { ...former, set, time });
      }
    }
    return all;
  }

  /** The record of `object` without what would be derived anyway. */
  private recorded(object: KubeObject, managed: Managed): Entries {
    const rest = new Map(managed);
    for (const derived of derivedOwnership(object, managed)) {
      const identity = identityOf(derived);
      const owner = managed.get(identity);
      if (!owner) continue;
      const set = owner.set.difference(derived.set);
      if (set.isEmpty) rest.delete(identity);
      else rest.set(identity, { ...owner, set });
    }
    return encodeManaged(rest) ?? [];
  }

  private before(request: ApiRequest, current: KubeObject, asked: Partial<ObjectMeta>): Managed {
    if (request.manager === undefined || request.subresource !== '') return this.all(current);
    const { managedFields } = asked;
    if (isReset(managedFields)) return NOBODY;
    const given = managedFields && decodeManaged(managedFields);
    return given?.size ? given : this.all(current);
  }

  /** False when a component changed nothing but a status that it is known to write. */
  private isTouched(current: KubeObject, object: KubeObject): boolean {
    const stored = current.metadata.managedFields;
    if (stored === undefined || stored.length === 0) return false;
    const ownsStatus = stored.some(({ fieldsV1 }) => 'f:status' in (fieldsV1 as object));
    const old = current as unknown as Record<string, unknown>;
    const next = object as unknown as Record<string, unknown>;
    if (ownsStatus && !deepEqual(old.status, next.status)) return true;
    for (const part in { ...old, ...next }) {
      if (part !== 'metadata' && part !== 'status' && !deepEqual(old[part], next[part]))
        return true;
    }
    return CLIENT_METADATA.some(
      (part) => !deepEqual(current.metadata[part], object.metadata[part]),
    );
  }

  private writer({ manager, actor, subresource }: ApiRequest, apiVersion: string): Writer {
    const name = (manager ?? managerOfActor(actor)) || UNKNOWN;
    return { manager: name, operation: 'Update', subresource, apiVersion };
  }

  private now(): string {
    return formatTime(this.context.sim.clock.activityMs);
  }
}

/** Components write what they own with updates; only one of them is known to apply. */
function componentWriter(writer: Writer, object: KubeObject): Writer {
  if (object.kind !== 'ClusterRole' || !('aggregationRule' in object)) return writer;
  return { ...writer, operation: 'Apply', manager: 'clusterrole-aggregation-controller' };
}

const NOBODY: Managed = new Map();
const UNKNOWN = 'unknown';
/** Owns what was there before anybody kept book. */
const BEFORE_APPLY = 'before-first-apply';
const CLIENT_METADATA = ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const;

function later(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function sameOwnership(left: Managed, right: Managed, withTimes = true): boolean {
  if (left.size !== right.size) return false;
  for (const [identity, { set, time, apiVersion }] of left) {
    const other = right.get(identity);
    if (!other || other.apiVersion !== apiVersion || !other.set.equals(set)) return false;
    if (withTimes && other.time !== time) return false;
  }
  return true;
}
