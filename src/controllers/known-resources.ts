// The resources that the namespace controller empties and the garbage collector follows.
// Where the real one differs: it asks the server's discovery for them.
import {
  configMaps,
  daemonSets,
  deployments,
  endpoints,
  endpointSlices,
  events,
  leases,
  namespaces,
  nodes,
  pods,
  priorityClasses,
  replicaSets,
  secrets,
  serviceAccounts,
  services,
  type ResourceRef,
} from '../api/resource-ref';

/** Everything that can own or be owned. Events are left out, as upstream leaves them. */
export const COLLECTED_RESOURCES: readonly ResourceRef[] = [
  namespaces,
  nodes,
  priorityClasses,
  configMaps,
  endpoints,
  pods,
  secrets,
  serviceAccounts,
  services,
  daemonSets,
  deployments,
  replicaSets,
  leases,
  endpointSlices,
] as readonly unknown[] as readonly ResourceRef[];

/** What a namespace may contain, in the order in which it is deleted: pods go before all else. */
export const NAMESPACED_RESOURCES: readonly ResourceRef[] = [
  pods as unknown as ResourceRef,
  ...[...COLLECTED_RESOURCES, events as unknown as ResourceRef].filter(
    ({ namespaced, key }) => namespaced && key !== pods.key,
  ),
];
