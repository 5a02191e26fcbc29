// What a pod asks of a node: the sum of its containers, or the greatest moment of its start-up when
// that is more, plus overhead. Sidecars (init containers that restart) run on beside what follows.
// Upstream: component-helpers/resource/helpers.go (PodRequests).
import type { Container, Pod } from '../api/types';
import { amountOf, ResourceAmounts, type ResourceList } from './resource-amounts';

/** What scoring takes a container to use that asks for no cpu: 100m. */
export const DEFAULT_MILLI_CPU = 100;
/** What scoring takes a container to use that asks for no memory: 200Mi. */
export const DEFAULT_MEMORY = 200 * 1024 * 1024;

export function podRequests(spec: Pod['spec']): ResourceAmounts {
  return totalRequests(spec, requestsOf);
}

/** As podRequests, but with the defaults where a container asks for no cpu or memory. */
export function podScoringRequests(spec: Pod['spec']): ResourceAmounts {
  const { requests } = (spec.resources ?? {}) as { requests?: ResourceList };
  return totalRequests(spec, (container) => {
    const amounts = requestsOf(container);
    const asked = container.resources?.requests;
    if (asked?.cpu === undefined && requests?.cpu === undefined) {
      amounts.milliCpu = DEFAULT_MILLI_CPU;
    }
    if (asked?.memory === undefined && requests?.memory === undefined) {
      amounts.memory = DEFAULT_MEMORY;
    }
    return amounts;
  });
}

function requestsOf(container: Container): ResourceAmounts {
  return ResourceAmounts.of(container.resources?.requests as ResourceList | undefined);
}

function totalRequests(
  spec: Pod['spec'],
  requestsOf: (container: Container) => ResourceAmounts,
): ResourceAmounts {
  const total = new ResourceAmounts();
  for (const container of spec.containers) total.add(requestsOf(container));
  const sidecars = new ResourceAmounts();
  const startUp = new ResourceAmounts();
  for (const container of spec.initContainers ?? []) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      total.add(requests);
      sidecars.add(requests);
      startUp.raiseTo(sidecars);
    } else {
      requests.add(sidecars);
      startUp.raiseTo(requests);
    }
  }
  total.raiseTo(startUp);
  const podLevel = spec.resources?.requests as ResourceList | undefined;
  for (const name in podLevel) total.set(name, amountOf(name, podLevel[name]));
  if (spec.overhead) total.add(ResourceAmounts.of(spec.overhead as ResourceList));
  return total;
}
