// A component's typed client: it names its actor and charges the latency of each call to the
// running activity, so that the component's next act happens that much later.
import type { Draft, KubeObject } from '../api/object';
import { pods, type ResourceRef } from '../api/resource-ref';
import type { VirtualClock } from '../sim/clock';
import type { ApiRequest, ObjectList, RequestOptions, Transport, Verb } from './transport';

const NO_OPTIONS: RequestOptions = Object.freeze({});

export class Client {
  constructor(
    readonly transport: Transport,
    private readonly clock: VirtualClock,
    /** Who asks, in traces and as user agent. */
    readonly actor: string,
    /** Virtual time that one call takes. */
    readonly latencyMs: number,
  ) {}

  /** What the server stores now, custom resources too; the same array until that changes. */
  resources(): readonly ResourceRef[] {
    return this.transport.resources();
  }

  /** Throws NotFound. */
  get<T extends KubeObject>(ref: ResourceRef<T>, namespace: string, name: string): T {
    return this.call('get', ref, '', namespace, name) as T;
  }

  /** All namespaces when `namespace` is ''. */
  list<T extends KubeObject>(
    ref: ResourceRef<T>,
    namespace = '',
    options: RequestOptions = NO_OPTIONS,
  ): ObjectList<T> {
    return this.call('list', ref, '', namespace, '', undefined, options) as ObjectList<T>;
  }

  /** The namespace is the draft's own. Throws AlreadyExists, Invalid, Forbidden. */
  create<T extends KubeObject>(ref: ResourceRef<T>, draft: Draft<T>): T {
    return this.call('create', ref, '', draft.metadata.namespace ?? '', '', draft) as T;
  }

  /** Throws Conflict when the object carries a resourceVersion that is not the newest. */
  update<T extends KubeObject>(ref: ResourceRef<T>, object: T): T {
    const { namespace, name } = object.metadata;
    return this.call('update', ref, '', namespace ?? '', name, object) as T;
  }

  updateStatus<T extends KubeObject>(ref: ResourceRef<T>, object: T): T {
    const { namespace, name } = object.metadata;
    return this.call('update', ref, 'status', namespace ?? '', name, object) as T;
  }

  /** As update, of a subresource that takes the whole object: 'status', 'finalize'. */
  updateSubresource<T extends KubeObject>(ref: ResourceRef<T>, object: T, subresource: string): T {
    const { namespace, name } = object.metadata;
    return this.call('update', ref, subresource, namespace ?? '', name, object) as T;
  }

  /** What a subresource answers, which is of a kind of its own: 'scale'. Throws NotFound. */
  getSubresource<T>(ref: ResourceRef, subresource: string, namespace: string, name: string): T {
    return this.call('get', ref, subresource, namespace, name) as T;
  }

  /** `body` in the patch type's form; 'strategic' when options do not say. */
  patch<T extends KubeObject>(
    ref: ResourceRef<T>,
    namespace: string,
    name: string,
    body: unknown,
    options: RequestOptions & { subresource?: string } = NO_OPTIONS,
  ): T {
    return this.call('patch', ref, options.subresource ?? '', namespace, name, body, options) as T;
  }

  delete(
    ref: ResourceRef,
    namespace: string,
    name: string,
    options: RequestOptions = NO_OPTIONS,
  ): void {
    this.call('delete', ref, '', namespace, name, undefined, options);
  }

  deleteCollection(ref: ResourceRef, namespace: string, options = NO_OPTIONS): void {
    this.call('deletecollection', ref, '', namespace, '', undefined, options);
  }

  /** POST pods/binding. `uid` guards against a pod of the same name made anew. */
  bind(namespace: string, podName: string, uid: string, nodeName: string): void {
    this.call('create', pods, 'binding', namespace, podName, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { namespace, name: podName, uid },
      target: { kind: 'Node', name: nodeName },
    });
  }

  /** POST pods/eviction. Throws TooManyRequests when a disruption budget forbids it. */
  evict(namespace: string, podName: string): void {
    this.call('create', pods, 'eviction', namespace, podName, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { namespace, name: podName },
    });
  }

  private call(
    verb: Verb,
    ref: ResourceRef,
    subresource: string,
    namespace: string,
    name: string,
    body?: unknown,
    options: RequestOptions = NO_OPTIONS,
  ): unknown {
    const request: ApiRequest = {
      verb,
      ref,
      subresource,
      namespace,
      name,
      body,
      options,
      actor: this.actor,
    };
    const answer = this.transport.request(request);
    this.clock.charge(this.latencyMs);
    return answer;
  }
}
