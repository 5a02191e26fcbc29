// The pages by which others can check tokens: who issues them and by which key.
// Upstream: pkg/serviceaccount/openidmetadata.go.
import type { HttpResponse } from '../http/http';
import type { Authenticator } from './authenticator';
import { ISSUER } from './service-account-claims';

const CONFIGURATION = '/.well-known/openid-configuration';
const KEYS = '/openid/v1/jwks';

/** `address`: host and port at which the API server advertises itself. */
export function issuerPage(
  authenticator: Authenticator,
  address: string,
  path: string,
): HttpResponse | undefined {
  if (path === CONFIGURATION) {
    return page('application/json', {
      issuer: ISSUER,
      jwks_uri: `https://${address}${KEYS}`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  }
  if (path !== KEYS) return undefined;
  const { id, publicKey } = authenticator.tokenKey;
  const { kty, alg, n, e } = publicKey;
  return page('application/jwk-set+json', { keys: [{ use: 'sig', kty, kid: id, alg, n, e }] });
}

function page(contentType: string, body: object): HttpResponse {
  const headers = { 'Content-Type': contentType, 'Cache-Control': 'public, max-age=3600' };
  return { status: 200, headers, body: JSON.stringify(body) };
}
