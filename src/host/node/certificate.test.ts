import { X509Certificate } from 'node:crypto';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeCertificates } from './certificate';

const NOW_MS = Date.parse('2026-05-01T12:00:00Z');

describe('the certificates of a run', () => {
  const { ca, cert, key } = makeCertificates(NOW_MS);
  const authority = new X509Certificate(ca);
  const server = new X509Certificate(cert);

  it('are an authority that signs itself and the server', () => {
    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect([authority.subject, server.subject, server.issuer]).toEqual([
      'CN=kubernetes',
      'CN=kube-apiserver',
      'CN=kubernetes',
    ]);
  });

  it.each(['localhost', 'kubernetes', 'kubernetes.default.svc.cluster.local'])(
    'hold for %s',
    (name) => {
      expect(server.checkHost(name)).toBe(name);
    },
  );

  it.each(['127.0.0.1', '::1', '10.96.0.1'])('hold for %s', (address) => {
    expect(server.checkIP(address)).toBe(address);
  });

  it('hold for no other', () => {
    expect(server.checkHost('example.com')).toBeUndefined();
    expect(server.checkIP('10.0.0.1')).toBeUndefined();
  });

  it('are valid from a day before to ten years after', () => {
    expect([server.validFrom, server.validTo]).toEqual([
      'Apr 30 12:00:00 2026 GMT',
      'Apr 28 12:00:00 2036 GMT',
    ]);
  });

  it('are drawn anew every time', () => {
    const other = new X509Certificate(makeCertificates(NOW_MS).cert);
    expect(other.serialNumber).not.toBe(server.serialNumber);
    expect(other.verify(authority.publicKey)).toBe(false);
  });

  it('are what TLS takes', async () => {
    const fresh = makeCertificates(Date.now());
    expect(await greeting(fresh.cert, fresh.key, fresh.ca)).toEqual(['TLSv1.3', true]);
    await expect(greeting(cert, key, fresh.ca)).rejects.toThrow(/certificate|signature/);
  });
});

async function greeting(cert: string, key: string, ca: string): Promise<[string | null, boolean]> {
  const server = createServer({ cert, key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve, reject) => {
      const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca }, () => {
        resolve([socket.getProtocol(), socket.authorized]);
        socket.end();
      });
      socket.on('error', reject);
    });
  } finally {
    server.close();
  }
}
