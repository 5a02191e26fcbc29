// PriorityClasses. Upstream: pkg/registry/scheduling/priorityclass, pkg/apis/scheduling.
import type { FieldErrors } from '../../api/field-errors';
import { priorityClasses } from '../../api/resource-ref';
import type { PriorityClass } from '../../api/types';
import { ageColumn, column, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';

/** The highest priority that users may define. */
const USER_PRIORITY_MAX = 1_000_000_000;
const SYSTEM_PREFIX = 'system-';
const POLICIES = ['Never', 'PreemptLowerPriority'];

/** The classes that every cluster has, by name. */
export const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

export const priorityClassDefinition: ResourceDefinition<PriorityClass> = {
  ref: priorityClasses,
  singular: 'priorityclass',
  listKind: 'PriorityClassList',
  shortNames: ['pc'],
  hasGeneration: true,
  applyDefaults(priorityClass) {
    priorityClass.preemptionPolicy ??= 'PreemptLowerPriority';
    return priorityClass;
  },
  validate,
  validateUpdate(next, old, errors) {
    if (next.value !== old.value) errors.forbidden('value', 'may not be changed in an update.');
    if (next.preemptionPolicy !== old.preemptionPolicy) {
      errors.invalid('preemptionPolicy', next.preemptionPolicy, 'field is immutable');
    }
  },
  columns: [
    nameColumn,
    column(
      'Value',
      'integer',
      'value represents the integer value of this priority class. This is the actual ' +
        'priority that pods receive when they have the name of this class in their pod spec.',
      ({ value }) => value ?? 0,
    ),
    column(
      'Global-Default',
      'boolean',
      'globalDefault specifies whether this PriorityClass should be considered as the ' +
        'default priority for pods that do not have any priority class. Only one PriorityClass ' +
        'can be marked as `globalDefault`. However, if more than one PriorityClasses exists ' +
        'with their `globalDefault` field set to true, the smallest value of such global ' +
        'default PriorityClasses will be used as the default priority.',
      ({ globalDefault }) => globalDefault ?? false,
    ),
    ageColumn,
    column(
      'PreemptionPolicy',
      'string',
      'preemptionPolicy is the Policy for preempting pods with lower priority. One of Never, ' +
        'PreemptLowerPriority. Defaults to PreemptLowerPriority if unset.',
      ({ preemptionPolicy }) => preemptionPolicy ?? '',
      1,
    ),
  ],
};

function validate(priorityClass: PriorityClass, errors: FieldErrors): void {
  const { metadata, value = 0, preemptionPolicy } = priorityClass;
  if (metadata.name.startsWith(SYSTEM_PREFIX)) {
    const problem = systemProblem(priorityClass);
    if (problem) {
      const reserved =
        "priority class names with 'system-' prefix are reserved for system use only";
      errors.forbidden('metadata.name', `${reserved}. error: ${problem}`);
    }
  } else if (value > USER_PRIORITY_MAX) {
    const why = `maximum allowed value of a user defined priority is ${USER_PRIORITY_MAX}`;
    errors.forbidden('value', why);
  }
  if (preemptionPolicy && !POLICIES.includes(preemptionPolicy)) {
    errors.notSupported('preemptionPolicy', preemptionPolicy, POLICIES);
  }
}

function systemProblem({ metadata, value, globalDefault }: PriorityClass): string | undefined {
  const known = SYSTEM_PRIORITIES[metadata.name];
  if (known === undefined) return `${metadata.name} is not a known system priority class`;
  if (value !== known) return `value of ${metadata.name} PriorityClass must be ${known}`;
  if (globalDefault) return `globalDefault of ${metadata.name} must be false`;
  return undefined;
}
