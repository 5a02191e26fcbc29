// The resources that the namespace controller empties and the garbage collector follows: what the
// server's discovery tells, custom resources too, in an order that does not change as kinds come.
import {
  configMaps,
  daemonSets,
  deployments,
  endpoints,
  endpointSlices,
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

/** These come first, in this order; the others follow as discovery lists them. */
const FIRST: ReadonlyMap<string, number> = new Map(
  [
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
  ].map(({ key }, index) => [key, index]),
);

/** Everything that can own or be owned. Events are left out, as upstream leaves them. */
export function collectedResources(served: readonly ResourceRef[]): ResourceRef[] {
  const rank = ({ key }: ResourceRef): number => FIRST.get(key) ?? FIRST.size;
  return served.filter(({ resource }) => resource !== 'events').sort((a, b) => rank(a) - rank(b));
}

/** What a namespace may contain, in the order in which it is deleted: pods go before all else. */
export function namespacedResources(served: readonly ResourceRef[]): ResourceRef[] {
  const inNamespaces = ({ namespaced, key }: ResourceRef): boolean =>
    namespaced && key !== pods.key;
  return [
    pods as unknown as ResourceRef,
    ...collectedResources(served).filter(inNamespaces),
    ...served.filter(({ resource, namespaced }) => resource === 'events' && namespaced),
  ];
}
