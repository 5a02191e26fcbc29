// Role-based access control: a request is allowed when a rule of a role that is bound to its user
// allows it. Bindings of the whole cluster come first, then those of the namespace, by name.
// Upstream: plugin/pkg/auth/authorizer/rbac, pkg/registry/rbac/validation/rule.go.
import { clusterRoles, roles } from '../../api/extension-refs';
import type { Role } from '../../api/extension-types';
import { quote } from '../../api/field-errors';
import { notFound } from '../../api/status-error';
import type { UserInfo } from '../../client/transport';
import type { Binding, RoleRef, Subject } from '../../resources/rbac/binding';
import type { PolicyRule } from '../../resources/rbac/policy-rule';
import type { Store } from '../../store/store';
import type { Attributes, Decision } from './attributes';
import { BindingIndex, subjectFor } from './binding-index';
import { ruleAllows } from './rule-allows';

export interface UserRules {
  readonly rules: readonly PolicyRule[];
  /** Why some could not be found. */
  readonly problems: readonly string[];
}

export class RbacAuthorizer {
  private readonly index: BindingIndex;

  constructor(private readonly store: Store) {
    this.index = new BindingIndex(store);
  }

  authorize(attributes: Attributes): Decision {
    const { user, namespace } = attributes;
    const problems: string[] = [];
    for (const scope of scopesOf(namespace)) {
      for (const binding of this.index.bindingsOf(user, scope)) {
        const rules = this.rulesOfBinding(binding, problems);
        if (!rules.some((rule) => ruleAllows(rule, attributes))) continue;
        return { allowed: true, reason: `RBAC: allowed by ${describe(binding, user)}` };
      }
    }
    const reason = problems.length > 0 ? `RBAC: ${aggregate(problems)}` : '';
    return { allowed: false, reason };
  }

  /** All that a user may do in a namespace, '' for what holds everywhere. */
  rulesFor(user: UserInfo, namespace: string): UserRules {
    const problems: string[] = [];
    const bindings = scopesOf(namespace).flatMap((scope) => this.index.bindingsOf(user, scope));
    const rules = bindings.flatMap((binding) => this.rulesOfBinding(binding, problems));
    return { rules, problems };
  }

  /** The rules of the role that is referred to. Throws NotFound. */
  rulesOfRole({ kind, name }: RoleRef, namespace: string): readonly PolicyRule[] {
    const ref = kind === 'Role' ? roles : clusterRoles;
    const role = this.findRole(kind, name, namespace);
    if (!role) throw notFound(ref, name);
    return role.rules ?? [];
  }

  private rulesOfBinding(
    { roleRef: { kind, name }, metadata: { namespace = '' } }: Binding,
    problems: string[],
  ): readonly PolicyRule[] {
    const role = this.findRole(kind, name, namespace);
    if (role) return role.rules ?? [];
    // Told by the lister, which knows the resource by its singular.
    const resource = kind === 'Role' ? 'role' : 'clusterrole';
    problems.push(`${resource}.${roles.group} ${quote(name)} not found`);
    return [];
  }

  private findRole(kind: string, name: string, namespace: string): Role | undefined {
    return kind === 'Role'
      ? (this.store.get(roles.key, namespace, name) as Role | undefined)
      : (this.store.get(clusterRoles.key, '', name) as Role | undefined);
  }
}

function scopesOf(namespace: string): string[] {
  return namespace ? ['', namespace] : [''];
}

/** Several errors as Go's aggregate shows them, each once. */
export function aggregate(problems: readonly string[]): string {
  const distinct = [...new Set(problems)];
  return distinct.length === 1 ? distinct[0] : `[${distinct.join(', ')}]`;
}

function describe(binding: Binding, user: UserInfo): string {
  const { namespace = '', name } = binding.metadata;
  const { roleRef, kind } = binding;
  const subject = subjectFor(binding, user, namespace)!;
  const bindingName = namespace ? `${name}/${namespace}` : name;
  const what = `${kind} ${quote(bindingName)} of ${roleRef.kind} ${quote(roleRef.name)}`;
  return `${what} to ${describeSubject(subject, namespace)}`;
}

function describeSubject({ kind, name, namespace }: Subject, bindingNamespace: string): string {
  const isAccount = kind === 'ServiceAccount';
  return `${kind} ${quote(isAccount ? `${name}/${namespace || bindingNamespace}` : name)}`;
}
