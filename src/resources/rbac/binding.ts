// What RoleBindings and ClusterRoleBindings have in common: defaults, validation and columns.
// Upstream: pkg/apis/rbac/{v1/defaults.go,validation/validation.go}.
import type { FieldErrors } from '../../api/field-errors';
import type { ClusterRoleBinding, RoleBinding } from '../../api/extension-types';
import { dnsSubdomain, pathSegment } from '../../api/names';
import { ageColumn, column, nameColumn } from '../columns';
import type { TableColumn } from '../definition';

export type Binding = RoleBinding | ClusterRoleBinding;
export type Subject = NonNullable<Binding['subjects']>[number];
export type RoleRef = Binding['roleRef'];

const GROUP = 'rbac.authorization.k8s.io';
const SUBJECT_KINDS = ['ServiceAccount', 'User', 'Group'];

/** Gives the role reference and the subjects the groups that they are nearly always of. */
export function applyBindingDefaults<T extends Binding>(binding: T): T {
  const roleRef = { ...binding.roleRef };
  roleRef.apiGroup ||= GROUP;
  roleRef.kind ??= '';
  roleRef.name ??= '';
  const subjects = binding.subjects?.map((subject) =>
    subject.apiGroup || (subject.kind !== 'User' && subject.kind !== 'Group')
      ? subject
      : { ...subject, apiGroup: GROUP },
  );
  return { ...binding, roleRef, ...(subjects && { subjects }) };
}

/** `roleKinds`: what the binding may refer to. */
export function validateBinding(
  { roleRef, subjects }: Binding,
  roleKinds: readonly string[],
  errors: FieldErrors,
): void {
  if (roleRef.apiGroup !== GROUP) {
    errors.notSupported('roleRef.apiGroup', roleRef.apiGroup, [GROUP]);
  }
  if (!roleKinds.includes(roleRef.kind)) {
    errors.notSupported('roleRef.kind', roleRef.kind, roleKinds);
  }
  if (!roleRef.name) errors.required('roleRef.name');
  else errors.invalidEach('roleRef.name', roleRef.name, pathSegment(roleRef.name));
  const isNamespaced = roleKinds.includes('Role');
  subjects?.forEach((subject, index) =>
    validateSubject(subject, isNamespaced, `subjects[${index}]`, errors),
  );
}

export function validateBindingUpdate(next: Binding, old: Binding, errors: FieldErrors): void {
  const { apiGroup: APIGroup, kind: Kind, name: Name } = next.roleRef;
  const is = old.roleRef;
  if (APIGroup === is.apiGroup && Kind === is.kind && Name === is.name) return;
  errors.invalid('roleRef', { APIGroup, Kind, Name }, 'cannot change roleRef');
}

function validateSubject(
  { kind = '', name, apiGroup = '', namespace }: Partial<Subject>,
  isNamespaced: boolean,
  path: string,
  errors: FieldErrors,
): void {
  if (!name) errors.required(`${path}.name`);
  switch (kind) {
    case 'ServiceAccount':
      if (name) errors.invalidEach(`${path}.name`, name, dnsSubdomain(name));
      if (apiGroup) errors.notSupported(`${path}.apiGroup`, apiGroup, ['']);
      if (!isNamespaced && !namespace) errors.required(`${path}.namespace`);
      break;
    case 'User':
    case 'Group':
      if (apiGroup !== GROUP) errors.notSupported(`${path}.apiGroup`, apiGroup, [GROUP]);
      break;
    default:
      errors.notSupported(`${path}.kind`, kind, SUBJECT_KINDS);
  }
}

/** `what`: 'roleBinding' or 'clusterRoleBinding', as the descriptions say. */
export function bindingColumns<T extends Binding>(
  what: string,
  roleDescription: string,
): TableColumn<T>[] {
  const named = (header: string, cell: (binding: T) => string): TableColumn<T> =>
    column<T>(header, 'string', `${header} in the ${what}`, cell, 1);
  return [
    nameColumn,
    column<T>(
      'Role',
      'string',
      roleDescription,
      ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`,
    ),
    ageColumn,
    named('Users', (binding) => namesOf(binding, 'User')),
    named('Groups', (binding) => namesOf(binding, 'Group')),
    named('ServiceAccounts', (binding) => namesOf(binding, 'ServiceAccount')),
  ];
}

function namesOf({ subjects = [] }: Binding, kind: string): string {
  return subjects
    .filter((subject) => subject.kind === kind)
    .map(({ name, namespace = '' }) => (kind === 'ServiceAccount' ? `${namespace}/${name}` : name))
    .join(', ');
}
