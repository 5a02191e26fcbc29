// pods/resize: the endpoint by which a pod that runs gets more or less CPU and memory.
// Upstream: podResizeStrategy in pkg/registry/core/pod/strategy.go, ValidatePodResize in
// pkg/apis/core/validation/validation.go; the resources of a whole pod may change since 1.36.
import { deepEqual } from '../../../api/deep-equal';
import type { FieldErrors } from '../../../api/field-errors';
import type { Container, Pod, PodSpec, ResourceRequirements } from '../../../api/types';
import type { ResourceDefinition } from '../../definition';
import { podDefinition } from '../pods';
import { refuseAlone, withoutMirrors } from './mirror';
import { qosClass } from './qos-class';

/** Pods as that endpoint sees them. */
export const resizeDefinition: ResourceDefinition<Pod> = {
  ...podDefinition,
  prepareForUpdate: keepTheRest,
  validateUpdate: withoutMirrors('static pods cannot be resized', validate),
  warn: undefined,
};

type Lists = 'containers' | 'initContainers';
type Amounts = Readonly<Record<string, string | number>>;

const LISTS: readonly Lists[] = ['containers', 'initContainers'];
const RESIZED = new Set(['cpu', 'memory']);
const ONLY_COMPUTE = 'only cpu and memory resources are mutable';

/** Lists of other containers stay as they came: validation refuses them. */
function keepTheRest(next: Pod, old: Pod): Pod {
  const asked = next.spec;
  const isOtherwise = LISTS.some((list) => asked[list]?.length !== old.spec[list]?.length);
  if (isOtherwise) return next;
  const spec: PodSpec = { ...old.spec };
  for (const list of LISTS) {
    if (asked[list]) spec[list] = resized(asked[list], old.spec[list]!);
  }
  if (asked.resources) spec.resources = asked.resources;
  else delete spec.resources;
  next.metadata = { ...old.metadata };
  next.spec = deepEqual(spec, old.spec) ? old.spec : spec;
  next.status = old.status;
  return next;
}

function resized(asked: Container[], old: readonly Container[]): Container[] {
  if (asked.some(({ name }, index) => name !== old[index].name)) return asked;
  return old.map((before, index) => {
    const { resources, resizePolicy } = asked[index];
    const after: Container = { ...before, resources, resizePolicy };
    if (resources === undefined) delete after.resources;
    if (resizePolicy === undefined) delete after.resizePolicy;
    return after;
  });
}

function validate(next: Pod, old: Pod, errors: FieldErrors): void {
  if (old.spec.os?.name === 'windows') {
    refuseAlone(errors, 'windows pods cannot be resized');
    return;
  }
  if (!validateOrder(next.spec, old.spec, errors)) return;
  const before = old.status.qosClass ?? qosClass(old.spec);
  if (before !== qosClass(next.spec)) {
    const why = 'Pod QOS Class may not change as a result of resizing';
    errors.invalid('spec', next.status.qosClass ?? '', why);
  }
  const running = old.status.containerStatuses?.find(({ state }) => state?.running);
  if (running && !running.resources) {
    errors.forbidden('spec', 'Pod running on node without support for resize');
  }
  for (const list of ['initContainers', 'containers'] as const) {
    old.spec[list]?.forEach(({ restartPolicy, resources = {} }, index) => {
      if (list === 'initContainers' && restartPolicy !== 'Always') return;
      const { resources: asked = {} } = next.spec[list]![index];
      refuseRemoval(asked, resources, `spec.${list}[${index}].resources`, errors);
    });
  }
  const { resources: ofPod } = old.spec;
  if (ofPod) refuseRemoval(next.spec.resources ?? {}, ofPod, 'spec.resources', errors);
  refuseOtherChanges(next.spec, old.spec, errors);
}

/** False when containers cannot be compared one by one. */
function validateOrder(next: PodSpec, old: PodSpec, errors: FieldErrors): boolean {
  const { length } = errors.causes;
  for (const list of LISTS) {
    const after = next[list] ?? [];
    const before = old[list] ?? [];
    if (after.length !== before.length) {
      errors.forbidden(`spec.${list}`, `${list} may not be added or removed on resize`);
      continue;
    }
    before.forEach(({ name }, index) => {
      if (after[index].name === name) return;
      const why = `${list} may not be renamed or reordered on resize`;
      errors.forbidden(`spec.${list}[${index}].name`, why);
    });
  }
  return errors.causes.length === length;
}

function refuseRemoval(
  next: ResourceRequirements,
  old: ResourceRequirements,
  path: string,
  errors: FieldErrors,
): void {
  for (const part of ['requests', 'limits'] as const) {
    const after: object = next[part] ?? {};
    if (Object.keys(old[part] ?? {}).every((name) => name in after)) continue;
    errors.forbidden(`${path}.${part}`, `resource ${part} cannot be removed`);
  }
}

function refuseOtherChanges(next: PodSpec, old: PodSpec, errors: FieldErrors): void {
  next.containers.forEach((container, index) => {
    if (!differsOtherwise(container, old.containers[index])) return;
    errors.forbidden('spec', ONLY_COMPUTE);
  });
  next.initContainers?.forEach((container, index) => {
    const before = old.initContainers![index];
    if (container.restartPolicy !== 'Always') {
      if (deepEqual(container, before)) return;
      errors.forbidden('spec', 'resources for non-sidecar init containers are immutable');
    } else if (differsOtherwise(container, before)) {
      errors.forbidden('spec', 'only cpu and memory resources for sidecar containers are mutable');
    }
  });
  if (!deepEqual(others(next.resources), others(old.resources))) {
    errors.forbidden('spec', ONLY_COMPUTE);
  }
}

function differsOtherwise(next: Container, old: Container): boolean {
  const masked = { ...next, resources: others(next.resources) };
  return !deepEqual(masked, { ...old, resources: others(old.resources) });
}

/** All but CPU and memory of what is asked for; parts that have nothing else are left out. */
function others(resources: ResourceRequirements | undefined): ResourceRequirements {
  const { requests, limits, claims } = resources ?? {};
  const rest: ResourceRequirements = {};
  for (const [part, amounts] of [
    ['requests', requests],
    ['limits', limits],
  ] as const) {
    const kept = Object.entries((amounts ?? {}) as Amounts).filter(([name]) => !RESIZED.has(name));
    if (kept.length > 0) rest[part] = Object.fromEntries(kept);
  }
  return claims?.length ? { ...rest, claims } : rest;
}
