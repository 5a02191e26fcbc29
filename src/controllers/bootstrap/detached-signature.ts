// The signature that stands beside a text, by which those who hold a token know that the text comes
// from somebody who holds it too.
// Upstream: staging/src/k8s.io/cluster-bootstrap/token/jws/jws.go.
import { utf8Bytes } from '../../api/base64';
import { urlBytes, urlText } from '../../api/base64-url';
import { hmacSha256 } from '../../api/hmac';

/** A JSON Web Signature whose middle part, the text, is left out. */
export function detachedSignature(text: string, tokenId: string, tokenSecret: string): string {
  const header = urlText(JSON.stringify({ alg: 'HS256', kid: tokenId }));
  const digest = hmacSha256(utf8Bytes(tokenSecret), utf8Bytes(`${header}.${urlText(text)}`));
  return `${header}..${urlBytes(digest)}`;
}
