// What the pod template of a workload must be. Upstream: pkg/apis/apps/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { LabelSelectorError, selectorFromLabelSelector } from '../../api/label-selector';
import type { LabelSelector, LabelSelectorObject } from '../../api/label-selector';
import type { PodTemplateSpec } from '../../api/types';
import { validatePodTemplate } from '../core/pod/template-validation';
import { validateLabelSelector } from '../label-selector-validation';

export type WorkloadKind =
  | 'ReplicaSet'
  | 'DaemonSet'
  | 'deployment'
  | 'StatefulSet'
  | 'ReplicationController';

const EMPTY: Readonly<Partial<Record<WorkloadKind, string>>> = {
  DaemonSet: 'empty selector is invalid for daemonset',
  StatefulSet: 'empty selector is invalid for statefulset',
};
const EMPTY_DEPLOYMENT = 'empty selector is invalid for deployment';

/** Checks spec.selector; gives it compiled, or undefined when it cannot be. */
export function validateSelector(
  selector: LabelSelectorObject | undefined,
  kind: WorkloadKind,
  errors: FieldErrors,
): LabelSelector | undefined {
  if (kind === 'DaemonSet') validateLabelSelector(selector, 'spec.selector', errors);
  else if (!selector) errors.required('spec.selector');
  else {
    validateLabelSelector(selector, 'spec.selector', errors);
    if (isEmpty(selector)) {
      errors.invalid('spec.selector', goSelector(selector), EMPTY[kind] ?? EMPTY_DEPLOYMENT);
    }
  }
  try {
    return selectorFromLabelSelector(selector);
  } catch (error) {
    if (!(error instanceof LabelSelectorError)) throw error;
    const why = kind === 'StatefulSet' ? '' : 'invalid label selector';
    if (kind !== 'DaemonSet') errors.invalid('spec.selector', goSelector(selector), why);
    return undefined;
  }
}

/** The template's labels must satisfy the selector, and its pods must restart for ever. */
export function validateTemplate(
  template: PodTemplateSpec | undefined,
  selector: Pick<LabelSelector, 'isEmpty' | 'matches'> | undefined,
  kind: WorkloadKind,
  errors: FieldErrors,
): void {
  const path = 'spec.template';
  if (!template) {
    errors.required(path);
    return;
  }
  const labels = template.metadata?.labels;
  if (selector && !selector.isEmpty && !selector.matches(labels)) {
    errors.invalid(
      `${path}.metadata.labels`,
      labels ?? null,
      '`selector` does not match template `labels`',
    );
  }
  validatePodTemplate(template, path, errors);
  validateRestarts(template, kind, errors);
}

/** Pods of a workload that keeps them running restart for ever. */
export function validateRestarts(
  template: PodTemplateSpec,
  kind: WorkloadKind,
  errors: FieldErrors,
): void {
  const path = 'spec.template.spec';
  const { restartPolicy, activeDeadlineSeconds } = template.spec!;
  if (restartPolicy !== 'Always') {
    errors.notSupported(`${path}.restartPolicy`, restartPolicy ?? '', ['Always']);
  }
  if (activeDeadlineSeconds != null) {
    const owner = kind === 'deployment' ? 'ReplicaSet' : kind;
    errors.forbidden(
      `${path}.activeDeadlineSeconds`,
      `activeDeadlineSeconds in ${owner} is not Supported`,
    );
  }
}

/** A count that may be absent but not negative. */
export function validateNonNegative(
  value: number | undefined | null,
  path: string,
  errors: FieldErrors,
): void {
  if (value != null && value < 0) {
    errors.invalid(path, value, 'must be greater than or equal to 0');
  }
}

/** The selector in the order in which the server prints it. */
export function goSelector(selector: LabelSelectorObject | undefined): object | undefined {
  const { matchLabels, matchExpressions } = selector ?? {};
  return (
    selector && {
      ...(matchLabels && { matchLabels }),
      ...(matchExpressions && { matchExpressions }),
    }
  );
}

function isEmpty({ matchLabels, matchExpressions }: LabelSelectorObject): boolean {
  return Object.keys(matchLabels ?? {}).length === 0 && !matchExpressions?.length;
}
