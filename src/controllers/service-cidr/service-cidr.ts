// ServiceCIDRs: each is protected by a finalizer and said to be ready; one that is being deleted
// goes when no address of a Service would be left outside of every range.
// Upstream: pkg/controller/servicecidrs/servicecidrs_controller.go.
import { withCondition } from '../../api/conditions';
import { ipAddresses, serviceCIDRs } from '../../api/extension-refs';
import type { IPAddress, ServiceCIDR } from '../../api/extension-types';
import { containsRange, ipRange, isHostInRange, overlap, type IpRange } from '../../api/ip-range';
import { formatTime, parseTime } from '../../api/time';
import type { Informer } from '../../client/informer';
import type { Controller, ControllerContext, ControllerLoop } from '../controller';
import { withFinalizer, withoutFinalizer } from '../protection-finalizer';

const FINALIZER = 'networking.k8s.io/service-cidr-finalizer';
const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by';
/** All allocators hear of a deletion within this time. */
const GRACE_MS = 10_000;
const READY = {
  type: 'Ready',
  status: 'True',
  reason: '',
  message: 'Kubernetes Service CIDR is ready',
};
const TERMINATING = {
  type: 'Ready',
  status: 'False',
  reason: 'Terminating',
  message:
    'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ' +
    'ServiceCIDR',
};

export const serviceCidrController: Controller = {
  name: 'service-cidr',
  eventSource: 'service-cidr-controller',
  workers: 5,
  start: (context) => new ServiceCidrLoop(context),
};

class ServiceCidrLoop implements ControllerLoop {
  private readonly cidrs: Informer<ServiceCIDR>;
  private readonly addresses: Informer<IPAddress>;

  constructor(private readonly context: ControllerContext) {
    this.cidrs = context.watch(serviceCIDRs, {
      added: (cidr) => {
        const ranges = rangesOf(cidr);
        context.enqueue(cidr.metadata.name);
        this.enqueueThose((other) => ranges.some((range) => overlap(range, other)));
      },
      updated: ({ metadata }) => context.enqueue(metadata.name),
    });
    const changed = (address: IPAddress): void => {
      const { name } = address.metadata;
      if (isOfService(address)) this.enqueueThose((range) => isHostInRange(name, range));
    };
    this.addresses = context.watch(ipAddresses, { added: changed, deleted: changed });
  }

  reconcile(name: string): number | void {
    const cidr = this.cidrs.get(name);
    if (!cidr) return undefined;
    if (cidr.metadata.deletionTimestamp) return this.release(cidr);
    const { client } = this.context;
    const isProtected = cidr.metadata.finalizers?.includes(FINALIZER);
    const kept = isProtected ? cidr : client.update(serviceCIDRs, withFinalizer(cidr, FINALIZER));
    this.tell(kept, READY);
    return undefined;
  }

  private release(cidr: ServiceCIDR): number | void {
    const { client, sim } = this.context;
    if (!this.isDispensable(cidr)) {
      this.tell(cidr, TERMINATING);
      return undefined;
    }
    const sinceMs = sim.clock.nowMs - parseTime(cidr.metadata.deletionTimestamp!);
    if (sinceMs < GRACE_MS) return GRACE_MS - sinceMs;
    if (!cidr.metadata.finalizers?.includes(FINALIZER)) return undefined;
    client.update(serviceCIDRs, withoutFinalizer(cidr, FINALIZER));
    return undefined;
  }

  /** Whether every address of a Service in it is in another range too. */
  private isDispensable(cidr: ServiceCIDR): boolean {
    const others = [...this.cidrs.items.values()].filter((other) => other !== cidr);
    const ranges = others.flatMap(rangesOf);
    const own = rangesOf(cidr);
    if (own.every((range) => ranges.some((other) => containsRange(other, range)))) return true;
    for (const address of this.addresses.items.values()) {
      const { name } = address.metadata;
      if (!isOfService(address) || !own.some((range) => isHostInRange(name, range))) continue;
      if (!ranges.some((range) => isHostInRange(name, range))) return false;
    }
    return true;
  }

  private tell(cidr: ServiceCIDR, condition: typeof READY): void {
    const { client, sim } = this.context;
    const old = cidr.status?.conditions ?? [];
    const conditions = withCondition(old, condition, formatTime(sim.clock.activityMs));
    if (conditions === old) return;
    client.updateStatus(serviceCIDRs, { ...cidr, status: { ...cidr.status, conditions } });
  }

  private enqueueThose(concerns: (range: IpRange) => boolean): void {
    for (const cidr of this.cidrs.items.values()) {
      if (rangesOf(cidr).some(concerns)) this.context.enqueue(cidr.metadata.name);
    }
  }
}

function rangesOf({ spec }: ServiceCIDR): IpRange[] {
  return (spec.cidrs ?? []).map(ipRange);
}

function isOfService({ metadata }: IPAddress): boolean {
  return metadata.labels?.[MANAGED_BY] === 'ipallocator.k8s.io';
}
