// What no policy and no webhook may come between, or a cluster could lock itself out.
// Upstream: apiserver/pkg/admission/plugin/{policy/generic/plugin,webhook/rules}.go.
import {
  mutatingAdmissionPolicies,
  mutatingAdmissionPolicyBindings,
  mutatingWebhookConfigurations,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
  validatingWebhookConfigurations,
} from '../../../api/extension-refs';

const EXEMPT = new Set([
  mutatingAdmissionPolicies.key,
  mutatingAdmissionPolicyBindings.key,
  mutatingWebhookConfigurations.key,
  validatingAdmissionPolicies.key,
  validatingAdmissionPolicyBindings.key,
  validatingWebhookConfigurations.key,
]);

export function isExempt(resource: string): boolean {
  return EXEMPT.has(resource);
}
