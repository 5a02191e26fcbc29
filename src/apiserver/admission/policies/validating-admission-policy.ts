// ValidatingAdmissionPolicy: evaluates the validations of every policy that is bound to a request.
// Upstream: apiserver/pkg/admission/plugin/policy/validating/{dispatcher,validator}.go.
import type { IValidation } from 'kubernetes-models/admissionregistration.k8s.io/v1/Validation';
import {
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
} from '../../../api/extension-refs';
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../../api/extension-types';
import type { KubeObject } from '../../../api/object';
import { forbidden, StatusError } from '../../../api/status-error';
import type { Variables } from '../../../cel/evaluator';
import { spokenName } from '../../metadata';
import type { AdmissionRequest, AdmissionStep } from '../chain';
import { isExempt } from './exempt-resources';
import { CompiledPolicy, ConfigurationError, OutOfBudget, paramsOf } from './policy-evaluation';
import { matchesRequest } from './request-matching';
import { requestVariables } from './request-variables';

interface Violation {
  readonly policy: string;
  readonly binding: string;
  readonly message: string;
  readonly reason: string;
}

const CODES: Readonly<Record<string, number>> = {
  Forbidden: 403,
  Unauthorized: 401,
  RequestEntityTooLarge: 413,
  Invalid: 422,
};
/** By policy object: a new version is another object. */
const compiled = new WeakMap<ValidatingAdmissionPolicy, CompiledPolicy>();

export const validatingAdmissionPolicy: AdmissionStep = {
  name: 'ValidatingAdmissionPolicy',
  operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
  resources: '*',
  subresources: '*',
  validate(object: KubeObject, request: AdmissionRequest): void {
    const { store, ref } = request;
    if (isExempt(ref.key)) return;
    const policies = store.list(validatingAdmissionPolicies.key) as ValidatingAdmissionPolicy[];
    if (policies.length === 0) return;
    const bindings = store.list(
      validatingAdmissionPolicyBindings.key,
    ) as ValidatingAdmissionPolicyBinding[];
    const given = requestVariables(object, request);
    const denied: Violation[] = [];
    for (const policy of policies) {
      if (!matchesRequest(policy.spec.matchConstraints, object, request)) continue;
      for (const binding of bindings) {
        if (binding.spec.policyName !== policy.metadata.name) continue;
        if (!matchesRequest(binding.spec.matchResources, object, request)) continue;
        denied.push(...judge(policy, binding, given, request));
      }
    }
    if (denied.length > 0) throw refusal(denied[0], object, request);
  },
};

/** What the binding denies; what it only warns of goes into the request's warnings. */
function judge(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  given: Variables,
  request: AdmissionRequest,
): Violation[] {
  const names = { policy: policy.metadata.name, binding: binding.metadata.name };
  const violations = failuresOf(policy, binding, given, request).map((failure) => ({
    ...names,
    ...failure,
  }));
  const actions: readonly string[] = binding.spec.validationActions ?? [];
  if (actions.includes('Warn')) {
    for (const { message } of violations) {
      request.request.warnings?.push(
        `Validation failed for ValidatingAdmissionPolicy '${names.policy}' ` +
          `with binding '${names.binding}': ${message}`,
      );
    }
  }
  return actions.includes('Deny') ? violations : [];
}

type Failure = Pick<Violation, 'message' | 'reason'>;

function failuresOf(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  given: Variables,
  request: AdmissionRequest,
): Failure[] {
  const { spec } = policy;
  const evaluation = compiledOf(policy);
  /** A failure of the policy itself, which a policy may ask to ignore. */
  const broken = (message: string): Failure[] =>
    spec.failurePolicy === 'Ignore' ? [] : [{ message, reason: 'Invalid' }];
  try {
    return paramsOf(spec, binding.spec.paramRef, request).flatMap((params) => {
      const variables = evaluation.variables(given, params);
      const matched = evaluation.matchConditions(variables);
      if (matched === false) return [];
      if (matched !== true) return broken(matched);
      return (spec.validations ?? []).flatMap((validation) =>
        check(validation, evaluation, variables, broken),
      );
    });
  } catch (error) {
    if (error instanceof OutOfBudget) return broken(error.message);
    if (!(error instanceof ConfigurationError)) throw error;
    return broken(`failed to configure binding: ${error.message}`);
  }
}

function check(
  validation: IValidation,
  evaluation: CompiledPolicy,
  variables: Variables,
  broken: (message: string) => Failure[],
): Failure[] {
  const { expression, reason = 'Invalid' } = validation;
  const result = evaluation.evaluate(expression, variables);
  if ('error' in result) {
    return broken(`expression '${expression}' resulted in error: ${result.error}`);
  }
  if (result.value === true) return [];
  return [{ message: messageOf(validation, evaluation, variables), reason }];
}

function messageOf(
  { expression, message, messageExpression }: IValidation,
  evaluation: CompiledPolicy,
  variables: Variables,
): string {
  if (messageExpression) {
    const result = evaluation.evaluate(messageExpression, variables);
    if ('value' in result && typeof result.value === 'string') {
      const text = result.value.trim();
      // Texts that could not stand in a header are not told.
      if (text && !/[\r\n]/.test(text) && text.length <= 5 * 1024) return text;
    }
  }
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function compiledOf(policy: ValidatingAdmissionPolicy): CompiledPolicy {
  let known = compiled.get(policy);
  if (!known) compiled.set(policy, (known = new CompiledPolicy(policy.spec)));
  return known;
}

function refusal(
  { policy, binding, message, reason }: Violation,
  object: KubeObject,
  { ref }: AdmissionRequest,
): StatusError {
  const who = `ValidatingAdmissionPolicy '${policy}' with binding '${binding}'`;
  const words = `${who} denied request: ${message}`;
  const error = forbidden(ref, spokenName(object.metadata), words);
  return new StatusError(CODES[reason] ?? 422, reason, error.message, {
    ...error.details,
    causes: [{ message: words } as never],
  });
}
