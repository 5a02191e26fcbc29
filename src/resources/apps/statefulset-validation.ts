// Upstream: pkg/apis/apps/validation/validation.go, pkg/registry/apps/statefulset/strategy.go.
import { deepEqual } from '../../api/deep-equal';
import type { StatefulSet } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { dnsLabel } from '../../api/names';
import type { PodTemplateSpec, Volume } from '../../api/types';
import { validateClaimSpec } from '../core/persistentvolumeclaim-validation';
import { validateCounts } from './status-validation';
import {
  validateNonNegative,
  validateRestarts,
  validateSelector,
  validateTemplate,
} from './template-validation';

type Spec = StatefulSet['spec'];

export function validateStatefulSet({ spec }: StatefulSet, errors: FieldErrors): void {
  validatePodManagement(spec.podManagementPolicy, errors);
  validateStrategy(spec.updateStrategy ?? {}, errors);
  validateRetention(spec, errors);
  validateNonNegative(spec.replicas, 'spec.replicas', errors);
  validateNonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateNonNegative(spec.ordinals?.start, 'spec.ordinals.start', errors);
  const selector = validateSelector(spec.selector, 'StatefulSet', errors);
  const template = spec.template as PodTemplateSpec;
  if (selector) {
    validateTemplate(withClaims(template, spec), selector, 'StatefulSet', errors);
  } else validateRestarts(template, 'StatefulSet', errors);
  if (spec.serviceName) {
    errors.invalidEach('spec.serviceName', spec.serviceName, dnsLabel(spec.serviceName));
  }
  validateClaims(spec, errors);
}

const COUNTS = [
  'replicas',
  'readyReplicas',
  'currentReplicas',
  'updatedReplicas',
  'availableReplicas',
  'observedGeneration',
  'collisionCount',
];
const BOUNDS = [
  ['readyReplicas', 'replicas'],
  ['currentReplicas', 'replicas'],
  ['updatedReplicas', 'replicas'],
  ['availableReplicas', 'replicas'],
] as const;

export function validateStatefulSetStatusUpdate(
  { status }: StatefulSet,
  { status: old }: StatefulSet,
  errors: FieldErrors,
): void {
  validateCounts(status, COUNTS, BOUNDS, errors);
  const { availableReplicas = 0, readyReplicas = 0, collisionCount = 0 } = status;
  if (availableReplicas > readyReplicas) {
    const why = 'cannot be greater than status.readyReplicas';
    errors.invalid('status.availableReplicas', availableReplicas, why);
  }
  if (collisionCount < (old?.collisionCount ?? 0)) {
    errors.invalid('status.collisionCount', collisionCount, 'cannot be decremented');
  }
}

const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;
const MUTABLE_TEXT = MUTABLE.map((field) => `'${field}'`)
  .join(', ')
  .replace(/, ([^,]+)$/, ' and $1');

export function validateStatefulSetUpdate(
  next: StatefulSet,
  old: StatefulSet,
  errors: FieldErrors,
): void {
  if (deepEqual(immutablePart(next.spec), immutablePart(old.spec))) return;
  const what = 'updates to statefulset spec for fields other than';
  errors.forbidden('spec', `${what} ${MUTABLE_TEXT} are forbidden`);
}

function immutablePart(spec: Spec): Partial<Spec> {
  const rest: Partial<Spec> = { ...spec };
  for (const field of MUTABLE) delete rest[field];
  return rest;
}

function validatePodManagement(policy: string | undefined, errors: FieldErrors): void {
  if (policy === 'OrderedReady' || policy === 'Parallel') return;
  const path = 'spec.podManagementPolicy';
  if (!policy) errors.required(path);
  else errors.invalid(path, policy, "must be 'OrderedReady' or 'Parallel'");
}

function validateStrategy(
  strategy: NonNullable<Spec['updateStrategy']>,
  errors: FieldErrors,
): void {
  const path = 'spec.updateStrategy';
  const { type, rollingUpdate } = strategy;
  const shown = rollingUpdate && {
    Partition: rollingUpdate.partition ?? 0,
    MaxUnavailable: rollingUpdate.maxUnavailable ?? null,
  };
  if (!type) errors.required(path);
  else if (type === 'OnDelete') {
    if (!rollingUpdate) return;
    const why = "only allowed for updateStrategy 'RollingUpdate'";
    errors.invalid(`${path}.rollingUpdate`, shown, why);
  } else if (type === 'RollingUpdate') {
    validateNonNegative(rollingUpdate?.partition, `${path}.rollingUpdate.partition`, errors);
  } else {
    const value = { Type: type, RollingUpdate: shown ?? null };
    errors.invalid(path, value, "must be 'RollingUpdate' or 'OnDelete'");
  }
}

function validateRetention(
  { persistentVolumeClaimRetentionPolicy: policy }: Spec,
  errors: FieldErrors,
): void {
  if (!policy) return;
  for (const field of ['whenDeleted', 'whenScaled'] as const) {
    const value = policy[field] ?? '';
    if (value === 'Retain' || value === 'Delete') continue;
    const path = `spec.persistentVolumeClaimRetentionPolicy.${field}`;
    errors.notSupported(path, value, ['Retain', 'Delete']);
  }
}

/** Claims give the pods their volumes, so that containers may mount them. */
function withClaims(template: PodTemplateSpec, { volumeClaimTemplates }: Spec): PodTemplateSpec {
  if (!volumeClaimTemplates?.length) return template;
  const names = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''));
  const claimed = [...names].map((name): Volume => ({
    name,
    persistentVolumeClaim: { claimName: 'claim' },
  }));
  const own = (template.spec?.volumes ?? []).filter(({ name }) => !names.has(name));
  return { ...template, spec: { ...template.spec!, volumes: [...own, ...claimed] } };
}

function validateClaims({ volumeClaimTemplates = [] }: Spec, errors: FieldErrors): void {
  volumeClaimTemplates.forEach(({ spec = {} }, index) => {
    validateClaimSpec(spec, `spec.volumeClaimTemplates[${index}].spec`, errors);
  });
}
