// Tokens by which machines join a cluster: each is a Secret of kube-system that says what it is
// good for and until when.
// Upstream: staging/src/k8s.io/cluster-bootstrap/{token/api,util/secrets,util/tokens}.
import { decodeBase64 } from './base64';
import { parseTime } from './time';
import type { Secret } from './types';

export const BOOTSTRAP_TOKEN_TYPE = 'bootstrap.kubernetes.io/token';
export const BOOTSTRAP_TOKEN_NAMESPACE = 'kube-system';
export const BOOTSTRAP_TOKEN_PREFIX = 'bootstrap-token-';

type Key =
  | 'auth-extra-groups'
  | 'expiration'
  | 'token-id'
  | 'token-secret'
  | 'usage-bootstrap-authentication'
  | 'usage-bootstrap-signing';

/** What the Secret says under a key; '' when it says nothing. */
export function bootstrapTokenData({ data }: Secret, key: Key): string {
  return decodeBase64(data?.[key] ?? '');
}

/** Milliseconds that are left: none or fewer once it is over, and when it is no time at all. */
export function bootstrapTokenMs(secret: Secret, nowMs: number): number {
  const text = bootstrapTokenData(secret, 'expiration');
  if (text === '') return Infinity;
  const leftMs = parseTime(text) - nowMs;
  return Number.isNaN(leftMs) ? 0 : leftMs;
}
