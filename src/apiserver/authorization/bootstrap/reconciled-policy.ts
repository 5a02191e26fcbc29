// Roles and bindings of the API server that somebody has changed: at its start it puts back the
// rules and subjects, labels and annotations that they lack, and leaves what they have besides.
// Who wants to keep them changed says so in an annotation.
// Upstream: pkg/registry/rbac/rest/storage_rbac.go, component-helpers/auth/rbac/reconciliation.
import { deepEqual } from '../../../api/deep-equal';
import type { ClusterRole, ClusterRoleBinding } from '../../../api/extension-types';
import type { KubeObject } from '../../../api/object';
import type { SeedDraft } from '../../context';
import { uncovered } from '../rule-cover';

const AUTO_UPDATE = 'rbac.authorization.kubernetes.io/autoupdate';
const BOOTSTRAPPING = 'kubernetes.io/bootstrapping';

type Policy = Partial<ClusterRole & ClusterRoleBinding>;

/** The object with what it lacks; the same when it lacks nothing, or is no such policy. */
export function reconciledPolicy(known: KubeObject, wanted: SeedDraft): KubeObject {
  if (wanted.metadata.labels?.[BOOTSTRAPPING] !== 'rbac-defaults') return known;
  if (known.metadata.annotations?.[AUTO_UPDATE] === 'false') return known;
  const labels = { ...wanted.metadata.labels, ...known.metadata.labels };
  const annotations = { ...wanted.metadata.annotations, ...known.metadata.annotations };
  const metadata = { ...known.metadata, labels, annotations };
  const next = { ...known, ...changesOf(known as Policy, wanted as Policy), metadata };
  return deepEqual(next, known) ? known : next;
}

function changesOf(known: Policy, wanted: Policy): Policy {
  if (wanted.roleRef) return bindingChanges(known, wanted);
  const selectors = wanted.aggregationRule?.clusterRoleSelectors;
  // The rules of such a role come from those that it selects.
  if (selectors) {
    const had = known.aggregationRule?.clusterRoleSelectors ?? [];
    const missing = selectors.filter((each) => !had.some((other) => deepEqual(each, other)));
    if (missing.length === 0) return {};
    return { aggregationRule: { clusterRoleSelectors: [...had, ...missing] } };
  }
  const rules = known.rules ?? [];
  const missing = uncovered(rules, wanted.rules ?? []);
  return missing.length > 0 ? { rules: [...rules, ...missing] } : {};
}

/** A binding to another role becomes what it was. */
function bindingChanges(known: Policy, wanted: Policy): Policy {
  const { roleRef, subjects = [] } = wanted;
  if (!deepEqual(known.roleRef, roleRef)) return { roleRef, subjects };
  const had = known.subjects ?? [];
  const missing = subjects.filter((each) => !had.some((other) => deepEqual(each, other)));
  return missing.length > 0 ? { subjects: [...had, ...missing] } : {};
}
