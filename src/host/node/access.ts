// Who may come in: only clients on this machine that mean this server. What they may do there is
// the API server's to say. Upstream: kubectl/pkg/proxy (accepted hosts).
import type { IncomingMessage } from 'node:http';

/** A refusal before the API server sees the request. */
export interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

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

/** What a client certificate of another authority gets. */
export const UNAUTHORIZED = statusRefusal(401, 'Unauthorized', 'Unauthorized');

function statusRefusal(code: number, reason: string, message: string): Refusal {
  const kind = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  const body = JSON.stringify({ ...kind, message, reason, code });
  return { status: code, headers: { 'Content-Type': 'application/json' }, body: `${body}\n` };
}
