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

export class ServiceClaims {
  private readonly allocator: ServiceAllocator;

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
    return this.allocator.allocate(object as Service, old as Service | undefined, dryRun);
  }

  /** After `next` has replaced `old`, or nothing has. */
  release(table: string, old: KubeObject, next?: KubeObject): void {
    if (table === services.key) this.allocator.release(old as Service, next as Service | undefined);
  }

  /** After a restore: what is taken follows from the Services that are there. */
  rebuild(): void {
    this.allocator.rebuild(this.store.list(services.key) as Service[]);
  }
}
