// What the API server must know of a kind. One file a kind fills this in; discovery, defaults,
// validation, tables, selectors and garbage collection all read it.
//
// Copy on write: an object handed in by a component may hold frozen parts shared with stored
// objects (a ReplicaSet's template becomes a pod's spec). So `applyDefaults` and the prepare steps
// return the object to go on with and never write into what they were given, except the top-level
// object, its `metadata` and the top level of `spec` and `status`, which the API server has made
// anew.
import type { FieldErrors } from '../api/field-errors';
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';

/** A column of `kubectl get`; priority 1 shows with `-o wide` only. */
export interface TableColumn<T> {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  format: '' | 'name' | 'int64' | 'date-time' | 'password';
  description: string;
  priority: 0 | 1;
  cell(object: T, nowMs: number): string | number | boolean;
}

/** What discovery says of a subresource whose kind is not its parent's or that has few verbs. */
export interface SubresourceDetail {
  readonly kind?: string;
  /** Group and version of that kind, when they are not the parent's. */
  readonly group?: string;
  readonly version?: string;
  /** Default: get, patch, update. */
  readonly verbs?: readonly string[];
}

/**
 * Another group or version under which the same stored objects are served. Both conversions build
 * new objects that share what they can; the kind may stay the same or not.
 */
export interface ResourceView {
  readonly ref: ResourceRef;
  readonly listKind: string;
  readonly shortNames?: readonly string[];
  readonly columns?: readonly TableColumn<never>[];
  /** What else is not as with the stored resource: versions of a custom resource differ widely. */
  readonly overrides?: Partial<ResourceDefinition>;
  /** The stored object as this view shows it. */
  convertTo(stored: KubeObject): KubeObject;
  /** What a client wrote in this view's form, as it is stored. */
  convertFrom(shown: KubeObject): KubeObject;
}

/** A kind that no Go type stands behind: its schema came with a CustomResourceDefinition. */
export interface CustomKind {
  /** The structural schema of the version served, as OpenAPI and server-side apply read it. */
  readonly schema: object;
  /**
   * A body as an object of the kind, what the schema does not know dropped and complained of.
   * Throws DecodeError.
   */
  decode(
    value: Readonly<Record<string, unknown>>,
    duplicates: ReadonlyMap<object, readonly string[]>,
  ): { readonly object: object; readonly complaints: readonly string[] };
}

export interface WriteContext {
  nowMs: number;
  /** Warnings for the client, sent as `Warning: 299` headers. */
  warnings: string[];
  /** Who writes; absent of components of the simulation. */
  user?: {
    readonly username: string;
    readonly uid?: string;
    readonly groups?: readonly string[];
    readonly extra?: Readonly<Record<string, readonly string[]>>;
  };
  /** Draws a name suffix or other random text from the API server's stream. */
  random(length: number): string;
}

export interface ResourceDefinition<T extends KubeObject = KubeObject> {
  readonly ref: ResourceRef<T>;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames?: readonly string[];
  /** 'all' for what `kubectl get all` shows. */
  readonly categories?: readonly string[];
  /** Default: create delete deletecollection get list patch update watch. */
  readonly verbs?: readonly string[];
  /** 'status' and others; 'status' makes the main endpoint ignore status, and the reverse. */
  readonly subresources?: readonly string[];
  readonly subresourceDetails?: Readonly<Record<string, SubresourceDetail>>;
  /** Fields besides metadata.name and metadata.namespace that field selectors may name. */
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  /** The one selectable field by which watches are indexed in the store (pods: spec.nodeName). */
  readonly indexedField?: string;
  /** How names are checked; default DNS-1123 subdomain. */
  readonly nameFormat?: 'dns-subdomain' | 'dns-label' | 'dns-1035-label' | 'path-segment';
  /** True when a change of `spec` raises metadata.generation. */
  readonly hasGeneration?: boolean;
  /**
   * PUT on a name that does not exist creates it (Lease, Event, Endpoints, Service? as upstream).
   */
  readonly allowCreateOnUpdate?: boolean;
  /** True when a draft that is not frozen becomes the object itself: nobody makes two from one. */
  readonly takesDrafts?: boolean;
  /** False when an update must carry a resourceVersion. */
  readonly allowUnconditionalUpdate?: boolean;
  /**
   * Finalizers that block a foreground delete are handled generically; kinds with grace periods:
   */
  readonly gracePeriodSeconds?: (object: T, asked: number | undefined) => number;
  /** True when a delete that is done at once answers with the object and not with a Status. */
  readonly returnsDeletedObject?: boolean;
  /** A subresource that, like `status`, writes nothing but the status. */
  readonly statusLike?: string;
  /** True of reviews, which are answered and never stored; a subresource handler answers them. */
  readonly isVirtual?: boolean;
  /** Set of custom resources: whole objects are validated, whatever their fields are called. */
  readonly custom?: CustomKind;
  /** True when only its views are served: the version in which it is stored is not. */
  readonly isUnserved?: boolean;
  /** What every request to this version is warned with. */
  readonly deprecation?: string;
  /** Discovery's digest of the version in which it is stored, where no table has it. */
  readonly storageVersionHash?: string;
  /** A finalizer that a deletion adds, for what has to be done first. */
  readonly deletionFinalizer?: string;
  /** Other groups and versions of the same objects. */
  readonly views?: readonly ResourceView[];
  /** Set by the HTTP front on the definition that it makes of a view. */
  readonly view?: ResourceView & { readonly storage: ResourceRef };
  /** Default when DeleteOptions says nothing; 'Background' unless told. */
  readonly defaultPropagation?: 'Background' | 'Foreground' | 'Orphan';

  /** Fills defaults. Must be idempotent and cheap on what has them already. */
  applyDefaults?(object: T): T;
  /** Clears and sets what the server owns (status, generated fields) before a create. */
  prepareForCreate?(object: T, context: WriteContext): T;
  prepareForUpdate?(object: T, old: T, context: WriteContext): T;
  prepareForStatusUpdate?(object: T, old: T, context: WriteContext): T;
  validate?(object: T, errors: FieldErrors): void;
  /** Beyond `validate`: what only a new object must be. */
  validateCreate?(object: T, errors: FieldErrors): void;
  /** Beyond `validate`: immutable fields and forbidden transitions. */
  validateUpdate?(object: T, old: T, errors: FieldErrors): void;
  validateStatusUpdate?(object: T, old: T, errors: FieldErrors): void;
  /** Advice that does not refuse: deprecated fields, duplicate ports, ... */
  warn?(object: T, old: T | undefined, warnings: string[]): void;
  /** Advice to a client that asks for a deletion. */
  warnOfDelete?(asked: { readonly propagationPolicy?: string }, warnings: string[]): void;
  /** All columns in order, Name and Age included. */
  readonly columns?: readonly TableColumn<T>[];
}
