// What kube-apiserver makes when it starts on an empty store: the system's namespaces, the built-in
// priority classes, and the Service by which pods reach the API, with its endpoints.
// Upstream: pkg/controlplane/controller/{systemnamespaces,kubernetesservice},
// pkg/registry/scheduling.
import {
  endpoints,
  endpointSlices,
  namespaces,
  priorityClasses,
  services,
  type ResourceRef,
} from '../api/resource-ref';
import type { Draft, KubeObject } from '../api/object';
import { isAlreadyExists, isNotFound } from '../api/status-error';
import type { Client } from '../client/client';

const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const COMPONENT_LABELS = { component: 'apiserver', provider: 'kubernetes' };

/**
 * Makes what is missing; safe to run at every start. `address`: where the API server listens.
 */
export function bootstrapApi(client: Client, address: string, serviceCidr: string): void {
  for (const name of SYSTEM_NAMESPACES) {
    ensure(client, namespaces, { metadata: { name } } as never);
  }
  ensurePriorityClass(client, 'system-cluster-critical', 2_000_000_000, CLUSTER_CRITICAL);
  ensurePriorityClass(client, 'system-node-critical', 2_000_001_000, NODE_CRITICAL);
  ensureKubernetesService(client, address, serviceCidr);
}

/** Brings the endpoints of the Service kubernetes up to the API servers that answer. */
export function publishServers(client: Client, addresses: readonly string[]): void {
  const own = client.get(endpoints, 'default', 'kubernetes');
  const known = own.subsets?.[0]?.addresses?.map(({ ip }) => ip).join();
  if (known === addresses.join()) return;
  const ports = [{ name: 'https', port: 6443, protocol: 'TCP' }];
  const subsets = [{ addresses: addresses.map((ip) => ({ ip })), ports }];
  client.update(endpoints, { ...own, subsets } as typeof own);
  const slice = client.get(endpointSlices, 'default', 'kubernetes');
  const ready = addresses.map((address) => ({ addresses: [address], conditions: { ready: true } }));
  client.update(endpointSlices, { ...slice, endpoints: ready } as typeof slice);
}

const CLUSTER_CRITICAL =
  'Used for system critical pods that must run in the cluster, but can be moved to another ' +
  'node if ' +
  'necessary.';
const NODE_CRITICAL =
  'Used for system critical pods that must not be moved from their current node.';

function ensurePriorityClass(
  client: Client,
  name: string,
  value: number,
  description: string,
): void {
  const draft = { metadata: { name }, value, description, globalDefault: false };
  ensure(client, priorityClasses, draft as never);
}

function ensureKubernetesService(client: Client, address: string, serviceCidr: string): void {
  const metadata = { name: 'kubernetes', namespace: 'default', labels: COMPONENT_LABELS };
  ensure(client, services, {
    metadata,
    spec: {
      type: 'ClusterIP',
      // The first of its range.
      clusterIP: serviceCidr.replace(/\.\d+\/.*$/, '.1'),
      ports: [{ name: 'https', port: 443, targetPort: 6443, protocol: 'TCP' }],
      sessionAffinity: 'None',
    },
  } as never);
  ensure(client, endpoints, {
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    subsets: [
      { addresses: [{ ip: address }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] },
    ],
  } as never);
  ensure(client, endpointSlices, {
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': 'kubernetes' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  } as never);
}

function ensure<T extends KubeObject>(client: Client, ref: ResourceRef<T>, draft: Draft<T>): void {
  try {
    client.get(ref, draft.metadata.namespace ?? '', draft.metadata.name!);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    create(client, ref, draft);
  }
}

function create<T extends KubeObject>(client: Client, ref: ResourceRef<T>, draft: Draft<T>): void {
  try {
    client.create(ref, draft);
  } catch (error) {
    // Another API server was first.
    if (!isAlreadyExists(error)) throw error;
  }
}
