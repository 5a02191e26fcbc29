// What a pod whose resources are being changed is counted for: of each resource the most of what is
// wanted, set aside by the node, and given so far; what is wanted counts no more once the node has
// said that it will never have it. Pods that nobody resizes are told by comparing references.
// Upstream: component-helpers/resource/helpers.go (UseStatusResources).
import { deepEqual } from '../api/deep-equal';
import type { Container, ContainerStatus, Pod } from '../api/types';
import { amountOf, type ResourceList } from './resource-amounts';

/** The pod itself, or as it would be if it asked for all that it is counted for. */
export function countedPod(pod: Pod): Pod {
  const { spec, status } = pod;
  const own = spec.resources;
  const isOwnResized =
    own?.requests !== undefined &&
    (differs(own.requests, status.allocatedResources) ||
      differs(own.requests, status.resources?.requests));
  if (
    !isOwnResized &&
    !areResized(spec.containers, status.containerStatuses) &&
    !(spec.initContainers && areResized(spec.initContainers, status.initContainerStatuses))
  ) {
    return pod;
  }
  const isFeasible = !status.conditions?.some(
    ({ type, reason }) => type === 'PodResizePending' && reason === 'Infeasible',
  );
  const counted = (container: Container, at: number, statuses?: ContainerStatus[]): Container => {
    const { resources: given, allocatedResources } = statusOf(container, at, statuses) ?? {};
    if (!given && !allocatedResources) return container;
    const wanted = isFeasible ? container.resources?.requests : undefined;
    const requests = most(wanted, given?.requests, allocatedResources);
    return { ...container, resources: { ...container.resources, requests } };
  };
  const { containerStatuses, initContainerStatuses } = status;
  const next: Pod['spec'] = {
    ...spec,
    containers: spec.containers.map((each, at) => counted(each, at, containerStatuses)),
  };
  if (spec.initContainers) {
    next.initContainers = spec.initContainers.map((each, at) =>
      counted(each, at, initContainerStatuses),
    );
  }
  if (isOwnResized) {
    const wanted = isFeasible ? own.requests : undefined;
    const requests = most(wanted, status.resources?.requests, status.allocatedResources);
    next.resources = { ...own, requests };
  }
  return { ...pod, spec: next };
}

function areResized(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[] | undefined,
): boolean {
  if (!statuses) return false;
  for (let at = 0; at < containers.length; at++) {
    const status = statusOf(containers[at], at, statuses);
    if (!status) continue;
    const { requests } = containers[at].resources ?? {};
    if (differs(requests, status.resources?.requests)) return true;
    if (differs(requests, status.allocatedResources)) return true;
  }
  return false;
}

/** Statuses come in the order of the containers, as a rule. */
function statusOf(
  { name }: Container,
  at: number,
  statuses: readonly ContainerStatus[] | undefined,
): ContainerStatus | undefined {
  const status = statuses?.[at];
  return status?.name === name ? status : statuses?.find((each) => each.name === name);
}

function differs(wanted: unknown, had: unknown): boolean {
  return had !== undefined && wanted !== had && !deepEqual(wanted, had);
}

function most(...lists: (object | undefined)[]): Record<string, string> {
  const all: Record<string, string | number> = {};
  for (const list of lists as readonly (ResourceList | undefined)[]) {
    for (const name in list) {
      const known = all[name];
      if (known === undefined || amountOf(name, list[name]) > amountOf(name, known)) {
        all[name] = list[name];
      }
    }
  }
  return all as Record<string, string>;
}
