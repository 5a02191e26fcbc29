// Where the traffic for Ingresses arrives, as their controller tells in each one's status: at a
// Service that it publishes, at addresses that it was given, or at the machines of its own pods.
// Upstream: ingress-nginx, internal/ingress/status/status.go.
import type { IngressStatus } from '../../api/extension-types';
import { nodes, pods, services } from '../../api/resource-ref';
import type { Pod, Service } from '../../api/types';
import type { Component } from '../../client/component';

export type IngressAddress = NonNullable<
  NonNullable<IngressStatus['loadBalancer']>['ingress']
>[number];

export interface IngressAddressOptions {
  /** 'namespace/name' of a Service; '' for none. */
  readonly service: string;
  /** Told to the controller by hand. */
  readonly addresses: readonly string[];
  /** The address within the cluster of machines, even of those that have one outside. */
  readonly isInternal?: boolean;
}

/** Reads from the caches of the component, which must have been asked for them (`prepare`). */
export class IngressAddresses {
  constructor(
    private readonly component: Component,
    private readonly pod: Pod,
    private readonly options: IngressAddressOptions,
  ) {
    const { namespace } = pod.metadata;
    const [serviceNamespace] = options.service.split('/');
    if (options.service) component.informer(services, { namespace: serviceNamespace });
    component.informer(pods, { namespace });
    if (!options.service && options.addresses.length === 0) component.informer(nodes);
  }

  /** Called when the Service that is published changes. */
  onChange(changed: () => void): void {
    const { service } = this.options;
    if (!service) return;
    const [namespace, name] = service.split('/');
    const look = ({ metadata }: Service): void => {
      if (metadata.name === name) changed();
    };
    const informer = this.component.informer(services, { namespace });
    informer.addHandler({ added: look, updated: look, deleted: look });
  }

  /** In order, none twice. */
  list(): IngressAddress[] {
    const { service, addresses } = this.options;
    const found = service ? this.ofService(service) : addresses.map(addressOf);
    const all = service || addresses.length > 0 ? found : this.ofMachines();
    const key = ({ ip = '', hostname = '' }: IngressAddress): string => `${hostname} ${ip}`;
    const byKey = new Map(all.map((each) => [key(each), each]));
    return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  }

  /** The pods of the controller that run, this one too. */
  replicas(): Pod[] {
    const { namespace, labels = {} } = this.pod.metadata;
    const own = Object.entries(labels).filter(([key]) => !PER_REVISION.includes(key));
    const informer = this.component.informer(pods, { namespace });
    return [...informer.items.values()].filter(
      ({ metadata, status }) =>
        status.phase === 'Running' &&
        !metadata.deletionTimestamp &&
        own.every(([key, value]) => metadata.labels?.[key] === value),
    );
  }

  private ofService(key: string): IngressAddress[] {
    const [namespace, name] = key.split('/');
    const service = this.component.informer(services, { namespace }).get(`${namespace}/${name}`);
    if (!service) return [];
    const { type, clusterIP, externalName, externalIPs = [] } = service.spec;
    if (type === 'ExternalName') return [{ hostname: externalName }];
    const outside = externalIPs.map((ip) => ({ ip }));
    if (type === 'LoadBalancer') {
      const given = service.status.loadBalancer?.ingress ?? [];
      const own = given.map(({ ip, hostname }) => (ip ? { ip } : { hostname }));
      return [...own, ...outside] as IngressAddress[];
    }
    return outside.length > 0 ? outside : [{ ip: clusterIP }];
  }

  private ofMachines(): IngressAddress[] {
    const informer = this.component.informer(nodes);
    const ready = this.replicas().filter(isReady);
    return ready.flatMap(({ spec }): IngressAddress[] => {
      const addresses = informer.get(spec.nodeName ?? '')?.status.addresses ?? [];
      const find = (wanted: string) => addresses.find(({ type }) => type === wanted)?.address;
      const inside = find('InternalIP');
      const ip = this.options.isInternal ? inside : (find('ExternalIP') ?? inside);
      return ip ? [{ ip }] : [];
    });
  }
}

/** Labels that pods of one controller do not share over its revisions. */
const PER_REVISION = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
];

function isReady({ status }: Pod): boolean {
  return (
    status.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') === true
  );
}

function addressOf(text: string): IngressAddress {
  return /^[\d.]+$|:/.test(text) ? { ip: text } : { hostname: text };
}
