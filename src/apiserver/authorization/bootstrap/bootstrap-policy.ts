// The roles and bindings that kube-apiserver makes at its start, from their short form: read once a
// process, frozen and shared by all clusters in it. Aggregated roles come with what the
// aggregation controller would give them, so that it finds nothing to do.
// Upstream: pkg/registry/rbac/rest/storage_rbac.go, .../rbac/bootstrappolicy.
import { aggregatedRules } from '../../../api/cluster-role-aggregation';
import {
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
} from '../../../api/extension-refs';
import type { ClusterRole } from '../../../api/extension-types';
import type { Draft, KubeObject, ObjectMeta } from '../../../api/object';
import type { ResourceRef } from '../../../api/resource-ref';
import { deepFreeze } from '../../../store/freeze';
import { CLUSTER_ROLES } from './cluster-roles';
import { CONTROLLER_ROLES } from './controller-roles';
import {
  CLUSTER_ROLE_BINDINGS,
  KUBE_PUBLIC_BINDINGS,
  KUBE_PUBLIC_ROLES,
  KUBE_SYSTEM_BINDINGS,
  KUBE_SYSTEM_ROLES,
} from './namespace-roles';
import {
  parseBindings,
  parseRoles,
  RBAC_GROUP,
  type BindingText,
  type RoleText,
} from './parse-policy';

type Drafts = readonly Draft<KubeObject>[];

const LABELS = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const ANNOTATIONS = Object.freeze({ 'rbac.authorization.kubernetes.io/autoupdate': 'true' });
const AGGREGATE_TO = `${RBAC_GROUP}/aggregate-to-`;
const CONTROLLER_PREFIX = 'system:controller:';

/** All of them by kind, as `Extension.seeds` takes them. */
export const bootstrapPolicy: readonly { ref: ResourceRef; objects(): Drafts }[] = [
  { ref: clusterRoles, objects: once(clusterRoleDrafts) },
  { ref: clusterRoleBindings, objects: once(clusterRoleBindingDrafts) },
  { ref: roles, objects: once(roleDrafts) },
  { ref: roleBindings, objects: once(roleBindingDrafts) },
];

/** The rules of 'system:node', by which the Node authorizer lets kubelets do what all may. */
export const nodeRules = once(
  () =>
    (clusterRoleDrafts() as ClusterRole[]).find(({ metadata }) => metadata.name === 'system:node')!
      .rules ?? [],
);

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= deepFreeze(make()));
}

const controllerRoleTexts = once(() => parseRoles(CONTROLLER_ROLES));

function clusterRoleDrafts(): Drafts {
  const texts = [...parseRoles(CLUSTER_ROLES), ...controllerRoleTexts()];
  const drafts = texts.map(clusterRoleDraft).sort(byName);
  const aggregated = drafts.filter(({ aggregationRule }) => aggregationRule);
  // From what gathers first to what gathers its result: view, edit, admin.
  for (const draft of aggregated.toReversed()) {
    draft.rules = aggregatedRules(draft as ClusterRole, drafts as ClusterRole[]);
  }
  return drafts as never;
}

function clusterRoleDraft({ name, aggregatedTo, gathers, rules }: RoleText): Draft<ClusterRole> {
  const labels = Object.fromEntries(aggregatedTo.map((role) => [AGGREGATE_TO + role, 'true']));
  const metadata = { ...metadataOf(name), labels: { ...LABELS, ...labels } };
  if (gathers === undefined) return { metadata, rules: rules as never };
  const matchLabels = { [AGGREGATE_TO + gathers]: 'true' };
  return { metadata, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] }, rules: [] };
}

function byName(a: Draft<ClusterRole>, b: Draft<ClusterRole>): number {
  return a.metadata.name! < b.metadata.name! ? -1 : 1;
}

function clusterRoleBindingDrafts(): Drafts {
  const own = parseBindings(CLUSTER_ROLE_BINDINGS);
  const controllers = controllerRoleTexts().map(({ name }) => {
    const account = name.slice(CONTROLLER_PREFIX.length);
    const subject = { kind: 'ServiceAccount', name: account, namespace: 'kube-system' };
    return { role: name, name, subjects: [subject] };
  });
  return [...own, ...controllers].map((text) => bindingDraft(text, 'ClusterRole'));
}

function roleDrafts(): Drafts {
  const inNamespace = (namespace: string, text: string): Drafts =>
    parseRoles(text).map(({ name, rules }) => ({
      metadata: metadataOf(name, namespace),
      rules,
    })) as never;
  return [
    ...inNamespace('kube-public', KUBE_PUBLIC_ROLES),
    ...inNamespace('kube-system', KUBE_SYSTEM_ROLES),
  ];
}

function roleBindingDrafts(): Drafts {
  const inNamespace = (namespace: string, text: string): Drafts =>
    parseBindings(text).map((binding) => bindingDraft(binding, 'Role', namespace));
  return [
    ...inNamespace('kube-public', KUBE_PUBLIC_BINDINGS),
    ...inNamespace('kube-system', KUBE_SYSTEM_BINDINGS),
  ];
}

function bindingDraft(
  { role, name, subjects }: BindingText,
  kind: string,
  namespace?: string,
): Draft<KubeObject> {
  const roleRef = { apiGroup: RBAC_GROUP, kind, name: role };
  const metadata = metadataOf(name, namespace);
  return { metadata, roleRef, ...(subjects.length > 0 && { subjects }) } as never;
}

function metadataOf(name: string, namespace?: string): Partial<ObjectMeta> {
  return { name, ...(namespace && { namespace }), labels: LABELS, annotations: ANNOTATIONS };
}
