// The cloud that the machines of the preset `zones` stand in. It knows every Machine of the world:
// what sort it is, where it stands, its addresses inside and outside, whether it is switched off;
// and it makes load balancers, which are objects of the world too. Addresses outside are those that
// documentation and benchmarks may use (RFC 5737, RFC 2544).
import { loadBalancers as balancers, type LoadBalancer } from '../../api/load-balancer';
import type { Machine } from '../../api/machine';
import { bytes } from '../../api/quantity';
import { machines } from '../../api/resource-ref';
import { isNotFound } from '../../api/status-error';
import { parseTime } from '../../api/time';
import type { NodeAddress, Service } from '../../api/types';
import type { Client } from '../../client/client';
import type { CloudProvider, LoadBalancers } from '../../controllers/cloud/cloud-provider';

const REGION = 'region-1';
/** What a load balancer takes to be made. */
const MAKE_MS = 4_000;
const BLOCKS = ['203.0.113', '198.51.100', '192.0.2'];
const FIRST_HOST = 10;
const LAST_HOST = 254;

/** `world`: where its machines and load balancers are kept. */
export function simulatedCloud(world: Client): CloudProvider {
  return {
    instanceOf({ metadata: { name } }) {
      const machine = find(() => world.get(machines, '', name));
      return machine && instanceOf(machine);
    },
    loadBalancers: ({ sim }) => balancersOf(world, () => sim.clock.nowMs),
  };
}

function instanceOf({ metadata, spec, status }: Machine) {
  const { zone = '' } = spec;
  return {
    providerID: `kubarium:///${zone}/${metadata.name}`,
    type: typeOf(spec.capacity),
    zone,
    region: zone && REGION,
    addresses: addressesOf(metadata.name, status.address),
    isShutdown: spec.power === 'Off',
  };
}

/** 'standard-2x4': two processors, four gibibytes. */
function typeOf({ cpu, memory }: Machine['spec']['capacity']): string {
  return `standard-${cpu}x${Math.round(bytes(memory) / 2 ** 30)}`;
}

function addressesOf(name: string, address: string): NodeAddress[] {
  if (!address) return [];
  const [, , high, low] = address.split('.');
  return [
    { type: 'InternalIP', address },
    { type: 'ExternalIP', address: `198.18.${high}.${low}` },
    { type: 'Hostname', address: name },
  ];
}

function balancersOf(world: Client, nowMs: () => number): LoadBalancers {
  const get = (service: Service): LoadBalancer | undefined =>
    find(() => world.get(balancers, '', nameOf(service)));
  const write = (known: LoadBalancer, service: Service, hosts: readonly string[]): void => {
    const spec = specOf(service, hosts);
    if (JSON.stringify(spec) !== JSON.stringify(known.spec)) {
      world.update(balancers, { ...known, spec });
    }
  };
  return {
    exists: (service) => get(service) !== undefined,
    ensure(service, hosts) {
      const known = get(service);
      if (!known) {
        const address = addressFor(service, world.list(balancers).items);
        const metadata = { name: nameOf(service) };
        world.create(balancers, {
          metadata,
          spec: specOf(service, hosts),
          status: { address },
        } as never);
        return { waitMs: MAKE_MS };
      }
      const waitMs = parseTime(known.metadata.creationTimestamp!) + MAKE_MS - nowMs();
      if (waitMs > 0) return { waitMs };
      write(known, service, hosts);
      return { addresses: [known.status.address] };
    },
    update(service, hosts) {
      const known = get(service);
      if (known) write(known, service, hosts);
      return known !== undefined;
    },
    remove(service) {
      if (get(service)) world.delete(balancers, '', nameOf(service));
    },
  };
}

/** As clouds of old name what belongs to a Service. */
function nameOf({ metadata }: Service): string {
  return ('a' + metadata.uid.replaceAll('-', '')).slice(0, 32);
}

function specOf({ metadata, spec }: Service, hosts: readonly string[]): LoadBalancer['spec'] {
  const ports = (spec.ports ?? []).map(({ protocol = 'TCP', port, nodePort }) => ({
    protocol,
    port,
    ...(nodePort && { nodePort }),
  }));
  return { service: `${metadata.namespace}/${metadata.name}`, ports, hosts: [...hosts] };
}

/** The one that is asked for, else the lowest that nobody has. */
function addressFor({ spec }: Service, all: readonly LoadBalancer[]): string {
  const taken = new Set(all.map(({ status }) => status.address));
  const { loadBalancerIP } = spec;
  if (loadBalancerIP) {
    if (!taken.has(loadBalancerIP)) return loadBalancerIP;
    throw new Error(`requested IP ${loadBalancerIP} is already in use by another load balancer`);
  }
  for (const block of BLOCKS) {
    for (let host = FIRST_HOST; host <= LAST_HOST; host++) {
      const address = `${block}.${host}`;
      if (!taken.has(address)) return address;
    }
  }
  throw new Error('quota of load balancers exceeded');
}

function find<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
