// MutatingAdmissionPolicy: changes what is written by the expressions of every policy bound to it.
// Where the real one differs: an apply configuration is merged as a strategic merge patch.
// Upstream: apiserver/pkg/admission/plugin/policy/mutating/{dispatcher,patch}.
import {
  mutatingAdmissionPolicies,
  mutatingAdmissionPolicyBindings,
} from '../../../api/extension-refs';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
} from '../../../api/extension-types';
import { deepEqual } from '../../../api/deep-equal';
import type { KubeObject } from '../../../api/object';
import { forbidden, StatusError } from '../../../api/status-error';
import type { Variables } from '../../../cel/evaluator';
import { toJson } from '../../../cel/json-values';
import { checkTypeNames } from '../../../cel/mutation-types';
import { CelError } from '../../../cel/values';
import { spokenName } from '../../metadata';
import { applyPatch } from '../../patch/apply-patch';
import type { AdmissionRequest, AdmissionStep } from '../chain';
import { isExempt } from './exempt-resources';
import { CompiledPolicy, ConfigurationError, paramsOf } from './policy-evaluation';
import { matchesRequest } from './request-matching';
import { requestVariables } from './request-variables';

type Mutation = NonNullable<MutatingAdmissionPolicy['spec']['mutations']>[number];

/** By policy object: a new version is another object. */
const compiled = new WeakMap<MutatingAdmissionPolicy, CompiledPolicy>();

export const mutatingAdmissionPolicy: AdmissionStep = {
  name: 'MutatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE'],
  resources: '*',
  subresources: '*',
  admit(object: KubeObject, request: AdmissionRequest): KubeObject {
    const { store, ref } = request;
    if (isExempt(ref.key)) return object;
    const policies = store.list(mutatingAdmissionPolicies.key) as MutatingAdmissionPolicy[];
    const bindings = store.list(
      mutatingAdmissionPolicyBindings.key,
    ) as MutatingAdmissionPolicyBinding[];
    let mutated = object;
    const again: [MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding][] = [];
    for (const policy of policies) {
      if (!matchesRequest(policy.spec.matchConstraints, object, request)) continue;
      for (const binding of bindings) {
        if (binding.spec.policyName !== policy.metadata.name) continue;
        if (!matchesRequest(binding.spec.matchResources, object, request)) continue;
        mutated = mutate(policy, binding, mutated, request);
        if (policy.spec.reinvocationPolicy === 'IfNeeded') again.push([policy, binding]);
      }
    }
    if (mutated === object) return object;
    const first = mutated;
    for (const [policy, binding] of again) mutated = mutate(policy, binding, mutated, request);
    const changed = again.length > 0 && !deepEqual(first, mutated) ? mutated : first;
    return request.context.definition(ref).applyDefaults?.(changed) ?? changed;
  },
};

function mutate(
  policy: MutatingAdmissionPolicy,
  binding: MutatingAdmissionPolicyBinding,
  object: KubeObject,
  request: AdmissionRequest,
): KubeObject {
  const { spec } = policy;
  const evaluation = compiledOf(policy);
  let mutated = object;
  try {
    for (const params of paramsOf(spec, binding.spec.paramRef, request)) {
      const variables = evaluation.variables(requestVariables(mutated, request), params);
      const matched = evaluation.matchConditions(variables);
      if (matched === false) continue;
      if (matched !== true) throw new ConfigurationError(matched);
      for (const mutation of spec.mutations ?? []) {
        const given = evaluation.variables(requestVariables(mutated, request), params);
        mutated = patched(mutation, mutated, evaluation, given);
      }
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof CelError)) throw error;
    if (spec.failurePolicy === 'Ignore') return object;
    throw refusal(policy, binding, error.message, object, request);
  }
  return mutated;
}

function patched(
  { patchType, applyConfiguration, jsonPatch }: Mutation,
  object: KubeObject,
  evaluation: CompiledPolicy,
  variables: Variables,
): KubeObject {
  const isJson = patchType === 'JSONPatch';
  const { expression = '' } = (isJson ? jsonPatch : applyConfiguration) ?? {};
  const result = evaluation.evaluate(expression, variables);
  if ('error' in result) {
    throw new ConfigurationError(`expression '${expression}' resulted in error: ${result.error}`);
  }
  if (!isJson) checkTypeNames(result.value);
  const patch = toJson(result.value);
  if (isJson && Array.isArray(patch) && patch.length === 0) return object;
  try {
    const type = isJson ? 'json' : 'strategic';
    const next = applyPatch(type, object, patch, object.kind) as KubeObject;
    return { ...next, metadata: { ...object.metadata, ...next.metadata } };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    throw new ConfigurationError(`error applying patch: ${error.message}`);
  }
}

function compiledOf(policy: MutatingAdmissionPolicy): CompiledPolicy {
  let known = compiled.get(policy);
  if (!known) compiled.set(policy, (known = new CompiledPolicy(policy.spec, true)));
  return known;
}

function refusal(
  { metadata }: MutatingAdmissionPolicy,
  binding: MutatingAdmissionPolicyBinding,
  message: string,
  object: KubeObject,
  { ref }: AdmissionRequest,
): StatusError {
  const who = `policy '${metadata.name}' with binding '${binding.metadata.name}'`;
  const words = `${who} denied request: ${message}`;
  const error = forbidden(ref, spokenName(object.metadata), words);
  return new StatusError(422, 'Invalid', error.message, {
    ...error.details,
    causes: [{ message: words } as never],
  });
}
