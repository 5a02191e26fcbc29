// JSON Web Tokens as the API server issues them: three parts of base64url, signed as RS256.
// Upstream: pkg/serviceaccount/jwt.go.
import { decodeBase64 } from '../../api/base64';
import { urlBytes, urlText } from '../../api/base64-url';
import type { TokenKey } from '../../api/cluster-keys';

export type Claims = Readonly<Record<string, unknown>>;

/** The token for these claims, whose keys come out sorted as in the real one. */
export function signToken(claims: Claims, key: TokenKey): string {
  const header = { alg: 'RS256', kid: key.id };
  const body = `${urlText(JSON.stringify(header))}.${urlText(JSON.stringify(sorted(claims)))}`;
  return `${body}.${urlBytes(key.sign(body))}`;
}

/** The claims of what has the form of a token, whoever signed it; undefined for anything else. */
export function readClaims(token: string): Claims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const claims: unknown = JSON.parse(decodeBase64(parts[1]));
    return typeof claims === 'object' && claims !== null ? (claims as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this key signed the token. */
export function isSignedBy(token: string, key: TokenKey): boolean {
  const end = token.lastIndexOf('.');
  return token.slice(end + 1) === urlBytes(key.sign(token.slice(0, end)));
}

function sorted(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1)));
}
