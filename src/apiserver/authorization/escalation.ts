// Nobody may give away rights that they do not have: roles and bindings are checked against their
// writer's own rules, unless the writer may 'escalate' roles or 'bind' this one. Stands where the
// real server has storages of their own for these kinds, after what changes an object and before
// its validation. Upstream: pkg/registry/rbac/*/policybased, pkg/registry/rbac/escalation_check.go.
import { deepEqual } from '../../api/deep-equal';
import { clusterRoleBindings, clusterRoles, roleBindings, roles } from '../../api/extension-refs';
import type { ClusterRole } from '../../api/extension-types';
import { quote } from '../../api/field-errors';
import type { KubeObject } from '../../api/object';
import { forbidden } from '../../api/status-error';
import { without } from '../../api/without';
import type { UserInfo } from '../../client/transport';
import type { Binding } from '../../resources/rbac/binding';
import type { PolicyRule } from '../../resources/rbac/policy-rule';
import type { AdmissionRequest, AdmissionStep } from '../admission/chain';
import { spokenName } from '../metadata';
import { resourceAttributes } from './attributes';
import { authorizerOf, isPrivileged } from './authorizer';
import { missingRights, quoteList } from './rule-cover';

const FULL_AUTHORITY: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

export const escalation: AdmissionStep = {
  name: 'RoleEscalation',
  operations: ['CREATE', 'UPDATE'],
  resources: [roles.key, clusterRoles.key, roleBindings.key, clusterRoleBindings.key],
  admit(object, admission) {
    const { user } = admission.request;
    if (!user || isPrivileged(user) || isOnlyLettingGo(object, admission.old)) return object;
    const isRole = object.kind === 'Role' || object.kind === 'ClusterRole';
    if (isRole) checkRole(object as ClusterRole, user, admission);
    else checkBinding(object as Binding, user, admission);
    return object;
  },
};

function checkRole(role: ClusterRole, user: UserInfo, admission: AdmissionRequest): void {
  const { ref, namespace, operation, context } = admission;
  const name = operation === 'CREATE' ? '' : admission.name;
  const { group: apiGroup, resource } = ref;
  const attributes = { apiGroup, apiVersion: '*', resource, namespace, name };
  const authorizer = authorizerOf(context);
  if (authorizer.authorize(resourceAttributes(user, 'escalate', attributes)).allowed) return;
  refuseMissing(role, role.rules ?? [], user, admission);
  if (!isAggregating(role) && !isAggregating(admission.old as ClusterRole | undefined)) return;
  if (missingRights(authorizer.rulesFor(user, '').rules, FULL_AUTHORITY).length === 0) return;
  const why = 'must have cluster-admin privileges to use the aggregationRule';
  throw forbidden(ref, spokenName(role.metadata), why);
}

function checkBinding(binding: Binding, user: UserInfo, admission: AdmissionRequest): void {
  const { namespace, context } = admission;
  const { roleRef } = binding;
  const { apiGroup = '', kind, name } = roleRef;
  const authorizer = authorizerOf(context);
  const resource = { Role: roles, ClusterRole: clusterRoles }[kind]?.resource;
  if (resource) {
    const attributes = resourceAttributes(user, 'bind', { apiGroup, resource, namespace, name });
    if (authorizer.authorize(attributes).allowed) return;
    refuseMissing(binding, authorizer.rbac.rulesOfRole(roleRef, namespace), user, admission);
  }
}

function refuseMissing(
  { metadata }: KubeObject,
  granted: readonly PolicyRule[],
  user: UserInfo,
  { ref, namespace, context }: AdmissionRequest,
): void {
  const { rules, problems } = authorizerOf(context).rulesFor(user, namespace);
  const missing = missingRights(rules, granted);
  if (missing.length === 0) return;
  const who = `user ${quote(user.username)} (groups=${quoteList(user.groups ?? [])})`;
  const what = 'is attempting to grant RBAC permissions not currently held';
  const errors = problems.length > 0 ? `; resolution errors: [${problems.join(' ')}]` : '';
  const why = `${who} ${what}:\n${missing.join('\n')}${errors}`;
  throw forbidden(ref, spokenName(metadata), why);
}

function isAggregating(role: ClusterRole | undefined): boolean {
  return (role?.aggregationRule?.clusterRoleSelectors?.length ?? 0) > 0;
}

/** Only finalizers and owners change: the garbage collector must get on. */
function isOnlyLettingGo(object: KubeObject, old: KubeObject | undefined): boolean {
  return old !== undefined && deepEqual(withoutTies(object), withoutTies(old));
}

function withoutTies(object: KubeObject): KubeObject {
  return { ...object, metadata: without(object.metadata, ...TIES) };
}

const TIES = ['finalizers', 'ownerReferences', 'managedFields', 'resourceVersion'];
