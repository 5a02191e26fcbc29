// The API server on objects: every verb of every resource, over the store. HTTP stands before it
// (`http/handler.ts`); components call it directly, with the same checks and the same errors.
// Invariants: only this writes to the store; every request leaves a trace record, failed or not.
// Upstream: apiserver/pkg/endpoints, pkg/registry.
import type { KubeObject } from '../api/object';
import { events, services, type ResourceRef } from '../api/resource-ref';
import { methodNotSupported, notFound, StatusError } from '../api/status-error';
import type {
  ApiRequest,
  ApiView,
  ObjectList,
  Transport,
  WatchRequest,
  WatchSink,
} from '../client/transport';
import type { ResourceDefinition, ResourceView } from '../resources/definition';
import { assert } from '../sim/assert';
import type { Simulation } from '../sim/simulation';
import type { Store } from '../store/store';
import { AdmissionChain, type AdmissionStep } from './admission/chain';
import type { SeedDraft, ServerContext, Services } from './context';
import { createObject } from './create';
import { deleteCollection, deleteObject } from './delete';
import { Expiry } from './expiry';
import { listObjects } from './list';
import { patchObject } from './patch-object';
import { compileSelection } from './selection';
import { ServiceClaims } from './service-claims';
import { newMetadata, nextVersion } from './metadata';
import { subresourceHandlers } from './subresources';
import type { SubresourceHandler } from './subresources/subresource';
import { updateObject } from './update';

export interface Answer {
  code: number;
  object: unknown;
}

export class ApiServer implements Transport {
  private readonly definitions = new Map<string, ResourceDefinition>();
  /** By resource key or '*', a slash, and the subresource. */
  private readonly handlers = new Map<string, SubresourceHandler>();
  private stored: readonly ResourceRef[] | undefined;
  readonly context: ServerContext;
  private readonly expiry: Expiry;

  constructor(
    readonly sim: Simulation,
    readonly store: Store,
    definitions: readonly ResourceDefinition[],
    admissionSteps: readonly AdmissionStep[],
    /** The random stream for uids and name suffixes. */
    streamName: string,
    serviceCidr?: string,
  ) {
    for (const definition of definitions) this.define(definition);
    this.addSubresources(subresourceHandlers);
    const random = sim.random(streamName);
    this.context = {
      sim,
      store,
      random,
      claims: new ServiceClaims(store, random, serviceCidr),
      admission: new AdmissionChain(admissionSteps),
      services: {},
      definition: (ref) => this.definition(ref),
      resources: () => this.resources(),
    };
    this.expiry = new Expiry(sim.clock, store);
  }

  /** What the extension has added. */
  get services(): Services {
    return this.context.services;
  }

  /** To be called when the store has been restored under it. */
  afterRestore(): void {
    if (this.definitions.has(services.key)) this.context.claims.rebuild();
    if (this.definitions.has(events.key)) this.expiry.restore();
  }

  request(request: ApiRequest): unknown {
    return this.execute(request).object;
  }

  /** As `request`, with the HTTP status code of the answer. */
  execute(request: ApiRequest): Answer {
    const revision = this.store.revision;
    try {
      const answer = this.perform(this.definition(request.ref), request);
      this.record(request, answer.code, this.store.revision - revision, answer.object);
      return answer;
    } catch (error) {
      this.record(request, error instanceof StatusError ? error.code : 500, 0, request.body);
      throw error;
    }
  }

  watch(request: WatchRequest, sink: WatchSink): () => void {
    const definition = asViewed(this.definition(request.ref), request.view);
    const { filter, matches } = compileSelection(
      definition,
      request.namespace ?? '',
      request.labelSelector,
      request.fieldSelector,
    );
    const { key } = definition.ref;
    const start = this.startRevision(request.resourceVersion);
    if (start === undefined) {
      for (const object of this.store.list(key, request.namespace)) {
        if (matches && !matches(object)) continue;
        sink.event({ type: 'ADDED', object, revision: Number(object.metadata.resourceVersion) });
      }
    }
    return this.store.watch(key, filter, start ?? this.store.revision, {
      event: (_type, _object, _revision, whole) => sink.event(whole),
      closed: () => sink.closed(),
    });
  }

  /** The definition of a resource. Throws NotFound as for a path that is not served. */
  definition(ref: ResourceRef): ResourceDefinition {
    const definition = this.definitions.get(ref.key);
    if (definition) return definition;
    throw new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
  }

  /** Every resource served, in the order of the registry. */
  allDefinitions(): ResourceDefinition[] {
    return [...this.definitions.values()];
  }

  resources(): readonly ResourceRef[] {
    this.stored ??= this.allDefinitions()
      .filter(({ isVirtual }) => !isVirtual)
      .map(({ ref }) => ref);
    return this.stored;
  }

  /** Begins to serve a resource; its objects of before, if the store has any, are there again. */
  define(definition: ResourceDefinition): void {
    const { key } = definition.ref;
    assert(!this.definitions.has(key), `resource ${key} is defined once`);
    this.definitions.set(key, definition);
    this.stored = undefined;
    if (definition.isVirtual || this.store.hasTable(key)) return;
    const { indexedField, selectableFields } = definition;
    const indexOf = indexedField ? selectableFields?.[indexedField] : undefined;
    this.store.defineTable(key, { indexOf });
  }

  /** Takes the place of a resource's definition, for instance with other columns. */
  redefine(definition: ResourceDefinition): void {
    assert(this.definitions.has(definition.ref.key), `${definition.ref.key} is defined`);
    this.definitions.set(definition.ref.key, definition);
    this.stored = undefined;
  }

  /** Ends to serve a resource, whose objects have to be gone. */
  undefine(key: string): void {
    this.definitions.delete(key);
    if (this.store.hasTable(key)) this.store.closeWatchesOf(key);
    this.stored = undefined;
  }

  /** Stores what is missing of objects that are already as they should be; leaves no trace. */
  seed(ref: ResourceRef, drafts: readonly SeedDraft[]): void {
    const definition = this.definition(ref);
    const context = { ...this.context, random: this.sim.random('seeds') };
    const { apiVersion, kind, key } = ref;
    for (const draft of drafts) {
      const { name = '', namespace = '' } = draft.metadata;
      const known = this.store.get(key, namespace, name);
      const next = known && (this.services.reconcileSeed?.(known, draft) ?? known);
      if (known && next) {
        if (next !== known) this.store.update(key, nextVersion(next), known);
        continue;
      }
      const metadata = newMetadata(draft.metadata, definition, namespace, context);
      this.store.create(key, { ...draft, apiVersion, kind, metadata });
    }
  }

  addAdmission(steps: readonly AdmissionStep[]): void {
    this.context.admission.add(steps);
  }

  addSubresources(handlers: readonly SubresourceHandler[]): void {
    for (const handler of handlers) {
      this.handlers.set(handler.resource + '/' + handler.subresource, handler);
    }
  }

  private startRevision(resourceVersion: string): number | undefined {
    if (resourceVersion === '' || resourceVersion === '0') return undefined;
    return Math.min(Number(resourceVersion), this.store.revision);
  }

  private perform(stored: ResourceDefinition, request: ApiRequest): Answer {
    const { context } = this;
    const definition = asViewed(stored, request.view);
    if ((request.subresource && request.subresource !== 'status') || definition.isVirtual) {
      return this.performSubresource(definition, request);
    }
    switch (request.verb) {
      case 'get':
        return { code: 200, object: this.find(definition, request) };
      case 'list':
        return { code: 200, object: listObjects(context, definition, request) };
      case 'create': {
        const object = createObject(context, definition, request);
        this.expiry.track(definition.ref.key, object);
        return { code: 201, object };
      }
      case 'update': {
        const { object, created } = updateObject(context, definition, request);
        this.expiry.track(definition.ref.key, object);
        return { code: created ? 201 : 200, object };
      }
      case 'patch': {
        const { object, created } = patchObject(context, definition, request);
        this.expiry.track(definition.ref.key, object);
        return { code: created ? 201 : 200, object };
      }
      case 'delete':
        return { code: 200, object: deleteObject(context, definition, request) };
      case 'deletecollection':
        return { code: 200, object: deleteCollection(context, definition, request) as ObjectList };
    }
  }

  private performSubresource(definition: ResourceDefinition, request: ApiRequest): Answer {
    const { ref } = definition;
    const { subresource, verb } = request;
    const handler =
      this.handlers.get(`${ref.key}/${subresource}`) ?? this.general(definition, request);
    const act = handler?.verbs[verb];
    if (!handler || !act) {
      const resource = subresource ? `${ref.resource}/${subresource}` : ref.resource;
      throw methodNotSupported({ group: ref.group, resource }, verb);
    }
    const code = verb === 'create' ? (handler.createdCode ?? 201) : 200;
    return { code, object: act(this.context, definition, request) };
  }

  /** The handler that serves a subresource of whichever resource has it. */
  private general(
    { subresources }: ResourceDefinition,
    { subresource }: ApiRequest,
  ): SubresourceHandler | undefined {
    return subresources?.includes(subresource) ? this.handlers.get(`*/${subresource}`) : undefined;
  }

  private find({ ref }: ResourceDefinition, { namespace, name }: ApiRequest): KubeObject {
    const object = this.store.get(ref.key, namespace, name);
    if (!object) throw notFound(ref, name);
    return object;
  }

  private record(request: ApiRequest, code: number, writes: number, about: unknown): void {
    const { ref, subresource } = request;
    this.sim.trace.add({
      atMs: this.sim.clock.activityMs,
      actor: request.actor,
      verb: request.verb,
      resource: subresource ? ref.key + '/' + subresource : ref.key,
      namespace: request.namespace,
      name: request.name || nameIn(about),
      code,
      revision: writes > 0 ? this.store.revision : 0,
      cause: this.sim.cause,
    });
  }
}

function nameIn(object: unknown): string {
  const metadata = (object as KubeObject | undefined)?.metadata;
  return metadata?.name ?? metadata?.generateName ?? '';
}

/** What is of its own in the version that was asked for. */
function asViewed(stored: ResourceDefinition, view: ApiView | undefined): ResourceDefinition {
  const { overrides } = (view as ResourceView | undefined) ?? {};
  return overrides ? { ...stored, ...overrides } : stored;
}
