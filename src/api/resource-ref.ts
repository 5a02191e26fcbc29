// How code names a resource: one typed constant each, so that `client.get(pods, ...)` returns a
// Pod.
import type { KubeObject } from './object';
import type {
  ConfigMap,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  Event,
  Lease,
  Namespace,
  Node,
  Pod,
  PriorityClass,
  ReplicaSet,
  Secret,
  Service,
  ServiceAccount,
} from './types';
import type { Machine } from './machine';

export interface ResourceRef<T extends KubeObject = KubeObject> {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural, lower case: 'replicasets'. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** 'replicasets.apps', or 'pods' for the core group: unique, the table's name in the store. */
  readonly key: string;
  /** 'apps/v1' or 'v1'. */
  readonly apiVersion: string;
  /** Carries T for inference; never set. */
  readonly type?: T;
}

export function resourceRef<T extends KubeObject>(
  apiVersion: string,
  resource: string,
  kind: string,
  namespaced = true,
): ResourceRef<T> {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const key = group ? resource + '.' + group : resource;
  return {
    group,
    version: apiVersion.slice(slash + 1),
    resource,
    kind,
    namespaced,
    key,
    apiVersion,
  };
}

export const namespaces = resourceRef<Namespace>('v1', 'namespaces', 'Namespace', false);
export const nodes = resourceRef<Node>('v1', 'nodes', 'Node', false);
export const pods = resourceRef<Pod>('v1', 'pods', 'Pod');
export const services = resourceRef<Service>('v1', 'services', 'Service');
export const endpoints = resourceRef<Endpoints>('v1', 'endpoints', 'Endpoints');
export const configMaps = resourceRef<ConfigMap>('v1', 'configmaps', 'ConfigMap');
export const secrets = resourceRef<Secret>('v1', 'secrets', 'Secret');
export const serviceAccounts = resourceRef<ServiceAccount>(
  'v1',
  'serviceaccounts',
  'ServiceAccount',
);
export const events = resourceRef<Event>('v1', 'events', 'Event');
export const replicaSets = resourceRef<ReplicaSet>('apps/v1', 'replicasets', 'ReplicaSet');
export const deployments = resourceRef<Deployment>('apps/v1', 'deployments', 'Deployment');
export const daemonSets = resourceRef<DaemonSet>('apps/v1', 'daemonsets', 'DaemonSet');
export const leases = resourceRef<Lease>('coordination.k8s.io/v1', 'leases', 'Lease');
export const endpointSlices = resourceRef<EndpointSlice>(
  'discovery.k8s.io/v1',
  'endpointslices',
  'EndpointSlice',
);
export const priorityClasses = resourceRef<PriorityClass>(
  'scheduling.k8s.io/v1',
  'priorityclasses',
  'PriorityClass',
  false,
);
export const machines = resourceRef<Machine>(
  'sim.kubarium.dev/v1alpha1',
  'machines',
  'Machine',
  false,
);
