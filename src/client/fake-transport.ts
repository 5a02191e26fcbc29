// For tests only: an API server in 100 lines, for components that must run without the real one.
// It keeps frozen objects by key, counts revisions, merges patches and honours grace periods of
// pods; it neither defaults nor validates.
import type { KubeObject, ObjectMeta } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import { alreadyExists, conflict, MODIFIED, notFound, ConnectionError } from '../api/status-error';
import { formatTime } from '../api/time';
import type { Simulation } from '../sim/simulation';
import type { ApiRequest, Transport, WatchEventType, WatchRequest, WatchSink } from './transport';

type Json = Record<string, unknown>;

/** An object as tests write it: the rest of the metadata is filled in. */
export type FakeObject = {
  apiVersion?: string;
  kind: string;
  metadata: Partial<ObjectMeta>;
} & Json;

export class FakeTransport implements Transport {
  /** 'pods/default/a' to object. */
  readonly objects = new Map<string, KubeObject>();
  /** Every request but gets and lists, as 'create pods/status default/a'. */
  readonly log: string[] = [];
  isDown = false;
  private revision = 0;
  private readonly watches = new Set<{ request: WatchRequest; sink: WatchSink }>();

  constructor(private readonly sim: Simulation) {}

  request(request: ApiRequest): unknown {
    if (this.isDown) throw new ConnectionError('connection refused');
    const { verb, ref, subresource, namespace, name } = request;
    if (verb === 'list') return this.list(request);
    const body = request.body as KubeObject;
    const key = [ref.resource, namespace, name || body?.metadata?.name].filter(Boolean).join('/');
    if (verb !== 'get') this.log.push([verb, ref.resource, subresource, key].join(' '));
    const old = this.objects.get(key);
    if (verb === 'create') {
      if (old) throw alreadyExists(ref, body.metadata.name);
      return this.write(key, 'ADDED', { ...body, apiVersion: ref.apiVersion, kind: ref.kind });
    }
    if (!old) throw notFound(ref, name);
    if (verb === 'get') return old;
    if (verb === 'delete') return this.delete(key, old, request);
    if (verb === 'patch')
      return this.write(key, 'MODIFIED', merge(old, request.body) as KubeObject);
    const version = body.metadata.resourceVersion;
    if (version && version !== old.metadata.resourceVersion) throw conflict(ref, name, MODIFIED);
    const part =
      subresource === 'status' ? { ...old, status: (body as { status?: unknown }).status } : body;
    return this.write(key, 'MODIFIED', part as KubeObject);
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    if (this.isDown) throw new ConnectionError('connection refused');
    const watch = { request, sink };
    this.watches.add(watch);
    return () => this.watches.delete(watch);
  }

  /** Tests that follow discovery use the real server. */
  resources(): readonly ResourceRef[] {
    return [];
  }

  /** Stores an object as another client would. */
  put(object: FakeObject): KubeObject {
    const { namespace, name } = object.metadata;
    const plural = object.kind.toLowerCase() + 's';
    const key = [plural, namespace, name].filter(Boolean).join('/');
    const type = this.objects.has(key) ? 'MODIFIED' : 'ADDED';
    return this.write(key, type, object as unknown as KubeObject);
  }

  get<T extends KubeObject>(key: string): T {
    return this.objects.get(key) as T;
  }

  closeWatches(): void {
    const closed = [...this.watches];
    this.watches.clear();
    for (const { sink } of closed) sink.closed();
  }

  private list({ ref, namespace, options }: ApiRequest): unknown {
    const items = [...this.objects.values()].filter(
      (object) =>
        object.kind === ref.kind &&
        (!namespace || object.metadata.namespace === namespace) &&
        selects(options.fieldSelector, object),
    );
    return { resourceVersion: String(this.revision), items };
  }

  private delete(key: string, old: KubeObject, { options }: ApiRequest): KubeObject {
    const grace = options.gracePeriodSeconds ?? (old.kind === 'Pod' ? 30 : 0);
    const spec = (old as KubeObject & { spec?: { nodeName?: string } }).spec;
    if (grace > 0 && spec?.nodeName) {
      const deletionTimestamp = formatTime(this.sim.clock.nowMs + grace * 1000);
      const metadata = { ...old.metadata, deletionTimestamp, deletionGracePeriodSeconds: grace };
      return this.write(key, 'MODIFIED', { ...old, metadata });
    }
    this.objects.delete(key);
    this.notify('DELETED', this.stamp(old));
    return old;
  }

  private write(key: string, type: WatchEventType, object: KubeObject): KubeObject {
    const stored = this.stamp(object);
    this.objects.set(key, stored);
    this.notify(type, stored);
    return stored;
  }

  private stamp(object: KubeObject): KubeObject {
    const { uid, creationTimestamp } = object.metadata;
    const metadata = {
      ...object.metadata,
      uid: uid || this.sim.random('uids').uuid(),
      resourceVersion: String(++this.revision),
      creationTimestamp: creationTimestamp || formatTime(this.sim.clock.nowMs),
    };
    return deepFreeze({ ...object, metadata });
  }

  private notify(type: WatchEventType, object: KubeObject): void {
    for (const { request, sink } of this.watches) {
      if (request.ref.kind !== object.kind || !selects(request.fieldSelector, object)) continue;
      if (request.namespace && request.namespace !== object.metadata.namespace) continue;
      sink.event({ type, object, revision: this.revision });
    }
  }
}

function selects(fieldSelector: string | undefined, object: KubeObject): boolean {
  if (!fieldSelector) return true;
  const [path, value] = fieldSelector.split('=');
  let part: unknown = object;
  for (const field of path.split('.')) part = (part as Json | undefined)?.[field];
  return part === value;
}

function merge(old: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Json = isRecord(old) ? { ...old } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else merged[field] = merge(merged[field], value);
  }
  return merged;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
