// ServiceLB, the load balancer of k3s: a DaemonSet for each Service of type LoadBalancer, whose
// pods take the Service's ports on their machines, and whose machines' addresses are the Service's.
// The service controller of the cloud-controller-manager makes and removes DaemonSets; a loop of
// its own keeps the addresses in line with the pods that are ready.
// Upstream: github.com/k3s-io/k3s, pkg/cloudprovider/servicelb.go.
import { deepEqual } from '../../api/deep-equal';
import { splitKey } from '../../api/object';
import {
  daemonSets,
  endpointSlices,
  nodes,
  pods,
  serviceAccounts,
  services,
} from '../../api/resource-ref';
import { isAlreadyExists, isNotFound } from '../../api/status-error';
import type { DaemonSet, EndpointSlice, Node, Pod, Service } from '../../api/types';
import type { Informer } from '../../client/informer';
import type { LoadBalancers } from './cloud-provider';
import type { Controller, ControllerContext } from '../controller';
import { isPodReady } from '../pod-status';
import {
  daemonSetFor,
  daemonSetName,
  ENABLED_LABEL,
  LB_NAMESPACE,
  SERVICE_LABELS,
} from './servicelb-daemonset';

const ACCOUNT = 'account';

/** What the service controller of k3s asks: somebody else gives the addresses. */
export function serviceLoadBalancers(context: ControllerContext): LoadBalancers {
  const { client, recorder } = context;
  const nodeInformer = context.informer(nodes);
  const find = (service: Service): DaemonSet | undefined => {
    try {
      return client.get(daemonSets, LB_NAMESPACE, daemonSetName(service));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const apply = (service: Service): void => {
    const isSelective = [...nodeInformer.items.values()].some(isLabelled);
    const wanted = daemonSetFor(service, isSelective);
    const known = find(service);
    if (!known) client.create(daemonSets, wanted);
    else {
      const spec = { ...known.spec, template: wanted.spec!.template };
      client.update(daemonSets, { ...known, spec } as DaemonSet);
    }
    const where = `${LB_NAMESPACE}/${wanted.metadata.name}`;
    const message = `Applied LoadBalancer DaemonSet ${where}`;
    recorder.event(service, 'Normal', 'AppliedDaemonSet', message);
  };
  return {
    exists: (service) => find(service) !== undefined,
    ensure(service) {
      apply(service);
      return 'elsewhere';
    },
    update(service) {
      apply(service);
      return false;
    },
    remove(service) {
      const name = daemonSetName(service);
      if (!find(service)) return;
      client.delete(daemonSets, LB_NAMESPACE, name);
      const message = `Deleted LoadBalancer DaemonSet ${LB_NAMESPACE}/${name}`;
      recorder.event(service, 'Normal', 'DeletedDaemonSet', message);
    },
  };
}

/** Keeps the addresses of Services in line with the pods of their DaemonSets. */
export const serviceAddressController: Controller = {
  name: 'servicelb',
  eventSource: 'service-controller',
  workers: 1,
  start(context) {
    const loop = new AddressLoop(context);
    context.enqueue(ACCOUNT);
    return { reconcile: (key) => loop.reconcile(key) };
  },
};

class AddressLoop {
  private readonly services: Informer<Service>;
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  private readonly slices: Informer<EndpointSlice>;

  constructor(private readonly context: ControllerContext) {
    const look = (pod: Pod): void => this.podChanged(pod);
    this.services = context.informer(services);
    this.pods = context.watch(
      pods,
      { added: look, updated: look, deleted: look },
      { namespace: LB_NAMESPACE },
    );
    this.pods.addIndex('service', ({ metadata }) => {
      const { name, namespace } = serviceOf(metadata.labels);
      return name ? [`${namespace}/${name}`] : [];
    });
    this.nodes = context.informer(nodes);
    const changed = (slice: EndpointSlice): void => this.sliceChanged(slice);
    this.slices = context.watch(endpointSlices, { added: changed, updated: changed });
    this.slices.addIndex('service', (slice) => [keyOfSlice(slice)]);
  }

  reconcile(key: string): void {
    if (key === ACCOUNT) {
      this.ensureAccount();
      return;
    }
    const service = this.services.get(key);
    if (service?.spec.type === 'LoadBalancer') this.writeAddresses(key, service);
  }

  private podChanged({ metadata, status }: Pod): void {
    const { name, namespace } = serviceOf(metadata.labels);
    if (name && status.podIP) this.context.enqueue(`${namespace}/${name}`);
  }

  private sliceChanged(slice: EndpointSlice): void {
    const key = keyOfSlice(slice);
    if (this.services.get(key)?.spec.type === 'LoadBalancer') this.context.enqueue(key);
  }

  private ensureAccount(): void {
    try {
      const metadata = { name: 'svclb', namespace: LB_NAMESPACE };
      this.context.client.create(serviceAccounts, { metadata } as never);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  private writeAddresses(key: string, service: Service): void {
    const { client, recorder } = this.context;
    const before = (service.status.loadBalancer?.ingress ?? []).map((each) => each.ip ?? '');
    const now = this.addressesOf(key, service);
    if (deepEqual(before, now)) return;
    const { namespace, name } = splitKey(key);
    const ingress = now.length > 0 ? now.map((ip) => ({ ip })) : null;
    const body = { status: { loadBalancer: { ingress } } };
    client.patch(services, namespace, name, body, { patchType: 'merge', subresource: 'status' });
    if (now.length === 0) {
      const message = 'There are no available nodes for LoadBalancer';
      recorder.event(service, 'Warning', 'UnAvailableLoadBalancer', message);
      return;
    }
    const told = `Updated LoadBalancer with new IPs: [${before.join(' ')}] -> [${now.join(' ')}]`;
    recorder.event(service, 'Normal', 'UpdatedLoadBalancer', told);
  }

  /** Of the machines with a ready pod; those outside if any has one. */
  private addressesOf(key: string, { spec }: Service): string[] {
    const local = spec.externalTrafficPolicy === 'Local' ? this.machinesWithEndpoints(key) : null;
    const inside = new Set<string>();
    const outside = new Set<string>();
    for (const pod of this.pods.byIndex('service', key)) {
      const { nodeName = '' } = pod.spec;
      if (!isPodReady(pod) || !pod.status.podIP || local?.has(nodeName) === false) continue;
      for (const { type, address } of this.nodes.get(nodeName)?.status.addresses ?? []) {
        if (type === 'ExternalIP') outside.add(address);
        else if (type === 'InternalIP') inside.add(address);
      }
    }
    return [...(outside.size > 0 ? outside : inside)].sort();
  }

  private machinesWithEndpoints(key: string): Set<string> {
    const names = new Set<string>();
    for (const { endpoints } of this.slices.byIndex('service', key)) {
      for (const { conditions, nodeName, targetRef } of endpoints ?? []) {
        if (targetRef?.kind === 'Pod' && conditions?.ready && nodeName) names.add(nodeName);
      }
    }
    return names;
  }
}

function serviceOf(labels: Readonly<Record<string, string>> | undefined) {
  return { name: labels?.[SERVICE_LABELS.name], namespace: labels?.[SERVICE_LABELS.namespace] };
}

function keyOfSlice({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name']}`;
}

function isLabelled({ metadata }: Node): boolean {
  return metadata.labels !== undefined && ENABLED_LABEL in metadata.labels;
}
