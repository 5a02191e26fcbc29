// Gives out cluster IPs and node ports, as the API server does for Services before it validates
// them. What is taken follows from the Services alone: `rebuild` finds it again after a restart.
// Automatic choices stay out of the lower band of each range, which is kept for those who ask by
// number.
// Upstream: pkg/registry/core/service/{ipallocator,portallocator,storage/alloc.go}.
import { FieldErrors, invalidError } from '../../api/field-errors';
import { cidrErrors } from '../../api/ip';
import { internalError } from '../../api/status-error';
import type { Service, ServicePort } from '../../api/types';
import { mapShared } from '../fill';
import { hasClusterIp, isHeadlessWithoutSelector, needsHealthCheckPort } from './service/defaults';
import { isHeadless, validateClusterIps } from './service/cluster-ip-validation';

export interface AllocatorOptions {
  /** The range of cluster IPs; 10.96.0.0/12 unless told. */
  serviceCidr?: string;
  /** First and last node port; 30000 and 32767 unless told. */
  nodePorts?: readonly [first: number, last: number];
}

/** A whole number from 0 (included) to `end` (excluded), from the API server's random stream. */
type Below = (end: number) => number;

export class ServiceAllocator {
  private readonly addresses: Numbers;
  private readonly ports: Numbers;

  constructor(
    private readonly below: Below,
    { serviceCidr = '10.96.0.0/12', nodePorts = [30000, 32767] }: AllocatorOptions = {},
  ) {
    if (cidrErrors(serviceCidr).length > 0) throw new Error(`${serviceCidr} is no CIDR`);
    this.addresses = new Numbers([hostsOf(serviceCidr)]);
    const [firstPort, lastPort] = nodePorts;
    const reserved = band(lastPort - firstPort + 1, 32, 16, 128);
    this.ports = new Numbers([{ first: firstPort, last: lastPort, reserved }]);
  }

  /** Forgets all and takes what these Services hold. */
  rebuild(services: Iterable<Service>): void {
    this.addresses.clear();
    this.ports.clear();
    for (const service of services) {
      for (const ip of addressesOf(service)) this.addresses.take(toNumber(ip));
      for (const port of nodePortsOf(service)) this.ports.take(port);
    }
  }

  /**
   * The Service with the addresses and ports it lacks, which are now taken (not with `dryRun`).
   * `old` is what it replaces. Throws Invalid when one asked for is not to be had.
   */
  allocate(service: Service, old: Service | undefined, dryRun = false): Service {
    const errors = new FieldErrors();
    validateClusterIps(service, errors);
    errors.throwIfAny('Service', '', service.metadata.name);
    requireSingleStack(service);
    const taken: (() => void)[] = [];
    try {
      this.allocateAddress(service, old, taken);
      this.allocatePorts(service, old, taken);
    } catch (error) {
      for (const giveBack of taken) giveBack();
      throw error;
    }
    if (dryRun) for (const giveBack of taken) giveBack();
    return service;
  }

  /**
   * Gives back what the Service holds and `next` (its new version, none after a delete) does not.
   */
  release(service: Service, next?: Service): void {
    const keptAddresses = new Set(next ? addressesOf(next) : []);
    const keptPorts = new Set(next ? nodePortsOf(next) : []);
    for (const ip of addressesOf(service)) {
      if (!keptAddresses.has(ip)) this.addresses.free(toNumber(ip));
    }
    for (const port of nodePortsOf(service)) if (!keptPorts.has(port)) this.ports.free(port);
  }

  /** Keeps an address from being given out although no Service has it, or no longer. */
  hold(address: string, isHeld: boolean): void {
    if (isHeld) this.addresses.take(toNumber(address));
    else this.addresses.free(toNumber(address));
  }

  /** The ranges, of IPv4, that addresses are given out of from now on. */
  setRanges(cidrs: readonly string[]): void {
    this.addresses.spans = cidrs.map(hostsOf);
  }

  private allocateAddress(service: Service, old: Service | undefined, taken: (() => void)[]): void {
    const { spec } = service;
    if (!hasClusterIp(service) || isHeadless(service)) return;
    const [asked] = spec.clusterIPs ?? [];
    if (asked === undefined) {
      const address = this.addresses.takeAny(this.below);
      if (address === undefined)
        throw internalError('failed to allocate a serviceIP: range is full');
      taken.push(() => this.addresses.free(address));
      spec.clusterIP = toText(address);
      spec.clusterIPs = [spec.clusterIP];
    } else if (asked !== old?.spec.clusterIPs?.[0]) {
      const problem = this.takeAddress(toNumber(asked));
      if (problem) {
        const detail = `failed to allocate IP ${asked}: ${problem}`;
        throw refusal(service, 'spec.clusterIPs', spec.clusterIPs, detail);
      }
      taken.push(() => this.addresses.free(toNumber(asked)));
    }
  }

  private takeAddress(address: number): string | undefined {
    if (!this.addresses.has(address)) {
      return 'the provided network does not match the current range';
    }
    return this.addresses.take(address) ? undefined : 'provided IP is already allocated';
  }

  private allocatePorts(service: Service, old: Service | undefined, taken: (() => void)[]): void {
    const { spec } = service;
    const before = new Set(old ? nodePortsOf(old) : []);
    const wantsPorts =
      spec.type === 'NodePort' ||
      (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
    const own = new Map<number, string>();
    const keep = (port: ServicePort, index: number): ServicePort => {
      const { nodePort, protocol = '' } = port;
      if (!nodePort || spec.type === 'ClusterIP' || spec.type === 'ExternalName') return port;
      const sharesOwn = own.has(nodePort) && own.get(nodePort) !== protocol;
      if (!before.has(nodePort) && !sharesOwn) {
        this.takePort(service, nodePort, `spec.ports[${index}].nodePort`, taken);
      }
      own.set(nodePort, protocol);
      return port;
    };
    spec.ports?.forEach(keep);
    if (wantsPorts && spec.ports) {
      const ports = mapShared(spec.ports, (port) =>
        port.nodePort ? port : { ...port, nodePort: this.anyPort(taken) },
      );
      // A spec that nobody asked to change is the stored one, which nobody may write to.
      if (ports !== spec.ports) spec.ports = ports;
    }
    if (!needsHealthCheckPort(service)) return;
    const asked = spec.healthCheckNodePort;
    if (!asked) spec.healthCheckNodePort = this.anyPort(taken);
    else if (!before.has(asked)) this.takePort(service, asked, 'spec.healthCheckNodePort', taken);
  }

  private takePort(service: Service, port: number, path: string, taken: (() => void)[]): void {
    const [{ first, last }] = this.ports.spans;
    if (!this.ports.has(port)) {
      const range = `The range of valid ports is ${first}-${last}`;
      throw refusal(service, path, port, `provided port is not in the valid range. ${range}`);
    }
    if (!this.ports.take(port)) {
      throw refusal(service, path, port, 'provided port is already allocated');
    }
    taken.push(() => this.ports.free(port));
  }

  private anyPort(taken: (() => void)[]): number {
    const port = this.ports.takeAny(this.below);
    if (port === undefined) throw internalError('failed to allocate a nodePort: range is full');
    taken.push(() => this.ports.free(port));
    return port;
  }
}

/** Whole numbers from `first` to `last`. */
interface Span {
  readonly first: number;
  readonly last: number;
  /** How many numbers at the start are not given out unasked, as long as others are free. */
  readonly reserved: number;
}

/** Whole numbers, each taken or free; of those in a span any may be asked for. */
class Numbers {
  private readonly taken = new Set<number>();

  constructor(public spans: readonly Span[]) {}

  has(value: number): boolean {
    return this.spans.some(({ first, last }) => value >= first && value <= last);
  }

  /** False when it is taken already. */
  take(value: number): boolean {
    if (this.taken.has(value)) return false;
    this.taken.add(value);
    return true;
  }

  free(value: number): void {
    this.taken.delete(value);
  }

  clear(): void {
    this.taken.clear();
  }

  /** One of any span that is not full. */
  takeAny(below: Below): number | undefined {
    const { spans } = this;
    const start = spans.length > 1 ? below(spans.length) : 0;
    for (let step = 0; step < spans.length; step++) {
      const { first, last, reserved } = spans[(start + step) % spans.length];
      const middle = first + reserved;
      const value =
        this.takeWithin(middle, last, below) ?? this.takeWithin(first, middle - 1, below);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The first free number from a random one on, going round. */
  private takeWithin(first: number, last: number, below: Below): number | undefined {
    const size = last - first + 1;
    if (size <= 0) return undefined;
    const start = below(size);
    for (let step = 0; step < size; step++) {
      const value = first + ((start + step) % size);
      if (this.take(value)) return value;
    }
    return undefined;
  }
}

/** The addresses that hosts may have in a range of IPv4. */
function hostsOf(cidr: string): Span {
  const [base, bits] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const number = toNumber(base);
  const first = number - (number % size) + 1;
  return { first, last: first + size - 3, reserved: band(size, 16, 16, 256) };
}

function band(size: number, share: number, min: number, max: number): number {
  return size < min ? 0 : Math.min(Math.max(Math.floor(size / share), min), max);
}

function requireSingleStack(service: Service): void {
  const { ipFamilyPolicy, ipFamilies } = service.spec;
  if (service.spec.type === 'ExternalName' || isHeadlessWithoutSelector(service)) return;
  if (ipFamilyPolicy === 'RequireDualStack') {
    const why = 'this cluster is not configured for dual-stack services';
    throw refusal(service, 'spec.ipFamilyPolicy', ipFamilyPolicy, why);
  }
  const at = ipFamilies?.indexOf('IPv6') ?? -1;
  if (at < 0) return;
  throw refusal(service, `spec.ipFamilies[${at}]`, 'IPv6', 'not configured on this cluster');
}

function refusal(service: Service, field: string, value: unknown, detail: string): Error {
  const errors = new FieldErrors();
  errors.invalid(field, value, detail);
  return invalidError('Service', '', service.metadata.name, errors.causes);
}

/** The cluster IPs that a Service has; none when it is headless. */
export function addressesOf(service: Service): readonly string[] {
  if (!hasClusterIp(service) || isHeadless(service)) return [];
  return service.spec.clusterIPs ?? [];
}

function nodePortsOf({ spec }: Service): number[] {
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return [];
  const ports = (spec.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [nodePort] : []));
  if (spec.healthCheckNodePort) ports.push(spec.healthCheckNodePort);
  return ports;
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
