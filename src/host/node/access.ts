// Who may come in: only clients on this machine that mean this server, and on the secure port only
// those with a token. Where the real one differs: one token, which may do everything; no client
// certificates, no impersonation and no RBAC yet.
// Upstream: kubectl/pkg/proxy (accepted hosts), apiserver/pkg/endpoints/filters.
import type { IncomingMessage } from 'node:http';
import { timingSafeEqual } from 'node:crypto';

/** A refusal before the API server sees the request. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const PUBLIC_PATHS = /^\/(version|healthz|livez|readyz)(\/|\?|$)/;
const ANONYMOUS = 'system:anonymous';

/**
 * Undefined when the request names this machine and no page of another place sent it: else a name
 * that somebody's DNS lets point here would give their page full rights.
 */
export function refuseStranger({ headers }: IncomingMessage): Refusal | undefined {
  const { host = '', origin } = headers;
  const isOwnPage = origin === undefined || origin.replace(/^https?:\/\//, '') === host;
  if (LOOPBACK.test(host) && isOwnPage) return undefined;
  return { status: 403, headers: { 'Content-Type': 'text/plain' }, body: 'Forbidden\n' };
}

/** Undefined when the request bears the token, or asks for what everybody may see. */
export function refuseUnknown(request: IncomingMessage, token: string): Refusal | undefined {
  const { authorization } = request.headers;
  const { url = '/', method = 'GET' } = request;
  if (authorization === undefined) {
    if (method === 'GET' && PUBLIC_PATHS.test(url)) return undefined;
    const what = `cannot ${method.toLowerCase()} path ${JSON.stringify(url.replace(/\?.*/, ''))}`;
    return statusRefusal(403, 'Forbidden', `forbidden: User "${ANONYMOUS}" ${what}`, {});
  }
  const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  if (isSame(given, token)) return undefined;
  return statusRefusal(401, 'Unauthorized', 'Unauthorized');
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function statusRefusal(code: number, reason: string, message: string, details?: object): Refusal {
  const kind = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  const body = JSON.stringify({ ...kind, message, reason, ...(details && { details }), code });
  return { status: code, headers: { 'Content-Type': 'application/json' }, body: `${body}\n` };
}
