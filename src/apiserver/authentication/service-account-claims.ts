// What a service account's token says, and whether it still holds: it names the account, and the
// pod, secret or node that it is bound to, by name and uid, and dies with any of them.
// Upstream: pkg/serviceaccount/{claims,legacy}.go.
import { nodes, pods, secrets, serviceAccounts } from '../../api/resource-ref';
import type { KubeObject } from '../../api/object';
import { parseTime } from '../../api/time';
import type { Pod, Secret, ServiceAccount } from '../../api/types';
import { decodeBase64 } from '../../api/base64';
import type { UserInfo } from '../../client/transport';
import type { Store } from '../../store/store';
import type { Claims } from './jwt';

/** Who issues tokens, and the audience that the API server itself is. */
export const ISSUER = 'https://kubernetes.default.svc';
export const LEGACY_ISSUER = 'kubernetes/serviceaccount';
const LEGACY = 'kubernetes.io/serviceaccount/';
/** Clocks may differ by so much. */
const LEEWAY_MS = 60_000;

interface Reference {
  name: string;
  uid: string;
}

interface BoundClaims {
  namespace: string;
  serviceaccount: Reference;
  pod?: Reference;
  secret?: Reference;
  node?: Reference;
  warnafter?: number;
}

export interface Binding {
  readonly pod?: Pod;
  readonly secret?: Secret;
  readonly node?: KubeObject;
}

/** Why a token is not taken. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/** The claims of a token for a time, bound to an object or to none. */
export function boundClaims(
  account: ServiceAccount,
  { pod, secret, node }: Binding,
  audiences: readonly string[],
  nowMs: number,
  seconds: { expiration: number; warnAfter?: number },
  id: string,
): Claims {
  const now = Math.floor(nowMs / 1000);
  const { namespace = '', name } = account.metadata;
  const own: BoundClaims = { namespace, serviceaccount: referenceTo(account) };
  if (node) own.node = referenceTo(node);
  if (pod) own.pod = referenceTo(pod);
  if (secret) own.secret = referenceTo(secret);
  if (seconds.warnAfter !== undefined) own.warnafter = now + seconds.warnAfter;
  return {
    aud: audiences,
    exp: now + seconds.expiration,
    iat: now,
    iss: ISSUER,
    jti: id,
    'kubernetes.io': sortedKeys(own),
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
}

/** The claims of a token that lives in a Secret and has no end. */
export function legacyClaims(account: ServiceAccount, secretName: string): Claims {
  const { namespace = '', name, uid } = account.metadata;
  return {
    iss: LEGACY_ISSUER,
    [LEGACY + 'namespace']: namespace,
    [LEGACY + 'secret.name']: secretName,
    [LEGACY + 'service-account.name']: name,
    [LEGACY + 'service-account.uid']: uid,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
}

/** The user whom a bound token stands for. Throws TokenError when it no longer holds. */
export function userOfBoundClaims(claims: Claims, store: Store, nowMs: number): UserInfo {
  checkTimes(claims, nowMs);
  const own = claims['kubernetes.io'] as BoundClaims | undefined;
  if (!own?.serviceaccount) throw new TokenError('service account token claims are missing');
  const { namespace, serviceaccount: account, pod, secret, node } = own;
  checkAccount(store, namespace, account, nowMs);
  if (secret) checkBound(store, secrets.key, namespace, secret, 'Secret', nowMs);
  const extra: Record<string, string[]> = {};
  const id = textOf(claims.jti);
  if (id) extra['authentication.kubernetes.io/credential-id'] = [`JTI=${id}`];
  if (pod) {
    checkBound(store, pods.key, namespace, pod, 'Pod', nowMs);
    extra['authentication.kubernetes.io/pod-name'] = [pod.name];
    extra['authentication.kubernetes.io/pod-uid'] = [pod.uid];
  }
  if (node) {
    // The node of a pod's token is told, but only a token bound to the node itself dies with it.
    if (!pod) checkBound(store, nodes.key, '', node, 'Node', nowMs);
    extra['authentication.kubernetes.io/node-name'] = [node.name];
    if (node.uid) extra['authentication.kubernetes.io/node-uid'] = [node.uid];
  }
  return { ...serviceAccountUser(namespace, account), extra };
}

/** The user of a token out of a Secret. Throws TokenError when the Secret has another by now. */
export function userOfLegacyClaims(claims: Claims, token: string, store: Store): UserInfo {
  const text = (key: string): string => textOf(claims[LEGACY + key]);
  const namespace = text('namespace');
  const [secretName, name] = [text('secret.name'), text('service-account.name')];
  const uid = text('service-account.uid');
  const user = serviceAccountUser(namespace, { name, uid });
  if (claims.sub !== user.username) {
    throw new TokenError('sub claim is not the service account');
  }
  const secret = store.get(secrets.key, namespace, secretName) as Secret | undefined;
  if (!secret || secret.metadata.deletionTimestamp) {
    throw new TokenError('service account token has been invalidated');
  }
  if (decodeBase64(secret.data?.token ?? '') !== token) {
    throw new TokenError("service account token does not match server's copy");
  }
  checkAccount(store, namespace, { name, uid }, 0);
  return user;
}

/** The user that a service account is. */
export function serviceAccountUser(namespace: string, { name, uid }: Reference): UserInfo {
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    uid,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
  };
}

function checkTimes({ exp, nbf }: Claims, nowMs: number): void {
  if (typeof exp === 'number' && nowMs > exp * 1000 + LEEWAY_MS) {
    throw new TokenError('service account token has expired');
  }
  if (typeof nbf === 'number' && nowMs < nbf * 1000 - LEEWAY_MS) {
    throw new TokenError('service account token is not valid yet');
  }
}

function checkAccount(store: Store, namespace: string, account: Reference, nowMs: number): void {
  const { name, uid } = account;
  const found = store.get(serviceAccounts.key, namespace, name);
  if (!found) throw new TokenError(`serviceaccounts "${name}" not found`);
  if (isGone(found, nowMs)) {
    throw new TokenError(`service account ${namespace}/${name} has been deleted`);
  }
  if (found.metadata.uid !== uid) {
    const is = found.metadata.uid;
    throw new TokenError(`service account UID (${is}) does not match claim (${uid})`);
  }
}

function checkBound(
  store: Store,
  table: string,
  namespace: string,
  { name, uid }: Reference,
  kind: string,
  nowMs: number,
): void {
  const found = store.get(table, namespace, name);
  if (!found || isGone(found, nowMs)) {
    throw new TokenError('service account token has been invalidated');
  }
  if (found.metadata.uid !== uid) {
    const is = found.metadata.uid;
    throw new TokenError(`${kind.toLowerCase()} UID (${is}) does not match claim (${uid})`);
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

/** Being deleted for longer than clocks may differ. */
function isGone({ metadata }: KubeObject, nowMs: number): boolean {
  const { deletionTimestamp } = metadata;
  return deletionTimestamp !== undefined && parseTime(deletionTimestamp) < nowMs - LEEWAY_MS;
}

function referenceTo({ metadata: { name, uid } }: KubeObject): Reference {
  return { name, uid };
}

function sortedKeys(claims: BoundClaims): BoundClaims {
  return Object.fromEntries(Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1))) as never;
}
