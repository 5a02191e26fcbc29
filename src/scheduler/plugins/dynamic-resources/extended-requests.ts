// What a claim has to ask for, so that containers get the devices which stand for their extended
// resources. Init containers that end use what later ones will have, and share what they need more.
// Upstream: createRequestsAndMappings in
// pkg/scheduler/framework/plugins/dynamicresources/extendeddynamicresources.go.
import type { IDeviceRequest } from 'kubernetes-models/resource.k8s.io/v1/DeviceRequest';
import type { IContainerExtendedResourceRequest } from 'kubernetes-models/v1/ContainerExtendedResourceRequest';
import { bytes } from '../../../api/quantity';
import type { Container, Pod } from '../../../api/types';

/** Which request of the claim gives a container its resource. */
export type Mapping = IContainerExtendedResourceRequest;

export interface Requests {
  readonly requests: readonly IDeviceRequest[];
  readonly mappings: readonly Mapping[];
}

interface Asked {
  readonly name: string;
  readonly count: number;
}

export function requestsFor(
  { spec }: Pod,
  resources: readonly string[],
  classOf: (resource: string) => string,
): Requests {
  const initContainers = spec.initContainers ?? [];
  const containers = [...initContainers, ...spec.containers];
  const endsAt = (index: number): boolean =>
    index < initContainers.length && containers[index].restartPolicy !== 'Always';
  const requests: IDeviceRequest[] = [];
  const mappings: Mapping[] = [];
  for (const resource of resources) {
    const found = requestsOf(containers, endsAt, resource);
    for (const { name, count } of found.asked) {
      const deviceClassName = classOf(resource);
      const exactly = { deviceClassName, allocationMode: 'ExactCount', count } as const;
      requests.push({ name, exactly });
    }
    mappings.push(...found.mappings);
  }
  return { requests: requests.sort((a, b) => (a.name < b.name ? -1 : 1)), mappings };
}

/** The same for one resource. */
function requestsOf(
  containers: readonly Container[],
  endsAt: (index: number) => boolean,
  resource: string,
): { asked: readonly Asked[]; mappings: readonly Mapping[] } {
  const lasting = containers.map((container, index) =>
    endsAt(index) ? undefined : ask(container, index, resource, []),
  );
  const ending: { container: Container; part: Part }[] = [];
  let most: Asked | undefined;
  containers.forEach((container, index) => {
    if (!endsAt(index)) return;
    const later = lasting.slice(index).flatMap((part) => part?.asked ?? []);
    const part = ask(container, index, resource, later);
    if (!part) return;
    ending.push({ container, part });
    if (part.asked && (!most || most.count < part.asked.count)) most = part.asked;
  });
  const asked = [...(most ? [most] : []), ...lasting.flatMap((part) => part?.asked ?? [])];
  const mappings: Mapping[] = [];
  const map = ({ name }: Container, request: Asked): void => {
    mappings.push({ containerName: name, resourceName: resource, requestName: request.name });
  };
  lasting.forEach((part, index) => part?.asked && map(containers[index], part.asked));
  for (const { container, part } of ending) {
    for (const request of part.reused) map(container, request);
    if (part.asked) map(container, most!);
  }
  return { asked, mappings };
}

interface Part {
  /** Undefined when what later containers ask for is enough. */
  readonly asked: Asked | undefined;
  readonly reused: readonly Asked[];
}

/**
 * What a container needs of a resource, beyond what it can use of others; undefined for nothing.
 */
function ask(
  { resources }: Container,
  index: number,
  resource: string,
  reusable: readonly Asked[],
): Part | undefined {
  const wanted = (resources?.requests ?? {}) as Record<string, string | number>;
  let missing = resource in wanted ? bytes(wanted[resource]) : 0;
  if (missing === 0) return undefined;
  const reused: Asked[] = [];
  for (const other of reusable) {
    reused.push(other);
    missing -= other.count;
    if (missing <= 0) return { asked: undefined, reused };
  }
  const place = Object.keys(wanted).sort().indexOf(resource);
  return { asked: { name: `container-${index}-request-${place}`, count: missing }, reused };
}
