// What of a Job may change: hardly anything, but how it is scheduled while it is suspended.
// Upstream: ValidateJobUpdate in pkg/apis/batch/validation/validation.go.
import type { Job, JobSpec } from '../../api/extension-types';
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import type { Affinity, Container, PodSpec, PodTemplateSpec } from '../../api/types';
import { goSelector } from '../apps/template-validation';
import { goPodSpec } from '../core/pod/go-pod-spec';
import { isConditionTrue } from '../../api/job-conditions';
import { goSuccessPolicy, validateJobSpec } from './job-validation';

export function validateJobUpdate(next: Job, old: Job, errors: FieldErrors): void {
  const { spec } = next;
  validateJobSpec(spec, errors);
  validateCompletions(spec, old.spec, errors);
  const keep = (field: keyof JobSpec, shown: unknown): void => {
    if (deepEqual(spec[field] ?? undefined, old.spec[field] ?? undefined)) return;
    errors.invalid(`spec.${field}`, shown, 'field is immutable');
  };
  keep('selector', goSelector(spec.selector));
  validateTemplate(spec, old, errors);
  keep('completionMode', spec.completionMode);
  keep('podFailurePolicy', goFailurePolicy(spec));
  keep('backoffLimitPerIndex', spec.backoffLimitPerIndex);
  keep('managedBy', spec.managedBy);
  keep('successPolicy', goSuccessPolicy(spec));
}

/** Indexed Jobs grow and shrink, with as many pods at a time as completions. */
function validateCompletions(spec: JobSpec, old: JobSpec, errors: FieldErrors): void {
  const { completions, parallelism, completionMode } = spec;
  if (completions === old.completions) return;
  if (completionMode !== 'Indexed') {
    errors.invalid('spec.completions', completions, 'field is immutable');
  } else if (completions != null && completions !== parallelism) {
    const why = 'can only be modified in tandem with spec.parallelism';
    errors.invalid('spec.completions', completions, why);
  }
}

function validateTemplate({ template }: JobSpec, old: Job, errors: FieldErrors): void {
  const before = old.spec.template as PodTemplateSpec;
  const next = template as PodTemplateSpec;
  const comparable = isAtRest(old) ? withMutable(before, next) : before;
  if (deepEqual(next, comparable)) return;
  const { labels, annotations } = next.metadata ?? {};
  const shown = {
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    Spec: JSON.parse(goPodSpec(next.spec as PodSpec)) as unknown,
  };
  errors.invalid('spec.template', shown, 'field is immutable');
}

/** Suspended, with no pods, and either never started or told to be suspended. */
function isAtRest({ spec, status }: Job): boolean {
  if (!spec.suspend || status.active) return false;
  return status.startTime == null || isConditionTrue(status, 'Suspended');
}

/** The old template with what a suspended Job may change taken from the new one. */
function withMutable(old: PodTemplateSpec, next: PodTemplateSpec): PodTemplateSpec {
  const { labels, annotations } = next.metadata ?? {};
  const { nodeSelector, tolerations, schedulingGates, affinity } = next.spec ?? {};
  const from = old.spec as PodSpec;
  const spec: PodSpec = {
    ...from,
    nodeSelector,
    tolerations,
    schedulingGates,
    affinity: withNodeAffinity(from.affinity, affinity),
    containers: withResources(from.containers, next.spec?.containers)!,
    initContainers: withResources(from.initContainers, next.spec?.initContainers),
  };
  return { ...old, metadata: { ...old.metadata, labels, annotations }, spec };
}

function withNodeAffinity(
  old: Affinity | undefined,
  next: Affinity | undefined,
): Affinity | undefined {
  const affinity = { ...old, nodeAffinity: next?.nodeAffinity };
  const isEmpty = Object.values(affinity).every((part) => part == null);
  return isEmpty && !next ? undefined : affinity;
}

function withResources(
  old: readonly Container[] | undefined,
  next: readonly Container[] | undefined,
): Container[] | undefined {
  return old?.map((container, index) =>
    next?.[index] ? { ...container, resources: next[index].resources } : container,
  );
}

/** As the server prints its internal type. */
function goFailurePolicy({ podFailurePolicy }: JobSpec): object | undefined {
  return (
    podFailurePolicy && {
      Rules: (podFailurePolicy.rules ?? []).map(({ action, onExitCodes, onPodConditions }) => ({
        Action: action,
        OnExitCodes: onExitCodes
          ? {
              ContainerName: onExitCodes.containerName ?? null,
              Operator: onExitCodes.operator,
              Values: onExitCodes.values,
            }
          : null,
        OnPodConditions:
          onPodConditions?.map(({ type, status }) => ({ Type: type, Status: status })) ?? null,
      })),
    }
  );
}
