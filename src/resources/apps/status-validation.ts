// Counts in the status of workloads. Upstream: pkg/apis/apps/validation/validation.go.
import type { FieldErrors } from '../../api/field-errors';
import { validateNonNegative } from './template-validation';

type Counts = Readonly<Record<string, number | undefined>>;

const REPLICA_COUNTS = [
  'replicas',
  'fullyLabeledReplicas',
  'readyReplicas',
  'availableReplicas',
  'observedGeneration',
];
const REPLICA_BOUNDS = [
  ['fullyLabeledReplicas', 'replicas'],
  ['readyReplicas', 'replicas'],
  ['availableReplicas', 'replicas'],
  ['availableReplicas', 'readyReplicas'],
] as const;

/** Of a ReplicaSet or a ReplicationController. */
export function validateReplicaStatus(
  { status }: { readonly status: object },
  errors: FieldErrors,
): void {
  validateCounts(status, REPLICA_COUNTS, REPLICA_BOUNDS, errors);
}

/** No count below zero, and none above the one that bounds it. */
export function validateCounts(
  status: object,
  fields: readonly string[],
  bounds: readonly (readonly [field: string, bound: string])[],
  errors: FieldErrors,
): void {
  const counts = status as Counts;
  for (const field of fields) validateNonNegative(counts[field], `status.${field}`, errors);
  for (const [field, bound] of bounds) {
    const value = counts[field] ?? 0;
    if (value <= (counts[bound] ?? 0)) continue;
    const name = bound === 'replicas' ? 'status.replicas' : bound;
    errors.invalid(`status.${field}`, value, `cannot be greater than ${name}`);
  }
}
