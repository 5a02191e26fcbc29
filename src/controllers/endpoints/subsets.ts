// The subsets of a legacy Endpoints object. Upstream: pkg/controller/endpoint,
// pkg/api/v1/endpoints.
import type { EndpointAddress, EndpointSubset, Pod, Service } from '../../api/types';
import { endpointHostname, targetPortOn } from '../endpoint-pods';
import { isPodReady } from '../pod-status';

type SubsetPort = NonNullable<EndpointSubset['ports']>[number];

/** Addresses beyond this many are left out. */
export const MAX_ADDRESSES = 1000;

export interface Subsets {
  subsets: EndpointSubset[];
  isTruncated: boolean;
}

interface Group {
  ports: SubsetPort[];
  ready: EndpointAddress[];
  notReady: EndpointAddress[];
}

/** Addresses that serve the same ports share a subset; ready ones are the last to be left out. */
export function subsetsOf(pods: Iterable<Pod>, service: Service): Subsets {
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    const ports = portsOn(pod, service);
    if (ports.length === 0 && service.spec.ports?.length) continue;
    const key = JSON.stringify(ports);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { ports, ready: [], notReady: [] }));
    const isReady = service.spec.publishNotReadyAddresses || isPodReady(pod);
    (isReady ? group.ready : group.notReady).push(addressOf(pod, service));
  }
  return toSubsets([...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, g]) => g));
}

function toSubsets(groups: readonly Group[]): Subsets {
  const readyCount = groups.reduce((sum, { ready }) => sum + ready.length, 0);
  const total = groups.reduce((sum, { notReady }) => sum + notReady.length, readyCount);
  let readyRoom = MAX_ADDRESSES;
  let otherRoom = Math.max(0, MAX_ADDRESSES - readyCount);
  const subsets: EndpointSubset[] = [];
  for (const { ports, ready, notReady } of groups) {
    const subset: EndpointSubset = {};
    const addresses = ready.sort(byAddress).slice(0, readyRoom);
    const notReadyAddresses = notReady.sort(byAddress).slice(0, otherRoom);
    readyRoom -= addresses.length;
    otherRoom -= notReadyAddresses.length;
    if (addresses.length > 0) subset.addresses = addresses;
    if (notReadyAddresses.length > 0) subset.notReadyAddresses = notReadyAddresses;
    if (ports.length > 0) subset.ports = ports;
    if (addresses.length + notReadyAddresses.length > 0) subsets.push(subset);
  }
  return { subsets, isTruncated: total > MAX_ADDRESSES };
}

function portsOn(pod: Pod, { spec }: Service): SubsetPort[] {
  const ports: SubsetPort[] = [];
  for (const servicePort of spec.ports ?? []) {
    const port = targetPortOn(pod, servicePort);
    if (port === undefined) continue;
    const { name, protocol = 'TCP', appProtocol } = servicePort;
    ports.push({
      ...(name ? { name } : {}),
      port,
      protocol,
      ...(appProtocol ? { appProtocol } : {}),
    });
  }
  return ports;
}

const addressOfPod = new WeakMap<Pod, EndpointAddress>();

function addressOf(pod: Pod, service: Service): EndpointAddress {
  const known = addressOfPod.get(pod);
  const hostname = endpointHostname(pod, service);
  if (known && known.hostname === hostname) return known;
  const { namespace, name, uid } = pod.metadata;
  const address: EndpointAddress = { ip: pod.status.podIP! };
  if (hostname) address.hostname = hostname;
  if (pod.spec.nodeName) address.nodeName = pod.spec.nodeName;
  address.targetRef = { kind: 'Pod', namespace, name, uid };
  addressOfPod.set(pod, address);
  return address;
}

function byAddress(left: EndpointAddress, right: EndpointAddress): number {
  return left.ip < right.ip ? -1 : Number(left.ip > right.ip);
}
