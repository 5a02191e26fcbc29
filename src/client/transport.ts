// How a component inside the simulation reaches the API: synchronous, because time is charged and
// not waited for. The API server implements this; a machine's network link wraps it and can be cut.
import type { KubeObject } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';

/** Who asks, as authentication found out. Upstream: authentication.k8s.io/v1 UserInfo. */
export interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface RequestOptions {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
  dryRun?: boolean;
  fieldManager?: string;
  force?: boolean;
  patchType?: PatchType;
  /** DeleteOptions, as in a delete's body. */
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface ApiRequest {
  verb: Verb;
  ref: ResourceRef;
  /** '' for the object itself; 'status', 'binding', 'eviction', ... */
  subresource: string;
  namespace: string;
  /** '' for list, create and deletecollection. */
  name: string;
  body?: unknown;
  options: RequestOptions;
  /** Who asks: 'kube-scheduler', 'kubelet/n1', ...: user agent and trace actor. */
  actor: string;
  /** Only of what comes from outside; a component's user follows from its actor. */
  user?: UserInfo;
  /** Whom managedFields name for this write; only of what comes from outside. */
  manager?: string;
  /** The form in which an outside client reads and patches, when it is not the stored one. */
  view?: ApiView;
  /** Where the server puts advice for the client. */
  warnings?: string[];
  /** True when admission has seen it in another shape: the update of a scale. */
  isAdmitted?: boolean;
  /** Checks a patched object's fields against the schema; the HTTP front sets it. */
  decode?: (object: unknown) => KubeObject;
}

/** Conversions between the stored form and another version's. */
export interface ApiView {
  readonly ref: ResourceRef;
  convertTo(stored: KubeObject): KubeObject;
  convertFrom(shown: KubeObject): KubeObject;
}

export interface ObjectList<T extends KubeObject = KubeObject> {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
  items: T[];
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';

export interface WatchEvent<T extends KubeObject = KubeObject> {
  type: WatchEventType;
  object: T;
  /** Revision of the write; becomes the cause of what the event leads to. */
  revision: number;
}

export interface WatchRequest {
  ref: ResourceRef;
  /** Set when the watch asks for another group or version of the kind. */
  view?: ApiView;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Events after this revision; throws 410 Expired when they have been compacted away. */
  resourceVersion: string;
  actor: string;
}

export interface WatchSink {
  /** Called at the moment of the write; delivery delays are the watcher's own affair. */
  event(event: WatchEvent): void;
  /** The stream broke (server stopped, link cut); the watcher starts anew. */
  closed(): void;
}

export interface Transport {
  /** The answer's object (an ObjectList for list). Throws StatusError or ConnectionError. */
  request(request: ApiRequest): unknown;
  /** Starts a watch; returns what stops it. */
  watch(request: WatchRequest, sink: WatchSink): () => void;
  /** What discovery tells: every stored resource; the same array until that changes. */
  resources(): readonly ResourceRef[];
}
