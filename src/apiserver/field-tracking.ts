// What the server's writes need of whoever keeps book of field ownership. The bookkeeping itself,
// `fieldmanager/`, comes with the extension; without it, nothing is recorded.
import type { KubeObject, ManagedFieldsEntry, ObjectMeta } from '../api/object';
import type { ApiRequest } from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import type { Shape } from './fieldmanager/shape';

/** managedFields as they are to be stored; undefined where nothing is recorded. */
export type Entries = ManagedFieldsEntry[] | undefined;

export interface AppliedObject {
  /** What the configuration makes of the object, decoded. */
  readonly object: KubeObject;
  readonly entries: Entries;
}

export interface FieldTracking {
  /** Of a new object, with its defaults set; `asked` is the metadata that the client sent. */
  ofNew(
    definition: ResourceDefinition,
    request: ApiRequest,
    object: KubeObject,
    asked: Partial<ObjectMeta>,
  ): Entries;
  /** Of `object` in place of `current`. Cheap where a component only reports a status. */
  ofUpdate(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject,
    object: KubeObject,
    asked: Partial<ObjectMeta>,
  ): Entries;
  /** Of `scaled` in place of `current`, whose Scale was `scale` and is `next`. */
  ofScale(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject,
    scale: KubeObject,
    next: KubeObject,
    scaled: KubeObject,
  ): Entries;
  /** Server-side apply. Throws StatusError. */
  apply(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject | undefined,
  ): AppliedObject;
  /** As `apply`, to the scale of `current`; the object is the Scale. */
  applyScale(
    definition: ResourceDefinition,
    request: ApiRequest,
    current: KubeObject,
    scale: KubeObject,
    scaled: (replicas: number) => KubeObject,
  ): AppliedObject;
  /** A stored object as clients see it: with the entries of what components wrote. */
  shown(object: KubeObject): KubeObject;
  /** The structural schema of a kind that is not built in; undefined forgets it. */
  describe(apiVersion: string, kind: string, schema: object | undefined): void;
  /** What is merged and what is a leaf in objects of a kind, in the version of a request. */
  shape(definition: ResourceDefinition, request: ApiRequest): Shape;
  /** True when two records tell the same but for the times. */
  differInTimesOnly(entries: Entries, others: Entries): boolean;
}
