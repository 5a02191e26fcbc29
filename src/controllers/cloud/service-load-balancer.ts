// The service controller: gives each Service of type LoadBalancer one of the cloud's, keeps it in
// line with ports and Nodes, and takes it away before the Service may go (a finalizer sees to
// that).
// Invariants: the status holds an address only while the cloud has the load balancer; Nodes that
// are merely not ready stay behind it, for its own health checks see them.
// Upstream: k8s.io/cloud-provider/controllers/service.
import { deepEqual } from '../../api/deep-equal';
import { objectKey } from '../../api/object';
import { nodes, services } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import type { Node, Service } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext } from '../controller';
import { withFinalizer, withoutFinalizer } from '../protection-finalizer';
import type { CloudProvider, LoadBalancers } from './cloud-provider';
import { FINALIZER, needsCleanup, needsUpdate, wantsLoadBalancer } from './service-changes';

const EXCLUDED_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';
const LEAVING_TAINT = 'ToBeDeletedByClusterAutoscaler';
const HOSTS = 'hosts';
const MIN_RETRY_MS = 5_000;
const MAX_RETRY_MS = 300_000;

/** The controller for that cloud. */
export function serviceLoadBalancerController(cloud: CloudProvider): Controller {
  return {
    name: 'service-lb',
    eventSource: 'service-controller',
    workers: 1,
    backoff: { baseMs: MIN_RETRY_MS, maxMs: MAX_RETRY_MS },
    start(context) {
      const loop = new ServiceLoop(context, cloud.loadBalancers(context));
      return { reconcile: (key) => loop.reconcile(key) };
    },
  };
}

class ServiceLoop {
  private readonly services: Informer<Service>;
  private readonly nodes: Informer<Node>;
  /** By key: the Nodes behind the load balancer of a Service, as last told to the cloud. */
  private readonly hosts = new Map<string, readonly string[]>();
  /** What the cloud is still at. */
  private readonly underWay = new Set<string>();

  constructor(
    private readonly context: ControllerContext,
    private readonly balancers: LoadBalancers,
  ) {
    const { recorder } = context;
    this.services = context.watch(services, {
      added: (service) => {
        if (wantsLoadBalancer(service) || needsCleanup(service)) this.enqueue(service);
      },
      updated: (service, old) => {
        if (needsUpdate(old, service, recorder) || needsCleanup(service)) this.enqueue(service);
      },
      deleted: (service) => {
        this.hosts.delete(objectKey(service));
        this.underWay.delete(objectKey(service));
      },
    });
    this.nodes = context.watch(nodes, {
      added: () => context.enqueue(HOSTS),
      updated: (node, old) => {
        const isIn = isBehindLoadBalancers(node) === isBehindLoadBalancers(old);
        if (!isIn) context.enqueue(HOSTS);
      },
      deleted: () => context.enqueue(HOSTS),
    });
  }

  reconcile(key: string): number | void {
    if (key === HOSTS) return this.updateHosts();
    const service = this.services.get(key);
    if (!service) return undefined;
    try {
      if (!wantsLoadBalancer(service) || needsCleanup(service)) this.cleanUp(key, service);
      else return this.ensure(key, service);
    } catch (error) {
      const why = `Error syncing load balancer: ${(error as Error).message}`;
      this.context.recorder.event(service, 'Warning', 'SyncLoadBalancerFailed', why);
      throw error;
    }
  }

  private enqueue(service: Service): void {
    this.context.enqueue(objectKey(service));
  }

  private ensure(key: string, service: Service): number | void {
    const { recorder } = this.context;
    if (!this.underWay.has(key)) {
      recorder.event(service, 'Normal', 'EnsuringLoadBalancer', 'Ensuring load balancer');
    }
    const own = this.withFinalizer(service);
    const hosts = this.hostNames();
    if (hosts.length === 0 && !this.underWay.has(key)) this.tellUnavailable(service);
    const ensured = during('failed to ensure load balancer', () =>
      this.balancers.ensure(own, hosts),
    );
    this.hosts.set(key, hosts);
    if (ensured === 'elsewhere') return undefined;
    if ('waitMs' in ensured) {
      this.underWay.add(key);
      return ensured.waitMs;
    }
    this.underWay.delete(key);
    recorder.event(service, 'Normal', 'EnsuredLoadBalancer', 'Ensured load balancer');
    this.writeStatus(own, ensured.addresses);
  }

  private cleanUp(key: string, service: Service): void {
    const { recorder } = this.context;
    this.underWay.delete(key);
    this.hosts.delete(key);
    if (this.balancers.exists(service)) {
      recorder.event(service, 'Normal', 'DeletingLoadBalancer', 'Deleting load balancer');
      during('failed to delete load balancer', () => this.balancers.remove(service));
    }
    let own: Service | undefined = service;
    if (service.metadata.finalizers?.includes(FINALIZER)) {
      own = during('failed to remove load balancer cleanup finalizer', () =>
        unlessGone(() => this.writeFinalizers(withoutFinalizer(service, FINALIZER))),
      );
    }
    recorder.event(service, 'Normal', 'DeletedLoadBalancer', 'Deleted load balancer');
    if (own && !own.metadata.deletionTimestamp) this.writeStatus(own, []);
  }

  private withFinalizer(service: Service): Service {
    if (service.metadata.finalizers?.includes(FINALIZER)) return service;
    return during('failed to add load balancer cleanup finalizer', () =>
      this.writeFinalizers(withFinalizer(service, FINALIZER)),
    );
  }

  private writeFinalizers({ metadata }: Service): Service {
    const { namespace, name, finalizers } = metadata;
    const body = { metadata: { finalizers } };
    return this.context.client.patch(services, namespace!, name, body, { patchType: 'merge' });
  }

  private writeStatus(service: Service, addresses: readonly string[]): void {
    const known = service.status.loadBalancer?.ingress?.map(({ ip }) => ip ?? '') ?? [];
    if (deepEqual(known, addresses)) return;
    const { namespace, name } = service.metadata;
    const ingress = addresses.length > 0 ? addresses.map((ip) => ({ ip })) : null;
    const body = { status: { loadBalancer: { ingress } } };
    const options = { patchType: 'merge', subresource: 'status' } as const;
    during('failed to update load balancer status', () =>
      unlessGone(() => this.context.client.patch(services, namespace!, name, body, options)),
    );
  }

  /** Nodes have come or gone: each load balancer gets the new list, once. */
  private updateHosts(): void {
    const hosts = this.hostNames();
    const { recorder } = this.context;
    for (const [key, before] of this.hosts) {
      const service = this.services.get(key);
      if (!service || !wantsLoadBalancer(service) || deepEqual(before, hosts)) continue;
      const isUpdated = this.balancers.update(service, hosts);
      this.hosts.set(key, hosts);
      if (!isUpdated) continue;
      if (hosts.length === 0) this.tellUnavailable(service);
      else {
        const message = 'Updated load balancer with new hosts';
        recorder.event(service, 'Normal', 'UpdatedLoadBalancer', message);
      }
    }
  }

  private tellUnavailable(service: Service): void {
    const message = 'There are no available nodes for LoadBalancer';
    this.context.recorder.event(service, 'Warning', 'UnAvailableLoadBalancer', message);
  }

  private hostNames(): readonly string[] {
    const names: string[] = [];
    for (const node of this.nodes.items.values()) {
      if (isBehindLoadBalancers(node)) names.push(node.metadata.name);
    }
    return names.sort();
  }
}

/** Of Nodes that only became not ready no load balancer is told. */
function isBehindLoadBalancers({ metadata, spec }: Node): boolean {
  if (metadata.labels && EXCLUDED_LABEL in metadata.labels) return false;
  if (metadata.deletionTimestamp || !spec.providerID) return false;
  return !spec.taints?.some(({ key }) => key === LEAVING_TAINT);
}

function during<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}

function unlessGone<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
