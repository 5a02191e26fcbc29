// Reads the short form of roles and bindings. A role: its name, '>x' when it is aggregated to role
// x and '<x' when it gathers what is; then a rule a line: groups, resources, verbs, names.
// 'core' is the group without a name, 'url' begins a rule of paths, EVENTS is the right to report.
import type { PolicyRule } from '../../../resources/rbac/policy-rule';
import type { Subject } from '../../../resources/rbac/binding';

export interface RoleText {
  readonly name: string;
  /** Roles that gather this one's rules. */
  readonly aggregatedTo: readonly string[];
  /** The label suffix by which it gathers rules of others. */
  readonly gathers: string | undefined;
  readonly rules: readonly PolicyRule[];
}

export interface BindingText {
  readonly role: string;
  readonly name: string;
  readonly subjects: readonly Subject[];
}

const READ = Object.freeze(['get', 'list', 'watch']);
const WRITE = Object.freeze(['create', 'delete', 'deletecollection', 'patch', 'update']);
const ALL = Object.freeze([...WRITE, ...READ].sort());
const VERBS: Readonly<Record<string, readonly string[]>> = { READ, WRITE, ALL };
const CORE = Object.freeze(['']);
const EVENTS = {
  verbs: ['create', 'patch', 'update'],
  apiGroups: ['', 'events.k8s.io'],
  resources: ['events'],
};
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

export function parseRoles(text: string): RoleText[] {
  const found: (RoleText & { rules: PolicyRule[] })[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith(' ')) found[found.length - 1].rules.push(parseRule(line.slice(1)));
    else found.push({ ...parseHead(line), rules: [] });
  }
  return found;
}

function parseHead(line: string): Omit<RoleText, 'rules'> {
  const [name, ...marks] = line.split(' ');
  const marked = (mark: string): string[] =>
    marks.filter((text) => text.startsWith(mark)).map((text) => text.slice(1));
  return { name, aggregatedTo: marked('>'), gathers: marked('<')[0] };
}

function parseRule(line: string): PolicyRule {
  if (line === 'EVENTS') return EVENTS;
  const [groups, resources, verbText, names] = line.split(' ');
  const verbs = (VERBS[verbText] ?? verbText.split(',')) as string[];
  if (groups === 'url') return { verbs, nonResourceURLs: resources.split(',') };
  const apiGroups = (groups === 'core' ? CORE : groups.split(',')) as string[];
  const rule: PolicyRule = { verbs, apiGroups, resources: resources.split(',') };
  if (names) rule.resourceNames = names.split(',');
  return rule;
}

/** Service accounts are those of kube-system. */
export function parseBindings(text: string): BindingText[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [head, ...subjects] = line.split(' ');
      const [role, name = role] = head.split('=');
      return { role, name, subjects: subjects.map(parseSubject) };
    });
}

function parseSubject(text: string): Subject {
  const slash = text.indexOf('/');
  const [kind, name] = [text.slice(0, slash), text.slice(slash + 1)];
  if (kind === 'ServiceAccount') return { kind, name, namespace: 'kube-system' };
  return { kind, apiGroup: RBAC_GROUP, name };
}
