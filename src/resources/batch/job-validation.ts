// What a new Job and a Job template must be. Upstream: pkg/apis/batch/validation/validation.go.
import type { Job, JobSpec } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { selectorFromLabelSelector, type LabelSelector } from '../../api/label-selector';
import { dnsLabel } from '../../api/names';
import type { PodTemplateSpec } from '../../api/types';
import { goSelector, validateNonNegative } from '../apps/template-validation';
import { validatePodTemplate } from '../core/pod/template-validation';
import { validateDomainPrefixedPath } from '../domain-prefixed-path';
import { validateLabelSelector } from '../label-selector-validation';
import { generatedLabels } from './generated-selector';
import { validateFailurePolicy, validateSuccessPolicy } from './job-policy-validation';

const MODES = ['NonIndexed', 'Indexed'];
const REPLACEMENT_POLICIES = ['Failed', 'TerminatingOrFailed'];
const RESTART_POLICIES = ['OnFailure', 'Never'];
const INDEXED_MAX = 100_000;
const HIGH_COMPLETIONS_MAX = 10_000;
const MANAGED_BY_MAX_BYTES = 63;
const NEEDS_INDEXED = 'requires indexed completion mode';

export function validateJob(job: Job, errors: FieldErrors): void {
  validateGeneratedSelector(job, errors);
  validateJobSpec(job.spec, errors);
  const { completionMode, completions } = job.spec;
  if (completionMode !== 'Indexed' || !completions || completions <= 0) return;
  // The index is put behind the name in the hostnames of pods.
  const hostname = `${job.metadata.name}-${completions - 1}`;
  if (dnsLabel(hostname).length > 0) {
    const why = `will not able to create pod with invalid DNS label: ${hostname}`;
    errors.invalid('metadata.name', job.metadata.name, why);
  }
}

function validateGeneratedSelector({ metadata, spec }: Job, errors: FieldErrors): void {
  if (spec.manualSelector || !spec.selector) return;
  const labels = spec.template?.metadata?.labels as Record<string, string> | undefined;
  const expected = generatedLabels(metadata);
  for (const [key, value] of Object.entries(expected)) {
    const at = `spec.template.metadata.labels[${key}]`;
    if (labels?.[key] === undefined) errors.required(at, `must be '${value}'`);
    else if (labels[key] !== value) errors.invalid(at, labels, `must be '${value}'`);
  }
  const selector = compiled(spec);
  if (selector && !selector.matches(expected)) {
    errors.invalid('spec.selector', goSelector(spec.selector), '`selector` not auto-generated');
  }
}

/** The spec of a Job, whose selector has been given or generated. */
export function validateJobSpec(spec: JobSpec, errors: FieldErrors): void {
  validateTemplateSpec(spec, 'spec', errors);
  if (!spec.selector) errors.required('spec.selector');
  else validateLabelSelector(spec.selector, 'spec.selector', errors);
  const labels = spec.template?.metadata?.labels;
  const selector = compiled(spec);
  if (selector && !selector.matches(labels)) {
    errors.invalid(
      'spec.template.metadata.labels',
      labels ?? null,
      '`selector` does not match template `labels`',
    );
  }
}

/** The spec of a Job or, under another path, of a template of Jobs, which have no selector yet. */
export function validateTemplateSpec(spec: JobSpec, path: string, errors: FieldErrors): void {
  for (const field of COUNTS) validateNonNegative(spec[field], `${path}.${field}`, errors);
  if (spec.maxFailedIndexes != null && spec.backoffLimitPerIndex == null) {
    errors.required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified');
  }
  validateManagedBy(spec, `${path}.managedBy`, errors);
  validateMode(spec, path, errors);
  if (spec.podFailurePolicy) validateFailurePolicy(spec, `${path}.podFailurePolicy`, errors);
  if (spec.successPolicy && spec.completionMode === 'Indexed') {
    validateSuccessPolicy(spec, `${path}.successPolicy`, errors);
  } else if (spec.successPolicy) {
    errors.invalid(`${path}.successPolicy`, goSuccessPolicy(spec), NEEDS_INDEXED);
  }
  validateReplacementPolicy(spec, `${path}.podReplacementPolicy`, errors);
  validatePodTemplate(spec.template as PodTemplateSpec, `${path}.template`, errors);
  validateRestartPolicy(spec, `${path}.template.spec.restartPolicy`, errors);
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

function validateManagedBy({ managedBy }: JobSpec, path: string, errors: FieldErrors): void {
  if (managedBy == null) return;
  validateDomainPrefixedPath(managedBy, path, errors);
  if (managedBy.length > MANAGED_BY_MAX_BYTES) errors.tooLong(path, MANAGED_BY_MAX_BYTES);
}

function validateMode(spec: JobSpec, path: string, errors: FieldErrors): void {
  const { completionMode: mode } = spec;
  if (mode && !MODES.includes(mode)) errors.notSupported(`${path}.completionMode`, mode, MODES);
  if (mode === 'Indexed') validateIndexed(spec, path, errors);
  if (mode && mode !== 'NonIndexed') return;
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
    if (spec[field] != null) errors.invalid(`${path}.${field}`, spec[field], NEEDS_INDEXED);
  }
}

function validateIndexed(spec: JobSpec, path: string, errors: FieldErrors): void {
  const { completions, parallelism = 0, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const atMost = (field: 'parallelism' | 'maxFailedIndexes', max: number, when: string): void => {
    const why = `must be less than or equal to ${max}${when}`;
    if ((spec[field] ?? 0) > max) errors.invalid(`${path}.${field}`, spec[field], why);
  };
  if (completions == null) {
    errors.required(`${path}.completions`, 'when completion mode is Indexed');
  }
  if (parallelism > 0) atMost('parallelism', INDEXED_MAX, ' when completion mode is Indexed');
  if (completions != null && maxFailedIndexes != null && maxFailedIndexes > completions) {
    const why = 'must be less than or equal to completions';
    errors.invalid(`${path}.maxFailedIndexes`, maxFailedIndexes, why);
  }
  atMost('maxFailedIndexes', INDEXED_MAX, '');
  if (completions == null || completions <= INDEXED_MAX || backoffLimitPerIndex == null) return;
  const above = `when completions are above ${INDEXED_MAX} and used with backoff limit per index`;
  if (maxFailedIndexes == null) {
    const why = `must be specified when completions is above ${INDEXED_MAX}`;
    errors.required(`${path}.maxFailedIndexes`, why);
  }
  atMost('parallelism', HIGH_COMPLETIONS_MAX, ` ${above}`);
  atMost('maxFailedIndexes', HIGH_COMPLETIONS_MAX, ` ${above}`);
}

function validateReplacementPolicy(spec: JobSpec, path: string, errors: FieldErrors): void {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec;
  const supported = podFailurePolicy ? ['Failed'] : REPLACEMENT_POLICIES;
  if (policy != null && !supported.includes(policy)) errors.notSupported(path, policy, supported);
}

function validateRestartPolicy(spec: JobSpec, path: string, errors: FieldErrors): void {
  const policy = spec.template?.spec?.restartPolicy;
  if (!policy || policy === 'Always') {
    errors.required(path, 'valid values: "OnFailure", "Never"');
  } else if (!RESTART_POLICIES.includes(policy)) {
    errors.notSupported(path, policy, RESTART_POLICIES);
  } else if (spec.podFailurePolicy && policy !== 'Never') {
    errors.invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified');
  }
}

/** Undefined when the selector cannot be compiled, which its own validation tells. */
function compiled({ selector }: JobSpec): LabelSelector | undefined {
  try {
    return selectorFromLabelSelector(selector ?? undefined);
  } catch {
    return undefined;
  }
}

/** As the server prints its internal type. */
export function goSuccessPolicy({ successPolicy }: JobSpec): object | undefined {
  return (
    successPolicy && {
      Rules: (successPolicy.rules ?? []).map(({ succeededIndexes, succeededCount }) => ({
        SucceededIndexes: succeededIndexes ?? null,
        SucceededCount: succeededCount ?? null,
      })),
    }
  );
}
