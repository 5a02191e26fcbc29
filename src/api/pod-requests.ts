// What a whole pod asks for and may use: its containers together, or an init container that asks
// for more, with sidecars and overhead. Resources of the pod itself come before those of its
// containers. Upstream: component-helpers/resource/helpers.go.
import { add, canonical, max, type Amounts, type CanonicalAmounts } from './resource-amounts';
import type { Container, PodSpec } from './types';

export function podRequests(spec: PodSpec): CanonicalAmounts {
  const own = spec.resources?.requests;
  return {
    ...whole(spec, ({ resources }) => resources?.requests ?? {}, true),
    ...canonical(own ?? {}),
  };
}

export function podLimits(spec: PodSpec): CanonicalAmounts {
  const own = spec.resources?.limits;
  return {
    ...whole(spec, ({ resources }) => resources?.limits ?? {}, false),
    ...canonical(own ?? {}),
  };
}

function whole(
  { containers, initContainers = [], overhead }: PodSpec,
  amountsOf: (container: Container) => Amounts,
  isRequest: boolean,
): CanonicalAmounts {
  let running: CanonicalAmounts = {};
  for (const container of containers) running = add(running, amountsOf(container));
  let sidecars: CanonicalAmounts = {};
  let starting: CanonicalAmounts = {};
  for (const container of initContainers) {
    let needed: CanonicalAmounts;
    if (container.restartPolicy === 'Always') {
      running = add(running, amountsOf(container));
      sidecars = add(sidecars, amountsOf(container));
      needed = sidecars;
    } else needed = add(amountsOf(container), sidecars);
    starting = max(starting, needed);
  }
  const total = max(running, starting);
  if (!overhead) return total;
  // Overhead adds to a limit only where there is one.
  const added = Object.entries(overhead).filter(([name]) => isRequest || total[name] !== undefined);
  return add(total, Object.fromEntries(added));
}
