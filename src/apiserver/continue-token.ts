// The token of a paged list: opaque to clients, base64 of a little JSON as in the real server.
import { decodeBytes, encodeBase64 } from '../api/base64';
import type { KubeObject } from '../api/object';
import { badRequest, type StatusError } from '../api/status-error';
import { JsonSyntaxError, parseJson } from './decode/parse-json';

export interface ContinueToken {
  /** Negative: whatever is the newest. */
  revision: number;
  /** The last object that was given out. */
  namespace: string;
  name: string;
}

export function encodeContinue(
  revision: number,
  { metadata }: { metadata: Pick<KubeObject['metadata'], 'namespace' | 'name'> },
): string {
  const start = `${metadata.namespace ? metadata.namespace + '/' : ''}${metadata.name}\u0000`;
  return encodeBase64(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start }));
}

/** Throws BadRequest when it is not a token of this server. */
export function decodeContinue(text: string): ContinueToken {
  const parsed = parse(text);
  if (parsed.v !== 'meta.k8s.io/v1') {
    throw badRequest(
      `continue key is not valid: server does not recognize this encoded version "${parsed.v}"`,
    );
  }
  if (!Number.isInteger(parsed.rv) || parsed.rv === 0) {
    throw badRequest(
      'continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
    );
  }
  if (typeof parsed.start !== 'string' || parsed.start === '') {
    throw badRequest('continue key is not valid: encoded start key empty (version meta.k8s.io/v1)');
  }
  const last = parsed.start.replace(/\u0000$/, '');
  const slash = last.indexOf('/');
  return {
    revision: Number(parsed.rv),
    namespace: slash < 0 ? '' : last.slice(0, slash),
    name: last.slice(slash + 1),
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    const { value } = parseJson(decodeLatin1(text));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    throw invalidToken('json: cannot unmarshal into Go value of type storage.continueToken');
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw invalidToken(error.message);
    if (error instanceof RangeError) throw invalidToken('illegal base64 data at input byte 0');
    throw error;
  }
}

/** Names of objects are ASCII; what is not is no token of ours, and is spoken of byte by byte. */
function decodeLatin1(text: string): string {
  return String.fromCharCode(...decodeBytes(text));
}

function invalidToken(why: string): StatusError {
  return badRequest(`invalid continue token: continue key is not valid: ${why}`);
}
