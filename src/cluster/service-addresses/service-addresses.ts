// The IPAddress of each cluster IP, and the loop of kube-apiserver that repairs them. Addresses are
// noted where Services get and lose them; the loop only looks after what others do to IPAddresses,
// so that a cluster in which nobody does costs nothing.
// Invariants: an IPAddress that somebody else made keeps its address from being given out; what the
// ledger writes itself needs no repair.
// Where the real one differs: an IPAddress that somebody deletes leaves its address with the
// Service that has it, where the real allocator might give it to a second one before the repair.
// Upstream: pkg/registry/core/service/ipallocator.
import { ipAddresses } from '../../api/extension-refs';
import type { IPAddress } from '../../api/extension-types';
import { isIpv4 } from '../../api/ip';
import type { Draft } from '../../api/object';
import { services } from '../../api/resource-ref';
import type { Service } from '../../api/types';
import type { ApiServer } from '../../apiserver/server';
import type { AddressLedger } from '../../apiserver/service-claims';
import { addressesOf } from '../../resources/core/service-allocator';
import { addressLabels, AddressRepair } from './address-repair';
import { ServiceRanges } from './service-ranges';

const { key: TABLE } = ipAddresses;

/** Notes cluster IPs as IPAddresses. */
export const serviceAddressesProgram = {
  name: 'ipallocator.k8s.io',
  start: (server: ApiServer): void => begin(server),
  restored: (server: ApiServer): void => ledgerOf(server)?.takeUp(),
};

function begin(server: ApiServer): void {
  const ledger = new ServiceAddresses(server);
  server.context.claims.ledger = ledger;
  ledger.takeUp();
}

function ledgerOf(server: ApiServer): ServiceAddresses | undefined {
  return server.context.claims.ledger as ServiceAddresses | undefined;
}

class ServiceAddresses implements AddressLedger {
  private readonly repair: AddressRepair;
  private readonly ranges: ServiceRanges;
  /** True while it writes itself. */
  private isWriting = false;
  private stop: (() => void) | undefined;

  constructor(private readonly server: ApiServer) {
    this.repair = new AddressRepair(server, {
      note: (service, address) => this.note(service, address),
      strike: (address) => this.strike(address),
    });
    this.ranges = new ServiceRanges(server, () => this.repair.lookAgain());
  }

  /** Takes up what the store has, and what comes. */
  takeUp(): void {
    this.stop?.();
    this.ranges.takeUp();
    const { store } = this.server;
    for (const service of store.list(services.key) as Service[]) this.claimed(service, undefined);
    for (const address of store.list(TABLE)) this.hold(address.metadata.name, true);
    this.stop = store.watch(TABLE, {}, store.revision, {
      event: (type, address) => {
        if (!this.isWriting) this.changed(address as IPAddress, type === 'DELETED');
      },
      // The server stopped; when it is back, what happened since counts.
      closed: () => this.server.sim.clock.at(this.server.sim.clock.nowMs, () => this.takeUp()),
    });
    this.repair.look();
  }

  claimed(service: Service, old: Service | undefined): void {
    const before = old ? addressesOf(old) : [];
    for (const address of addressesOf(service)) {
      if (!before.includes(address)) this.note(service, address);
    }
    this.repair.serviceChanged(service);
  }

  released(service: Service, next: Service | undefined): void {
    const kept = next ? addressesOf(next) : [];
    for (const address of addressesOf(service)) if (!kept.includes(address)) this.strike(address);
  }

  private changed(address: IPAddress, isGone: boolean): void {
    const { name } = address.metadata;
    if (!isGone) this.hold(name, true);
    else if (!this.holderOf(address)) this.hold(name, false);
    this.repair.addressChanged(name);
  }

  /** The Service that an IPAddress speaks of, when it has the address. */
  private holderOf({ metadata, spec }: IPAddress): Service | undefined {
    const { namespace = '', name } = spec.parentRef;
    const service = this.server.store.get(services.key, namespace, name) as Service | undefined;
    return service && addressesOf(service).includes(metadata.name) ? service : undefined;
  }

  private hold(address: string, isHeld: boolean): void {
    if (isIpv4(address)) this.server.context.claims.allocator.hold(address, isHeld);
  }

  private note(service: Service, address: string): void {
    this.writing(() => this.server.seed(ipAddresses, [addressDraft(service, address)]));
  }

  private strike(address: string): void {
    const { store } = this.server;
    const current = store.get(TABLE, '', address);
    if (!current) return;
    if (current.metadata.finalizers) this.server.request(deletion(address));
    else this.writing(() => store.delete(TABLE, current));
  }

  private writing(write: () => void): void {
    this.isWriting = true;
    write();
    this.isWriting = false;
  }
}

function addressDraft({ metadata }: Service, address: string): Draft<IPAddress> {
  const { name, namespace } = metadata;
  const parentRef = { resource: 'services', namespace, name };
  const labels = addressLabels(address);
  return { metadata: { name: address, labels }, spec: { parentRef } } as Draft<IPAddress>;
}

function deletion(name: string): Parameters<ApiServer['request']>[0] {
  return {
    verb: 'delete',
    ref: ipAddresses,
    subresource: '',
    namespace: '',
    name,
    body: undefined,
    options: {},
    actor: 'kube-apiserver',
  };
}
