// Upstream: pkg/apis/apps/validation/validation.go, pkg/registry/apps/daemonset/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import type { FieldErrors } from '../../api/field-errors';
import type { DaemonSet } from '../../api/types';
import { validateCounts } from './status-validation';
import { numberIn, validateAtMostAll, validateCountOrPercent } from './rolling-update-validation';
import {
  goSelector,
  validateNonNegative,
  validateSelector,
  validateTemplate,
} from './template-validation';

type Strategy = NonNullable<DaemonSet['spec']['updateStrategy']>;

const STRATEGIES = ['RollingUpdate', 'OnDelete'];

export function validateDaemonSet({ spec }: DaemonSet, errors: FieldErrors): void {
  const selector = validateSelector(spec.selector, 'DaemonSet', errors);
  const { selector: asked } = spec;
  if (asked && selector?.isEmpty) {
    errors.invalid('spec.selector', goSelector(asked), 'empty selector is invalid for daemonset');
  }
  validateTemplate(spec.template, selector, 'DaemonSet', errors);
  validateNonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateStrategy(spec.updateStrategy ?? {}, errors);
  validateNonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
}

const COUNTS = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
];

export function validateDaemonSetStatus({ status }: DaemonSet, errors: FieldErrors): void {
  validateCounts(status, COUNTS, [], errors);
}

export function validateDaemonSetUpdate(
  next: DaemonSet,
  old: DaemonSet,
  errors: FieldErrors,
): void {
  if (!deepEqual(next.spec.selector, old.spec.selector)) {
    errors.invalid('spec.selector', goSelector(next.spec.selector), 'field is immutable');
  }
}

function validateStrategy(strategy: Strategy, errors: FieldErrors): void {
  const path = 'spec.updateStrategy';
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') {
    errors.notSupported(path, { Type: type, RollingUpdate: rollingUpdate ?? null }, STRATEGIES);
    return;
  }
  if (!rollingUpdate) {
    errors.required(`${path}.rollingUpdate`);
    return;
  }
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const at = `${path}.rollingUpdate`;
  validateCountOrPercent(maxUnavailable, `${at}.maxUnavailable`, errors);
  validateCountOrPercent(maxSurge, `${at}.maxSurge`, errors);
  const hasUnavailable = numberIn(maxUnavailable) !== 0;
  const hasSurge = numberIn(maxSurge) !== 0;
  if (hasUnavailable && hasSurge) {
    errors.invalid(`${at}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero');
  } else if (!hasUnavailable && !hasSurge) {
    errors.required(`${at}.maxUnavailable`, 'cannot be 0 when maxSurge is 0');
  }
  validateAtMostAll(maxUnavailable, `${at}.maxUnavailable`, errors);
  validateAtMostAll(maxSurge, `${at}.maxSurge`, errors);
}
