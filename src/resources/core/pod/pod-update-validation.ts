// What an update of a pod may change: hardly anything.
// Upstream: ValidatePodUpdate in pkg/apis/core/validation/validation.go.
import { deepEqual } from '../../../api/deep-equal';
import type { FieldErrors } from '../../../api/field-errors';
import type { Container, Pod, PodSpec, Toleration } from '../../../api/types';
import { unifiedDiff } from '../../unified-diff';
import { goPodSpec } from './go-pod-spec';

const MIRROR = 'kubernetes.io/config.mirror';
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');
const INT32_MAX = 2147483647;
const PADDED = 'must not have leading or trailing whitespace';

export function validatePodUpdate(next: Pod, old: Pod, errors: FieldErrors): void {
  validateMirror(next, old, errors);
  if (next.spec === old.spec) return;
  const { spec } = next;
  for (const field of ['containers', 'initContainers'] as const) {
    if (!validateImages(spec[field] ?? [], old.spec[field] ?? [], `spec.${field}`, errors)) return;
  }
  if (!validateDeadline(spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds, errors)) return;
  validateAddedTolerations(spec.tolerations ?? [], old.spec.tolerations ?? [], errors);
  validateRemovedGates(spec, old.spec, errors);
  if (deepEqual(spec, old.spec)) return;
  const masked = maskUpdatable(spec, old.spec, errors);
  if (deepEqual(masked, old.spec)) return;
  const difference = unifiedDiff(goPodSpec(old.spec), goPodSpec(masked));
  errors.forbidden(
    'spec',
    `pod updates may not change fields other than ${UPDATABLE}\n${difference}`,
  );
}

function validateMirror(next: Pod, old: Pod, errors: FieldErrors): void {
  const before = old.metadata.annotations?.[MIRROR];
  const after = next.metadata.annotations?.[MIRROR];
  if (before === after) return;
  const what = before === undefined ? 'add' : 'remove or update';
  errors.forbidden(`metadata.annotations[${MIRROR}]`, `may not ${what} mirror pod annotation`);
}

/** False when the lists are not of the same length, so that nothing more can be compared. */
function validateImages(
  next: readonly Container[],
  old: readonly Container[],
  path: string,
  errors: FieldErrors,
): boolean {
  if (next.length !== old.length) {
    errors.forbidden(path, 'pod updates may not add or remove containers');
    return false;
  }
  next.forEach(({ image = '' }, index) => {
    if (!image) errors.required(`${path}[${index}].image`);
    else if (image.trim() !== image) errors.invalid(`${path}[${index}].image`, image, PADDED);
  });
  return true;
}

/** It may be set, and then only shortened. */
function validateDeadline(
  next: number | undefined,
  old: number | undefined,
  errors: FieldErrors,
): boolean {
  const path = 'spec.activeDeadlineSeconds';
  if (next == null) {
    if (old != null) {
      errors.invalid(path, undefined, 'must not update from a positive integer to nil value');
    }
    return true;
  }
  if (next < 0 || next > INT32_MAX) {
    errors.invalid(path, next, `must be between 0 and ${INT32_MAX}, inclusive`);
    return false;
  }
  if (old != null && old < next) {
    errors.invalid(path, next, 'must be less than or equal to previous value');
    return false;
  }
  return true;
}

function validateAddedTolerations(
  next: readonly Toleration[],
  old: readonly Toleration[],
  errors: FieldErrors,
): void {
  if (next === old) return;
  const isKept = (before: Toleration): boolean =>
    next.some((after) =>
      deepEqual({ ...before, tolerationSeconds: 0 }, { ...after, tolerationSeconds: 0 }),
    );
  if (!old.every(isKept)) {
    const why = 'existing toleration can not be modified except its tolerationSeconds';
    errors.forbidden('spec.tolerations', why);
  }
}

function validateRemovedGates(next: PodSpec, old: PodSpec, errors: FieldErrors): void {
  next.schedulingGates?.forEach(({ name }, index) => {
    if (old.schedulingGates?.some((gate) => gate.name === name)) return;
    const why = `only deletion is allowed, but found new scheduling gate '${name}'`;
    errors.forbidden(`spec.schedulingGates[${index}].name`, why);
  });
}

/** The new spec with the old values of all that may change, so that what differs is forbidden. */
function maskUpdatable(next: PodSpec, old: PodSpec, errors: FieldErrors): PodSpec {
  const masked = { ...next };
  for (const field of ['containers', 'initContainers'] as const) {
    const before = old[field];
    if (!next[field] || !before) continue;
    masked[field] = next[field].map((container, index) => {
      return { ...container, image: before[index].image };
    });
  }
  for (const field of ['activeDeadlineSeconds', 'schedulingGates', 'tolerations'] as const) {
    if (old[field] === undefined) delete masked[field];
    else masked[field] = old[field] as never;
  }
  const grace = old.terminationGracePeriodSeconds;
  if (grace != null && grace < 0 && next.terminationGracePeriodSeconds === 1) {
    masked.terminationGracePeriodSeconds = grace;
  }
  if (old.schedulingGates?.length) maskPlacement(masked, old, errors);
  return masked;
}

/** A gated pod may still be told more narrowly where to go. */
function maskPlacement(masked: PodSpec, old: PodSpec, errors: FieldErrors): void {
  const before = old.nodeSelector ?? {};
  const after = masked.nodeSelector ?? {};
  if (!deepEqual(before, after)) {
    if (Object.keys(before).some((key) => after[key] !== before[key])) {
      const why = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
      errors.invalid('spec.nodeSelector', after, why);
    }
    if (old.nodeSelector) masked.nodeSelector = old.nodeSelector;
    else delete masked.nodeSelector;
  }
  if (deepEqual(masked.affinity?.nodeAffinity, old.affinity?.nodeAffinity)) return;
  const { nodeAffinity: _ours, ...others } = masked.affinity ?? {};
  const kept = old.affinity?.nodeAffinity;
  const affinity = kept ? { ...others, nodeAffinity: kept } : others;
  if (Object.keys(affinity).length > 0) masked.affinity = affinity;
  else delete masked.affinity;
}
