// The APIServices that kube-apiserver registers for the groups and versions that it serves itself.
// Upstream: pkg/controlplane/apiserver/aggregator.go (the table of priorities).
import type { APIService } from '../api/extension-types';
import type { Draft } from '../api/object';
import type { ResourceDefinition } from '../resources/definition';

/** How a group ranks among the others in discovery. */
const GROUP_PRIORITIES: Readonly<Record<string, number>> = {
  '': 18_000,
  apps: 17_800,
  'events.k8s.io': 17_750,
  'authentication.k8s.io': 17_700,
  'authorization.k8s.io': 17_600,
  autoscaling: 17_500,
  batch: 17_400,
  'certificates.k8s.io': 17_300,
  'networking.k8s.io': 17_200,
  policy: 17_100,
  'rbac.authorization.k8s.io': 17_000,
  'storage.k8s.io': 16_800,
  'apiextensions.k8s.io': 16_700,
  'admissionregistration.k8s.io': 16_700,
  'scheduling.k8s.io': 16_600,
  'coordination.k8s.io': 16_500,
  'node.k8s.io': 16_300,
  'discovery.k8s.io': 16_200,
  'flowcontrol.apiserver.k8s.io': 16_100,
  'resource.k8s.io': 15_900,
};
const NOT_AGGREGATED = new Set(['apiregistration.k8s.io', 'sim.kubarium.dev']);

/** One for each group and version of the definitions and their views. */
export function apiServiceSeeds(
  definitions: readonly ResourceDefinition[],
  now: string,
): Draft<APIService>[] {
  const refs = definitions.flatMap(({ ref, views = [] }) => [
    ref,
    ...views.map((view) => view.ref),
  ]);
  const served = new Map(refs.map((ref) => [`${ref.version}.${ref.group}`, ref]));
  return [...served]
    .filter(([, { group }]) => !NOT_AGGREGATED.has(group))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { group, version }]) => seed(name, group, version, now));
}

function seed(name: string, group: string, version: string, now: string): Draft<APIService> {
  const condition = {
    type: 'Available',
    status: 'True',
    lastTransitionTime: now,
    reason: 'Local',
    message: 'Local APIServices are always available',
  };
  return {
    metadata: { name, labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } },
    spec: {
      ...(group && { group }),
      version,
      groupPriorityMinimum: GROUP_PRIORITIES[group] ?? 1_000,
      versionPriority: versionPriority(group, version),
    },
    status: { conditions: [condition] },
  } as Draft<APIService>;
}

function versionPriority(group: string, version: string): number {
  if (group === '') return 1;
  return version === 'v2' ? 30 : 15;
}
