// The registry: every kind that the API server serves, in the order of discovery.
import { assertUnique } from './assert-unique';
import { daemonSetDefinition } from './apps/daemonsets';
import { deploymentDefinition } from './apps/deployments';
import { replicaSetDefinition } from './apps/replicasets';
import { leaseDefinition } from './coordination/leases';
import { configMapDefinition } from './core/configmaps';
import { endpointsDefinition } from './core/endpoints';
import { eventDefinition } from './core/events';
import { namespaceDefinition } from './core/namespaces';
import { nodeDefinition } from './core/nodes';
import { podDefinition } from './core/pods';
import { secretDefinition } from './core/secrets';
import { serviceAccountDefinition } from './core/serviceaccounts';
import { serviceDefinition } from './core/services';
import type { ResourceDefinition } from './definition';
import { endpointSliceDefinition } from './discovery/endpointslices';
import { priorityClassDefinition } from './scheduling/priorityclasses';
import { machineDefinition } from './world/machines';

export const resourceDefinitions = [
  configMapDefinition,
  endpointsDefinition,
  eventDefinition,
  namespaceDefinition,
  nodeDefinition,
  podDefinition,
  secretDefinition,
  serviceAccountDefinition,
  serviceDefinition,
  daemonSetDefinition,
  deploymentDefinition,
  replicaSetDefinition,
  leaseDefinition,
  endpointSliceDefinition,
  priorityClassDefinition,
  machineDefinition,
] as const;

const definitions = resourceDefinitions as readonly ResourceDefinition[];

/** By key: 'pods', 'deployments.apps'. */
export const definitionByKey: ReadonlyMap<string, ResourceDefinition> = new Map(
  definitions.map((definition) => [definition.ref.key, definition]),
);

/** By apiVersion and kind: 'apps/v1/Deployment', 'v1/Pod'. */
export const definitionByKind: ReadonlyMap<string, ResourceDefinition> = new Map(
  definitions.map((definition) => [kindKey(definition), definition]),
);

/** By any name that kubectl takes: plural, singular or short, lower case. */
export const definitionByName: ReadonlyMap<string, ResourceDefinition> = new Map(
  definitions.flatMap((definition) =>
    namesOf(definition).map((name) => [name, definition] as const),
  ),
);

assertUnique(
  'resource keys',
  definitions.map(({ ref }) => ref.key),
);
assertUnique('kinds', definitions.map(kindKey));
assertUnique('resource names', definitions.flatMap(namesOf));

function kindKey({ ref }: ResourceDefinition): string {
  return `${ref.apiVersion}/${ref.kind}`;
}

function namesOf({ ref, singular, shortNames = [] }: ResourceDefinition): string[] {
  const names = [ref.resource, ...shortNames];
  return singular === ref.resource ? names : [...names, singular];
}
