// Acting as somebody else by the headers Impersonate-User, -Group, -Uid and -Extra-*: each of them
// has to be allowed to the real user, who is forgotten after that.
// Upstream: apiserver/pkg/endpoints/filters/impersonation.
import { quote } from '../../api/field-errors';
import type { UserInfo } from '../../client/transport';
import { resourceAttributes, type Attributes } from '../authorization/attributes';
import type { Authorizer } from '../authorization/authorizer';
import { forbiddenError } from '../authorization/forbidden';
import { PlainRefusal } from '../http/http';
import { AUTHENTICATED } from './authenticator';

export const ANONYMOUS = 'system:anonymous';
export const UNAUTHENTICATED = 'system:unauthenticated';
const USER = 'impersonate-user';
const GROUP = 'impersonate-group';
const UID = 'impersonate-uid';
const EXTRA_PREFIX = 'impersonate-extra-';
const AUTHENTICATION = { apiGroup: 'authentication.k8s.io', apiVersion: 'v1' };

/** Header names in lower case; several values as a list or joined by ', '. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Whom the headers ask for; the user itself without any. Throws 403 and PlainRefusal. */
export function impersonatedUser(
  user: UserInfo,
  headers: Headers,
  authorizer: Authorizer,
  url: string,
): UserInfo {
  const username = valuesOf(headers[USER])[0] ?? '';
  const groups = valuesOf(headers[GROUP]);
  const uid = valuesOf(headers[UID])[0] ?? '';
  const extra = extrasOf(headers);
  const hasMore = groups.length > 0 || uid !== '' || Object.keys(extra).length > 0;
  if (username === '') {
    if (!hasMore) return user;
    const why = `requested ${told(groups, extra, uid)} without impersonating a user`;
    throw new PlainRefusal(500, `Internal Server Error: ${quote(url)}: ${why}\n`);
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(username);
  for (const attributes of wanted(user, username, account, groups, extra, uid)) {
    const { allowed, reason } = authorizer.authorize(attributes);
    if (!allowed) throw forbiddenError(attributes, reason);
  }
  const given = account && groups.length === 0 ? accountGroups(account[1]) : groups;
  return {
    username,
    ...(uid && { uid }),
    groups: withImplied(username, given),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function* wanted(
  user: UserInfo,
  username: string,
  account: RegExpExecArray | null,
  groups: readonly string[],
  extra: Readonly<Record<string, readonly string[]>>,
  uid: string,
): Generator<Attributes> {
  const act = (resource: string, some: Partial<Attributes>): Attributes =>
    resourceAttributes(user, 'impersonate', { resource, ...some });
  if (account) yield act('serviceaccounts', { namespace: account[1], name: account[2] });
  else yield act('users', { name: username });
  for (const name of groups) yield act('groups', { name });
  for (const [subresource, values] of Object.entries(extra)) {
    for (const name of values) yield act('userextras', { ...AUTHENTICATION, subresource, name });
  }
  if (uid) yield act('uids', { ...AUTHENTICATION, name: uid });
}

/** Everybody but the unknown is authenticated, unless the groups say otherwise. */
function withImplied(username: string, groups: readonly string[]): readonly string[] {
  const isAnonymous = username === ANONYMOUS;
  const implied = isAnonymous ? UNAUTHENTICATED : AUTHENTICATED;
  const isSaid = groups.includes(implied) || (!isAnonymous && groups.includes(UNAUTHENTICATED));
  return isSaid ? groups : [...groups, implied];
}

function accountGroups(namespace: string): string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

function extrasOf(headers: Headers): Record<string, readonly string[]> {
  const extra: Record<string, readonly string[]> = {};
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(EXTRA_PREFIX)) continue;
    extra[unescaped(header.slice(EXTRA_PREFIX.length))] = valuesOf(value);
  }
  return extra;
}

function unescaped(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? value.split(', ') : value;
}

/** The requests as Go shows a list of object references. */
function told(
  groups: readonly string[],
  extra: Readonly<Record<string, readonly string[]>>,
  uid: string,
): string {
  const version = 'authentication.k8s.io/v1';
  const parts = [
    ...groups.map((name) => `{Group  ${name}    }`),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => `{UserExtra  ${value}  ${version}  ${key}}`),
    ),
    ...(uid ? [`{UID  ${uid}  ${version}  }`] : []),
  ];
  return `[${parts.join(' ')}]`;
}
