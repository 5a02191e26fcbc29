import { priorityClasses } from '../../api/resource-ref';
import { forbidden } from '../../api/status-error';
import type { Pod, PriorityClass } from '../../api/types';
import { spokenName } from '../metadata';
import type { AdmissionRequest, AdmissionStep } from './chain';

const POD = { group: '', resource: 'pods' };

/**
 * Turns a pod's priorityClassName (or the default class) into its priority and preemption policy.
 */
export const priority: AdmissionStep = {
  name: 'Priority',
  operations: ['CREATE'],
  resources: ['pods'],
  admit(object, request) {
    const pod = object as Pod;
    const found = classOf(pod, request);
    const value = found?.value ?? 0;
    const { spec } = pod;
    if (spec.priority !== undefined && spec.priority !== value) {
      const why =
        `the integer value of priority (${spec.priority}) must not be provided in pod spec; ` +
        `priority admission controller computed ${value} from the given PriorityClass name`;
      throw forbidden(POD, spokenName(pod.metadata), why);
    }
    if (found && !spec.priorityClassName) spec.priorityClassName = found.metadata.name;
    spec.priority = value;
    const policy = policyOf(found);
    if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
      const why =
        `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided ` +
        `in pod spec; priority admission controller computed ${policy} from the given ` +
        'PriorityClass name';
      throw forbidden(POD, spokenName(pod.metadata), why);
    }
    spec.preemptionPolicy = policy;
    return pod;
  },
};

function classOf(pod: Pod, { store }: AdmissionRequest): PriorityClass | undefined {
  const name = pod.spec.priorityClassName;
  if (name) {
    const found = store.get(priorityClasses.key, '', name);
    if (found) return found as PriorityClass;
    throw forbidden(POD, spokenName(pod.metadata), `no PriorityClass with name ${name} was found`);
  }
  let best: PriorityClass | undefined;
  for (const each of store.list(priorityClasses.key) as PriorityClass[]) {
    if (each.globalDefault && (!best || (each.value ?? 0) < (best.value ?? 0))) best = each;
  }
  return best;
}

function policyOf(found: PriorityClass | undefined): 'Never' | 'PreemptLowerPriority' {
  return (found?.preemptionPolicy as 'Never' | undefined) ?? 'PreemptLowerPriority';
}
