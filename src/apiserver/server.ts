// The API server on objects: every verb of every resource, over the store. HTTP stands before it
// (`http/handler.ts`); components call it directly, with the same checks and the same errors.
// Invariants: only this writes to the store; every request leaves a trace record, failed or not.
// Upstream: apiserver/pkg/endpoints, pkg/registry.
import type { KubeObject } from '../api/object';
import { events, namespaces, pods, services, type ResourceRef } from '../api/resource-ref';
import { methodNotSupported, notFound, StatusError } from '../api/status-error';
import type {
  ApiRequest,
  ObjectList,
  Transport,
  WatchEvent,
  WatchRequest,
  WatchSink,
} from '../client/transport';
import type { ResourceDefinition } from '../resources/definition';
import { assert } from '../sim/assert';
import type { Simulation } from '../sim/simulation';
import type { Store } from '../store/store';
import { AdmissionChain, type AdmissionStep } from './admission/chain';
import type { ServerContext } from './context';
import { createObject } from './create';
import { deleteCollection, deleteObject } from './delete';
import { Expiry } from './expiry';
import { listObjects } from './list';
import { finalizeNamespace } from './namespace-deletion';
import { patchObject } from './patch-object';
import { bindPod, evictPod } from './pod-subresources';
import { getScale, writeScale } from './scale';
import { compileSelection } from './selection';
import { ServiceClaims } from './service-claims';
import { updateObject } from './update';

export interface Answer {
  code: number;
  object: unknown;
}

export class ApiServer implements Transport {
  private readonly definitions = new Map<string, ResourceDefinition>();
  private readonly context: ServerContext;
  private readonly expiry: Expiry;

  constructor(
    readonly sim: Simulation,
    readonly store: Store,
    definitions: readonly ResourceDefinition[],
    admissionSteps: readonly AdmissionStep[],
    /** The random stream for uids and name suffixes. */
    streamName: string,
  ) {
    for (const definition of definitions) this.define(definition);
    const random = sim.random(streamName);
    this.context = {
      sim,
      store,
      random,
      claims: new ServiceClaims(store, random),
      admission: new AdmissionChain(admissionSteps),
      definition: (ref) => this.definition(ref),
    };
    this.expiry = new Expiry(sim.clock, store);
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
    const definition = this.definition(request.ref);
    const { filter, matches } = compileSelection(
      definition,
      request.namespace ?? '',
      request.labelSelector,
      request.fieldSelector,
    );
    const { key } = definition.ref;
    const send = (type: WatchEvent['type'], object: KubeObject, revision: number): void =>
      sink.event({ type, object, revision });
    const start = this.startRevision(request.resourceVersion);
    if (start === undefined) {
      for (const object of this.store.list(key, request.namespace)) {
        if (!matches || matches(object))
          send('ADDED', object, Number(object.metadata.resourceVersion));
      }
    }
    return this.store.watch(key, filter, start ?? this.store.revision, {
      event: send,
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

  private define(definition: ResourceDefinition): void {
    const { key } = definition.ref;
    assert(!this.definitions.has(key), `resource ${key} is defined once`);
    this.definitions.set(key, definition);
    const { indexedField, selectableFields } = definition;
    const indexOf = indexedField ? selectableFields?.[indexedField] : undefined;
    this.store.defineTable(key, { indexOf });
  }

  private startRevision(resourceVersion: string): number | undefined {
    if (resourceVersion === '' || resourceVersion === '0') return undefined;
    return Math.min(Number(resourceVersion), this.store.revision);
  }

  private perform(definition: ResourceDefinition, request: ApiRequest): Answer {
    const { context } = this;
    if (request.subresource && request.subresource !== 'status') {
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
        const object = patchObject(context, definition, request);
        this.expiry.track(definition.ref.key, object);
        return { code: 200, object };
      }
      case 'delete':
        return { code: 200, object: deleteObject(context, definition, request) };
      case 'deletecollection':
        return { code: 200, object: deleteCollection(context, definition, request) as ObjectList };
    }
  }

  private performSubresource(definition: ResourceDefinition, request: ApiRequest): Answer {
    const { ref } = definition;
    if (ref.key === pods.key && request.verb === 'create') {
      const act = { binding: bindPod, eviction: evictPod }[request.subresource];
      if (act) return { code: 201, object: act(this.context, definition, request) };
    }
    if (ref.key === namespaces.key && request.subresource === 'finalize') {
      return { code: 200, object: finalizeNamespace(this.context, definition, request) };
    }
    if (request.subresource === 'scale' && definition.subresources?.includes('scale')) {
      const act = request.verb === 'get' ? getScale : writeScale;
      return { code: 200, object: act(this.context, definition, request) };
    }
    const resource = `${ref.resource}/${request.subresource}`;
    throw methodNotSupported({ group: ref.group, resource }, request.verb);
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
