// Who a TLS connection says that it is: the common name of its client certificate, in the groups of
// its organizations, when the cluster's authority signed it.
// Upstream: apiserver/pkg/authentication/request/x509.
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket, type PeerCertificate } from 'node:tls';
import type { UserInfo } from '../../client/transport';

const CREDENTIAL = 'authentication.kubernetes.io/credential-id';

/** The user; undefined without a certificate or name; 'unknown' when others signed it. */
export function userOfConnection(socket: Socket): UserInfo | 'unknown' | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  let user = known.get(socket);
  if (user === undefined) known.set(socket, (user = read(socket)));
  return user === 'nobody' ? undefined : user;
}

const known = new WeakMap<Socket, UserInfo | 'unknown' | 'nobody'>();

function read(socket: TLSSocket): UserInfo | 'unknown' | 'nobody' {
  const certificate = socket.getPeerCertificate();
  if (!certificate.raw) return 'nobody';
  if (!socket.authorized) return 'unknown';
  const [username] = listOf(certificate.subject.CN);
  if (!username) return 'nobody';
  const digest = createHash('sha256').update(certificate.raw).digest('hex');
  return {
    username,
    groups: listOf(certificate.subject.O),
    extra: { [CREDENTIAL]: [`X509SHA256=${digest}`] },
  };
}

/** Names that come more than once are a list, whatever the types say. */
function listOf(name: PeerCertificate['subject']['O'] | undefined): string[] {
  const given = name as string | string[] | undefined;
  return given === undefined ? [] : typeof given === 'string' ? [given] : given;
}
