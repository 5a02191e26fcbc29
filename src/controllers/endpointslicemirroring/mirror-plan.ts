// The slices that mirror an Endpoints object: one for each family of addresses and set of ports.
// Upstream: pkg/controller/endpointslicemirroring/reconciler.go.
import { deepEqual } from '../../api/deep-equal';
import type { Endpoint, EndpointPort, Endpoints, EndpointSlice } from '../../api/types';
import { portsKey } from '../slice-ports';

/** --mirroring-max-endpoints-per-subset. */
export const MAX_MIRRORED = 1000;

/** One slice as it should be. */
export interface Mirror {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

export interface MirrorPlan {
  /** A slice that is there already takes the place of `old`. */
  readonly write: readonly { readonly mirror: Mirror; readonly old?: EndpointSlice }[];
  readonly delete: readonly EndpointSlice[];
}

type Subset = NonNullable<Endpoints['subsets']>[number];
type Address = NonNullable<Subset['addresses']>[number];

/** The slices by family and ports, and how many addresses are beyond what a subset may have. */
export function mirrorsOf({ subsets }: Endpoints): {
  mirrors: ReadonlyMap<string, Mirror>;
  skipped: number;
} {
  const mirrors = new Map<string, Mirror & { endpoints: Endpoint[] }>();
  let skipped = 0;
  for (const subset of subsets ?? []) {
    const ports = portsOf(subset);
    const ready = (subset.addresses ?? []).map((address) => toEndpoint(address, true));
    const others = (subset.notReadyAddresses ?? []).map((address) => toEndpoint(address, false));
    const all = [...ready, ...others];
    skipped += Math.max(0, all.length - MAX_MIRRORED);
    for (const endpoint of all.slice(0, MAX_MIRRORED)) {
      const addressType = endpoint.addresses[0].includes(':') ? 'IPv6' : 'IPv4';
      const key = keyOf(addressType, ports);
      let mirror = mirrors.get(key);
      if (!mirror) mirrors.set(key, (mirror = { addressType, ports, endpoints: [] }));
      if (mirror.endpoints.length < MAX_MIRRORED) mirror.endpoints.push(endpoint);
    }
  }
  return { mirrors, skipped };
}

/** What to write and delete so that the slices that are there become these mirrors. */
export function planMirrors(
  mirrors: ReadonlyMap<string, Mirror>,
  slices: Iterable<EndpointSlice>,
  isNamedAlike: (slice: EndpointSlice) => boolean,
): MirrorPlan {
  const kept = new Map<string, EndpointSlice>();
  const spare: EndpointSlice[] = [];
  for (const slice of slices) {
    const key = keyOf(slice.addressType, slice.ports);
    if (mirrors.has(key) && !kept.has(key)) kept.set(key, slice);
    else spare.push(slice);
  }
  const write: { mirror: Mirror; old?: EndpointSlice }[] = [];
  for (const [key, mirror] of mirrors) {
    const slice = kept.get(key);
    if (slice && isNamedAlike(slice) && hasEndpoints(slice, mirror)) continue;
    // The family of a slice never changes.
    const at = slice
      ? -1
      : spare.findIndex(({ addressType }) => addressType === mirror.addressType);
    const old = slice ?? (at >= 0 ? spare.splice(at, 1)[0] : undefined);
    write.push(old ? { mirror, old } : { mirror });
  }
  return { write, delete: spare };
}

function hasEndpoints({ endpoints = [] }: EndpointSlice, mirror: Mirror): boolean {
  return deepEqual(endpoints, mirror.endpoints);
}

function keyOf(addressType: string, ports: readonly EndpointPort[] | undefined): string {
  return addressType + ' ' + portsKey(ports);
}

function portsOf({ ports = [] }: Subset): EndpointPort[] {
  return ports.map(({ name = '', protocol = 'TCP', port, appProtocol }) => ({
    name,
    protocol,
    port,
    ...(appProtocol ? { appProtocol } : {}),
  }));
}

function toEndpoint({ ip, targetRef, nodeName, hostname }: Address, ready: boolean): Endpoint {
  const endpoint: Endpoint = { addresses: [ip], conditions: { ready } };
  if (hostname) endpoint.hostname = hostname;
  if (targetRef) endpoint.targetRef = targetRef;
  if (nodeName) endpoint.nodeName = nodeName;
  return endpoint;
}
