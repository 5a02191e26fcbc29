// RoleBindings and ClusterRoleBindings by whom they are for. Made when somebody first asks and kept
// current by a watch on the store, so that a cluster in which only administrators act pays nothing
// and a request looks at the bindings of its user alone.
import { clusterRoleBindings, roleBindings } from '../../api/extension-refs';
import type { KubeObject } from '../../api/object';
import type { UserInfo } from '../../client/transport';
import type { Binding, Subject } from '../../resources/rbac/binding';
import type { Store } from '../../store/store';

const ACCOUNT_PREFIX = 'system:serviceaccount:';

type Bucket = Map<string, Binding>;

export class BindingIndex {
  /** By scope ('' or namespace), then by subject, then by the binding's name. */
  private scopes = new Map<string, Map<string, Bucket>>();
  private isCurrent = false;
  private readonly stops: (() => void)[] = [];

  constructor(private readonly store: Store) {}

  /** The bindings of a scope that are for this user, by name. */
  bindingsOf(user: UserInfo, namespace: string): Binding[] {
    if (!this.isCurrent) this.build();
    const bySubject = this.scopes.get(namespace);
    if (!bySubject) return [];
    const found = new Map<string, Binding>();
    const take = (key: string): void => {
      for (const [name, binding] of bySubject.get(key) ?? []) found.set(name, binding);
    };
    take(userKey(user.username));
    for (const group of user.groups ?? []) take(groupKey(group));
    if (found.size < 2) return [...found.values()];
    return [...found.keys()].sort().map((name) => found.get(name)!);
  }

  private build(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.scopes = new Map();
    const { store } = this;
    for (const { key } of [clusterRoleBindings, roleBindings]) {
      if (!store.hasTable(key)) continue;
      for (const binding of store.list(key)) this.put(binding as Binding);
      const stop = store.watch(key, {}, store.revision, {
        event: (type, object) => this.change(type, object),
        closed: () => (this.isCurrent = false),
      });
      this.stops.push(stop);
    }
    this.isCurrent = true;
  }

  private change(type: string, object: KubeObject): void {
    if (type !== 'ADDED') this.drop(object.metadata);
    if (type !== 'DELETED') this.put(object as Binding);
  }

  private put(binding: Binding): void {
    const { namespace = '', name } = binding.metadata;
    let scope = this.scopes.get(namespace);
    if (!scope) this.scopes.set(namespace, (scope = new Map<string, Bucket>()));
    for (const subject of binding.subjects ?? []) {
      const key = subjectKey(subject, namespace);
      let bucket = scope.get(key);
      if (!bucket) scope.set(key, (bucket = new Map<string, Binding>()));
      bucket.set(name, binding);
    }
  }

  private drop({ namespace = '', name }: KubeObject['metadata']): void {
    const scope = this.scopes.get(namespace);
    for (const [key, bucket] of scope ?? []) {
      if (bucket.delete(name) && bucket.size === 0) scope!.delete(key);
    }
  }
}

/** The first of a binding's subjects that is this user. */
export function subjectFor(
  { subjects = [] }: Binding,
  { username, groups = [] }: UserInfo,
  namespace: string,
): Subject | undefined {
  const keys = new Set([userKey(username), ...groups.map(groupKey)]);
  return subjects.find((subject) => keys.has(subjectKey(subject, namespace)));
}

/** A service account is the user that it acts as; without any namespace it is nobody. */
function subjectKey({ kind, name, namespace }: Subject, bindingNamespace: string): string {
  if (kind === 'User') return userKey(name);
  if (kind === 'Group') return groupKey(name);
  const home = namespace || bindingNamespace;
  return home ? userKey(`${ACCOUNT_PREFIX}${home}:${name}`) : '';
}

const userKey = (name: string): string => 'u' + name;
const groupKey = (name: string): string => 'g' + name;
