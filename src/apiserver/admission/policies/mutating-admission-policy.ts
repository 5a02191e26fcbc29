// MutatingAdmissionPolicy: changes what is written by the expressions of every policy bound to it.
// When one has changed something, the whole chain of admission sees the object once more, and with
// it the policies that ask for that.
// Upstream:
// apiserver/pkg/admission/plugin/policy/{generic/policy_dispatcher,mutating/dispatcher}.go.
import {
  mutatingAdmissionPolicies,
  mutatingAdmissionPolicyBindings,
} from '../../../api/extension-refs';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
} from '../../../api/extension-types';
import type { KubeObject } from '../../../api/object';
import { forbidden, StatusError } from '../../../api/status-error';
import type { Variables } from '../../../cel/evaluator';
import { toJson } from '../../../cel/json-values';
import { checkTypeNames } from '../../../cel/mutation-types';
import { CelError } from '../../../cel/values';
import { spokenName } from '../../metadata';
import { shapeOfKind } from '../../fieldmanager/shape';
import type { JsonObject } from '../../patch/json-value';
import type { AdmissionRequest, AdmissionStep } from '../chain';
import { isExempt } from './exempt-resources';
import { applyJsonPatch, mergeConfiguration, PatchError } from './mutations';
import { CompiledPolicy, ConfigurationError, OutOfBudget, paramsOf } from './policy-evaluation';
import { matchesRequest } from './request-matching';
import { requestVariables } from './request-variables';

type Mutation = NonNullable<MutatingAdmissionPolicy['spec']['mutations']>[number];

interface Invocation {
  readonly policy: MutatingAdmissionPolicy;
  readonly binding: MutatingAdmissionPolicyBinding;
  readonly params: KubeObject | undefined;
}

/** What went wrong with a policy, in its own words. */
interface Problem extends Omit<Invocation, 'params'> {
  readonly message: string;
  readonly reason: string;
}

/** By policy object: a new version is another object. */
const compiled = new WeakMap<MutatingAdmissionPolicy, CompiledPolicy>();
/** Of the requests that see the chain once more, the policies that had their turn. */
const again = new WeakMap<AdmissionRequest, ReadonlySet<MutatingAdmissionPolicy>>();

export const mutatingAdmissionPolicy: AdmissionStep = {
  name: 'MutatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE'],
  resources: '*',
  subresources: '*',
  admit(object: KubeObject, request: AdmissionRequest): KubeObject {
    if (isExempt(request.ref.key)) return object;
    const problems: Problem[] = [];
    const before = again.get(request);
    const invocations = invocationsFor(object, request, problems).filter(
      ({ policy }) => !before || before.has(policy),
    );
    let mutated = object;
    const invoked = new Set<MutatingAdmissionPolicy>();
    for (const invocation of invocations) {
      const next = mutate(invocation, mutated, request, problems);
      const { policy } = invocation;
      if (next && policy.spec.reinvocationPolicy === 'IfNeeded') invoked.add(policy);
      mutated = next ?? mutated;
    }
    const fatal = problems.filter(({ policy }) => policy.spec.failurePolicy !== 'Ignore');
    if (fatal.length > 0) throw refusal(fatal, mutated, request);
    if (mutated === object || before) return mutated;
    again.set(request, invoked);
    const seenAgain = request.context.admission.admit(mutated, request);
    again.delete(request);
    return seenAgain;
  },
};

function invocationsFor(
  object: KubeObject,
  request: AdmissionRequest,
  problems: Problem[],
): Invocation[] {
  const { store } = request;
  const policies = store.list(mutatingAdmissionPolicies.key) as MutatingAdmissionPolicy[];
  const bindings = store.list(
    mutatingAdmissionPolicyBindings.key,
  ) as MutatingAdmissionPolicyBinding[];
  const found: Invocation[] = [];
  for (const policy of policies) {
    if (!matchesRequest(policy.spec.matchConstraints, object, request)) continue;
    for (const binding of bindings) {
      if (binding.spec.policyName !== policy.metadata.name) continue;
      if (!matchesRequest(binding.spec.matchResources, object, request)) continue;
      try {
        for (const params of paramsOf(policy.spec, binding.spec.paramRef, request)) {
          found.push({ policy, binding, params });
        }
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        const message = `failed to configure binding: ${error.message}`;
        problems.push({ policy, binding, message, reason: 'Forbidden' });
      }
    }
  }
  return found;
}

/** What the policy's mutations make of the object; undefined when it does not look at it. */
function mutate(
  { policy, binding, params }: Invocation,
  object: KubeObject,
  request: AdmissionRequest,
  problems: Problem[],
): KubeObject | undefined {
  const { spec } = policy;
  const evaluation = compiledOf(policy);
  const fail = (message: string) => problems.push({ policy, binding, message, reason: 'Invalid' });
  const variables = evaluation.variables(requestVariables(object, request), params);
  const matched = evaluation.matchConditions(variables);
  if (typeof matched === 'string') fail(matched);
  if (matched !== true) return undefined;
  let mutated = object;
  for (const mutation of spec.mutations ?? []) {
    const given = evaluation.variables(requestVariables(mutated, request), params);
    try {
      mutated = patched(mutation, mutated, evaluation, given, request);
    } catch (error) {
      if (!MUTATION_ERRORS.some((type) => error instanceof type)) throw error;
      fail((error as Error).message);
    }
  }
  return mutated;
}

const MUTATION_ERRORS = [PatchError, CelError, OutOfBudget];

function patched(
  { patchType, applyConfiguration, jsonPatch }: Mutation,
  object: KubeObject,
  evaluation: CompiledPolicy,
  variables: Variables,
  request: AdmissionRequest,
): KubeObject {
  const isJson = patchType === 'JSONPatch';
  const { expression = '' } = (isJson ? jsonPatch : applyConfiguration) ?? {};
  const result = evaluation.evaluate(expression, variables);
  if ('error' in result) {
    throw new PatchError(`expression '${expression}' resulted in error: ${result.error}`);
  }
  const definition = request.context.definition(request.ref);
  const isOwn = request.subresource === '' || request.subresource === 'status';
  const shape = isOwn
    ? request.context.services.fieldManager?.shape(definition, request.request)
    : shapeOfKind(object.apiVersion, object.kind);
  if (!isJson) checkTypeNames(result.value);
  const patch = toJson(result.value);
  const next = isJson
    ? applyJsonPatch(object, patch as JsonObject[], shape)
    : mergeConfiguration(object, patch as JsonObject, shape);
  if (next === object || !isOwn) return next;
  return definition.applyDefaults?.(next) ?? next;
}

function compiledOf(policy: MutatingAdmissionPolicy): CompiledPolicy {
  let known = compiled.get(policy);
  if (!known) compiled.set(policy, (known = new CompiledPolicy(policy.spec, true)));
  return known;
}

/** The first problem speaks for the answer, all of them are its causes. */
function refusal(
  problems: readonly Problem[],
  object: KubeObject,
  { ref }: AdmissionRequest,
): StatusError {
  const causes = problems.map(({ policy, binding, message }) => {
    const who = `policy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
    return { message: `${who} denied request: ${message}` };
  });
  const { details } = forbidden(ref, spokenName(object.metadata), '');
  return new StatusError(403, problems[0].reason, causes[0].message, {
    ...details,
    causes: causes as never,
  });
}
