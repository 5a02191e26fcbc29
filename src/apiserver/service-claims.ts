// Cluster IPs and node ports around writes of Services: claimed just before the write, given back
// after the one that lets go of them. Writes of everything else pass through.
import type { KubeObject } from '../api/object';
import { services } from '../api/resource-ref';
import type { Service } from '../api/types';
import { ServiceAllocator } from '../resources/core/service-allocator';
import type { RandomStream } from '../sim/rng';
import type { Store } from '../store/store';

/** kubeadm's --service-cluster-ip-range. */
const SERVICE_CIDR = '10.96.0.0/12';

/** Keeps an account of who holds which cluster IP; what it is told has happened already. */
export interface AddressLedger {
  /** A Service has what it asked for and is about to be stored in the place of `old`. */
  claimed(service: Service, old: Service | undefined): void;
  /** `next` has replaced a Service, or nothing has. */
  released(service: Service, next: Service | undefined): void;
}

export class ServiceClaims {
  /** Set by the extension. */
  ledger?: AddressLedger;
  readonly allocator: ServiceAllocator;

  constructor(
    private readonly store: Store,
    random: RandomStream,
    readonly serviceCidr = SERVICE_CIDR,
  ) {
    this.allocator = new ServiceAllocator((end) => random.below(end), { serviceCidr });
  }

  /** The object with what it lacks; `old` is what it is to replace. Throws Invalid when taken. */
  claim(
    table: string,
    object: KubeObject,
    old: KubeObject | undefined,
    dryRun: boolean,
  ): KubeObject {
    if (table !== services.key) return object;
    const before = old as Service | undefined;
    const claimed = this.allocator.allocate(object as Service, before, dryRun);
    if (!dryRun) this.ledger?.claimed(claimed, before);
    return claimed;
  }

  /** After `next` has replaced `old`, or nothing has. */
  release(table: string, old: KubeObject, next?: KubeObject): void {
    if (table !== services.key) return;
    this.allocator.release(old as Service, next as Service | undefined);
    this.ledger?.released(old as Service, next as Service | undefined);
  }

  /** After a restore: what is taken follows from the Services that are there. */
  rebuild(): void {
    this.allocator.rebuild(this.store.list(services.key) as Service[]);
  }
}
