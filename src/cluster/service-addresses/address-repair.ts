// Mends what others do to IPAddresses. As the real loop it hears of changed IPAddresses at once, of
// those deleted only when it looks at every Service again, each three minutes, or when the Service
// changes. It looks again only when something may be wrong.
// Upstream: pkg/registry/core/service/ipallocator/controller/repairip.go.
import { ipAddresses, serviceCIDRs } from '../../api/extension-refs';
import type { IPAddress, ServiceCIDR } from '../../api/extension-types';
import { isIpv4 } from '../../api/ip';
import { ipRange, isHostInRange } from '../../api/ip-range';
import type { KubeObject } from '../../api/object';
import { services } from '../../api/resource-ref';
import { parseTime } from '../../api/time';
import type { Service } from '../../api/types';
import type { ApiServer } from '../../apiserver/server';
import { SeriesRecorder } from '../../client/series-recorder';
import { addressesOf } from '../../resources/core/service-allocator';
import { Scope } from '../../sim/scope';

const NAME = 'ipallocator-repair-controller';
const STEP_MS = 5;
const LOOK_MS = 180_000;
/** A Service may still be on its way to the store for as long as a request takes at the most. */
const GRACE_MS = 60_000;
const FAMILY = 'ipaddress.kubernetes.io/ip-family';
const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by';
const MANAGER = 'ipallocator.k8s.io';

/** The labels of an IPAddress that the allocator made. */
export function addressLabels(address: string): Record<string, string> {
  return { [FAMILY]: familyOf(address), [MANAGED_BY]: MANAGER };
}

/** How IPAddresses are written without being repaired in turn. */
export interface AddressWrites {
  note(service: Service, address: string): void;
  strike(address: string): void;
}

export class AddressRepair {
  private readonly recorder: SeriesRecorder;
  private readonly startMs: number;
  /** True while every Service is to be looked at again. */
  private isInDoubt = false;
  private isPlanned = false;

  constructor(
    private readonly server: ApiServer,
    private readonly writes: AddressWrites,
  ) {
    const { sim } = server;
    const scope = new Scope(sim.clock);
    this.startMs = sim.clock.nowMs;
    this.recorder = new SeriesRecorder(sim, scope, server, NAME, `${NAME}-m1`, 'kube-apiserver');
  }

  /** Somebody else wrote an IPAddress. */
  addressChanged(name: string): void {
    this.lookAgain();
    this.after(STEP_MS, () => this.syncAddress(name));
  }

  serviceChanged({ metadata }: Service): void {
    const { namespace = '', name } = metadata;
    if (this.isInDoubt) this.after(STEP_MS, () => this.syncService(namespace, name));
  }

  /** Has every Service and IPAddress looked at when three minutes are round. */
  lookAgain(): void {
    this.isInDoubt = true;
    if (this.isPlanned) return;
    this.isPlanned = true;
    const sinceMs = this.server.sim.clock.nowMs - this.startMs;
    this.after(LOOK_MS - (sinceMs % LOOK_MS), () => {
      this.isPlanned = false;
      this.isInDoubt = false;
      this.look();
    });
  }

  /** Looks at every Service and IPAddress. */
  look(): void {
    const { store } = this.server;
    for (const { metadata } of store.list(services.key)) {
      this.syncService(metadata.namespace!, metadata.name);
    }
    for (const { metadata } of store.list(ipAddresses.key)) this.syncAddress(metadata.name);
  }

  private after(delayMs: number, act: () => void): void {
    this.server.sim.clock.after(delayMs, act);
  }

  private syncService(namespace: string, name: string): void {
    const service = this.service(namespace, name);
    if (service) for (const address of addressesOf(service)) this.syncOne(service, address);
  }

  private syncOne(service: Service, address: string): void {
    const family = familyOf(address);
    const warn = (reason: string, message: string): void =>
      this.warn(service, reason, 'ClusterIPAllocation', message);
    if (!this.isInRange(address)) {
      const why = 'is not within any configured Service CIDR; please recreate service';
      warn('ClusterIPOutOfRange', `Cluster IP [${family}]: ${address} ${why}`);
      return;
    }
    const known = this.address(address);
    if (!known) {
      const why = `Cluster IP [${family}]: ${address} is not allocated; repairing`;
      warn('ClusterIPNotAllocated', why);
      this.writes.note(service, address);
      return;
    }
    const problem = this.problemOf(known, service);
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    if (problem === 'wrong reference') {
      const whose = `the ClusterIP [${family}]: ${address} for Service ${key}`;
      warn('ClusterIPNotAllocated', `${whose} has a wrong reference; repairing`);
    } else if (problem === 'taken twice') {
      const why = 'was assigned to multiple services; please recreate service';
      warn('ClusterIPAlreadyAllocated', `Cluster IP [${family}]:${address} ${why}`);
    }
    if (problem === 'wrong reference' || problem === 'wrong labels') {
      this.writes.strike(address);
      this.writes.note(service, address);
    }
  }

  private problemOf(
    { metadata, spec }: IPAddress,
    service: Service,
  ): 'wrong reference' | 'taken twice' | 'wrong labels' | undefined {
    const { group = '', resource, namespace = '', name } = spec.parentRef;
    if (group !== '' || resource !== 'services') return 'wrong reference';
    const { metadata: own } = service;
    if (namespace !== own.namespace || name !== own.name) {
      const other = this.service(namespace, name);
      if (!other) return 'wrong reference';
      if (other.spec.clusterIPs?.includes(metadata.name)) return 'taken twice';
    }
    const { labels = {} } = metadata;
    const isLabelled = labels[FAMILY] === familyOf(metadata.name) && labels[MANAGED_BY] === MANAGER;
    return isLabelled ? undefined : 'wrong labels';
  }

  /** Removes what the allocator is said to have made for a Service, when none has it. */
  private syncAddress(address: string): void {
    const known = this.address(address);
    if (known?.metadata.labels?.[MANAGED_BY] !== MANAGER) return;
    const { group = '', resource, namespace = '', name } = known.spec.parentRef;
    if (group !== '' || resource !== 'services') {
      const parent =
        `&ParentReference{Group:${group},Resource:${resource},` +
        `Namespace:${namespace},Name:${name},}`;
      const why = `appears to have been modified, not referencing a Service ${parent}: cleaning up`;
      this.remove(known, 'IPAddressNotAllocated', `IPAddress ${address} ${why}`);
      return;
    }
    const whose = `IPAddress: ${address} for Service ${namespace}/${name}`;
    const service = this.service(namespace, name);
    if (!service) {
      const madeMs = parseTime(known.metadata.creationTimestamp!);
      const leftMs = GRACE_MS - (this.server.sim.clock.nowMs - madeMs);
      if (leftMs >= 0) this.after(Math.max(leftMs, STEP_MS), () => this.syncAddress(address));
      else
        this.remove(known, 'IPAddressNotAllocated', `${whose} appears to have leaked: cleaning up`);
    } else if (!service.spec.clusterIPs?.includes(address)) {
      this.remove(known, 'IPAddressWrongReference', `${whose} has a wrong reference; cleaning up`);
    }
  }

  private remove(address: IPAddress, reason: string, message: string): void {
    this.warn(address, reason, 'IPAddressAllocation', message);
    this.writes.strike(address.metadata.name);
  }

  private warn(object: KubeObject, reason: string, action: string, message: string): void {
    this.recorder.event(object, 'Warning', reason, action, message);
  }

  private isInRange(address: string): boolean {
    const ranges = this.server.store.list(serviceCIDRs.key) as ServiceCIDR[];
    // Before the first one is there, the range of the API server's start counts.
    const cidrs =
      ranges.length === 0
        ? [this.server.context.claims.serviceCidr]
        : ranges.flatMap(({ spec }) => spec.cidrs ?? []);
    return cidrs.some((cidr) => isHostInRange(address, ipRange(cidr)));
  }

  private service(namespace: string, name: string): Service | undefined {
    return this.server.store.get(services.key, namespace, name) as Service | undefined;
  }

  private address(name: string): IPAddress | undefined {
    return this.server.store.get(ipAddresses.key, '', name) as IPAddress | undefined;
  }
}

function familyOf(address: string): 'IPv4' | 'IPv6' {
  return isIpv4(address) ? 'IPv4' : 'IPv6';
}
