// Who joins the cluster by a token that a Secret of kube-system holds.
// Upstream: plugin/pkg/auth/authenticator/token/bootstrap/bootstrap.go.
import {
  BOOTSTRAP_TOKEN_NAMESPACE,
  BOOTSTRAP_TOKEN_PREFIX,
  BOOTSTRAP_TOKEN_TYPE,
  bootstrapTokenData,
  bootstrapTokenMs,
} from '../../api/bootstrap-token';
import { secrets } from '../../api/resource-ref';
import type { Secret } from '../../api/types';
import type { UserInfo } from '../../client/transport';
import type { Store } from '../../store/store';

const TOKEN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;
const GROUP = 'system:bootstrappers';
const EXTRA_GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;

/** Undefined when the token is none of these, or its Secret does not let it in. */
export function bootstrapUser(token: string, store: Store, nowMs: number): UserInfo | undefined {
  const [, id, secretPart] = TOKEN.exec(token) ?? [];
  if (!id) return undefined;
  const name = BOOTSTRAP_TOKEN_PREFIX + id;
  const secret = store.get(secrets.key, BOOTSTRAP_TOKEN_NAMESPACE, name) as Secret | undefined;
  if (!secret || secret.metadata.deletionTimestamp || secret.type !== BOOTSTRAP_TOKEN_TYPE) {
    return undefined;
  }
  const isGood =
    bootstrapTokenData(secret, 'token-secret') === secretPart &&
    bootstrapTokenData(secret, 'token-id') === id &&
    bootstrapTokenMs(secret, nowMs) > 0 &&
    bootstrapTokenData(secret, 'usage-bootstrap-authentication') === 'true';
  const extra = bootstrapTokenData(secret, 'auth-extra-groups');
  const groups = extra === '' ? [] : extra.split(',');
  if (!isGood || !groups.every((group) => EXTRA_GROUP.test(group))) return undefined;
  return { username: `system:bootstrap:${id}`, groups: [...new Set([GROUP, ...groups])].sort() };
}
