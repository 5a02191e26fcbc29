// The status of ValidatingAdmissionPolicies: once for each generation the expressions are checked
// against the kinds that they are about, and what was found is written down, nothing too.
// Invariant: a policy whose status has its generation is left alone.
// The checker is handed in, because a controller knows nothing of expressions.
// Upstream: pkg/controller/validatingadmissionpolicystatus.
import { validatingAdmissionPolicies } from '../../api/extension-refs';
import type { ValidatingAdmissionPolicy } from '../../api/extension-types';
import type { Client } from '../../client/client';
import type { Controller } from '../controller';

/** The warnings of a policy, for the schemas that the server has now. */
export type PolicyChecker = (
  policy: ValidatingAdmissionPolicy,
  client: Client,
) => readonly { readonly fieldRef: string; readonly warning: string }[];

export function validatingAdmissionPolicyStatusController(check: PolicyChecker): Controller {
  return {
    name: 'validatingadmissionpolicy-status',
    eventSource: 'validatingadmissionpolicy-status-controller',
    workers: 5,
    start({ client, enqueue, watch }) {
      const changed = ({ metadata }: ValidatingAdmissionPolicy): void => enqueue(metadata.name);
      const informer = watch(validatingAdmissionPolicies, {
        added: changed,
        updated: changed,
      });
      return {
        reconcile(name) {
          const policy = informer.get(name);
          const { generation = 0 } = policy?.metadata ?? {};
          if (!policy || generation <= (policy.status?.observedGeneration ?? 0)) return;
          const warnings = check(policy, client);
          const typeChecking = warnings.length > 0 ? { expressionWarnings: [...warnings] } : {};
          client.updateStatus(validatingAdmissionPolicies, {
            ...policy,
            status: { ...policy.status, observedGeneration: generation, typeChecking },
          });
        },
      };
    },
  };
}
