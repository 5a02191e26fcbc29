// Pods as such: what only they (not templates) must obey, and what an update may change.
// Upstream: ValidatePodCreate, ValidatePodUpdate, ValidatePodStatusUpdate in
// pkg/apis/core/validation/validation.go.
import type { FieldErrors } from '../../../api/field-errors';
import { ipErrors } from '../../../api/ip';
import { dnsSubdomain, qualifiedName } from '../../../api/names';
import type { ContainerStatus, Pod, PodSpec } from '../../../api/types';
import { validatePodSpec } from './spec-validation';

const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const PADDED = 'must not have leading or trailing whitespace';
const SYSTEM_CONDITIONS = new Set(['PodScheduled', 'Ready', 'Initialized']);

/** What every version of a pod must be. */
export function validatePod(pod: Pod, errors: FieldErrors): void {
  const { spec, metadata } = pod;
  if (metadata.annotations) validateAnnotations(metadata.annotations, spec, errors);
  validatePodSpec(spec, 'spec', errors, true);
  if (!spec.serviceAccountName) refuseTokens(spec, errors);
  refusePadding(spec.containers, 'spec.containers', errors);
  if (spec.initContainers) refusePadding(spec.initContainers, 'spec.initContainers', errors);
}

/** What only a new pod must be. */
export function validateNewPod(pod: Pod, errors: FieldErrors): void {
  const { spec } = pod;
  if (spec.ephemeralContainers?.length) {
    errors.forbidden('spec.ephemeralContainers', 'cannot be set on create');
  }
  if (spec.nodeName && spec.schedulingGates?.length) {
    const why = 'cannot be set until all schedulingGates have been cleared';
    errors.forbidden('spec.nodeName', why);
  }
}

export function validatePodStatusUpdate(next: Pod, old: Pod, errors: FieldErrors): void {
  const { status } = next;
  const { conditions = [] } = status;
  for (let index = 0; index < conditions.length; index++) {
    const { type, observedGeneration = 0 } = conditions[index];
    if (observedGeneration < 0) {
      const at = `status.conditions[${index}].observedGeneration`;
      errors.invalid(at, observedGeneration, 'must be a non-negative integer');
    }
    if (SYSTEM_CONDITIONS.has(type)) continue;
    errors.invalidEach(`status.conditions[${index}].Type`, type, qualifiedName(type));
  }
  const nominated = status.nominatedNodeName;
  if (nominated && nominated !== old.status.nominatedNodeName) {
    errors.invalidEach('status.nominatedNodeName', nominated, dnsSubdomain(nominated));
  }
  if (old.status.qosClass && status.qosClass !== old.status.qosClass) {
    errors.invalid('status.qosClass', status.qosClass ?? '', 'field is immutable');
  }
  refuseRevivals(next, old, errors);
  status.podIPs?.forEach(({ ip }, index) => {
    errors.invalidEach(`status.podIPs[${index}]`, ip, ipErrors(ip ?? ''));
  });
}

function refuseRevivals({ status }: Pod, { spec, status: old }: Pod, errors: FieldErrors): void {
  const { restartPolicy } = spec;
  for (const field of STATUS_LISTS) {
    const before = old[field];
    const policy = field === 'ephemeralContainerStatuses' ? 'Never' : restartPolicy;
    if (!before || policy === 'Always') continue;
    const exempt = field === 'initContainerStatuses' ? sidecarsOf(spec) : undefined;
    refuseRevival(status[field], before, policy, exempt, `status.${field}`, errors);
  }
}

const STATUS_LISTS = [
  'containerStatuses',
  'initContainerStatuses',
  'ephemeralContainerStatuses',
] as const;

function sidecarsOf({ initContainers = [] }: PodSpec): ReadonlySet<string> {
  const sidecars = initContainers.filter((container) => container.restartPolicy === 'Always');
  return new Set(sidecars.map(({ name }) => name));
}

function validateAnnotations(
  annotations: Readonly<Record<string, string>>,
  spec: PodSpec,
  errors: FieldErrors,
): void {
  const mirror = annotations[MIRROR];
  if (mirror !== undefined && !spec.nodeName) {
    const why = 'must set spec.nodeName if mirror pod annotation is set';
    errors.invalid(`metadata.annotations[${MIRROR}]`, mirror, why);
  }
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && !isInt32(cost)) {
    errors.invalid(`metadata.annotations[${DELETION_COST}]`, cost, 'must be a 32bit integer');
  }
}

function isInt32(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text) && Number(text) === (Number(text) | 0);
}

function refuseTokens(spec: PodSpec, errors: FieldErrors): void {
  spec.volumes?.forEach(({ projected }, index) => {
    projected?.sources?.forEach(({ serviceAccountToken }, position) => {
      if (!serviceAccountToken) return;
      const at = `spec.volumes[${index}].projected.sources[${position}].serviceAccountToken`;
      errors.forbidden(at, 'must not be specified when serviceAccountName is not set');
    });
  });
}

function refusePadding(containers: PodSpec['containers'], path: string, errors: FieldErrors): void {
  for (let index = 0; index < (containers?.length ?? 0); index++) {
    const image = containers[index].image ?? '';
    if (image.trim() !== image) errors.invalid(`${path}[${index}].image`, image, PADDED);
  }
}

/** A container that has ended for good stays ended. */
function refuseRevival(
  next: readonly ContainerStatus[] | undefined,
  before: readonly ContainerStatus[],
  restartPolicy: string | undefined,
  exempt: ReadonlySet<string> | undefined,
  path: string,
  errors: FieldErrors,
): void {
  before.forEach(({ name, state }, index) => {
    const ended = state?.terminated;
    if (!ended || exempt?.has(name)) return;
    if (ended.exitCode !== 0 && restartPolicy === 'OnFailure') return;
    const revived = next?.some((status) => status.name === name && !status.state?.terminated);
    if (revived) {
      errors.forbidden(
        `${path}[${index}].state`,
        'may not be transitioned to non-terminated state',
      );
    }
  });
}
