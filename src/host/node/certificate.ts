// The certificates of one run: an authority and, signed by it, the server's own. Both are made at
// the start and forgotten at the end, so no key is ever written down.
// Source: RFC 5280; names as kubeadm gives them to its apiserver.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { CertificateAuthority } from '../../api/cluster-keys';
import { der } from './der';

const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const SUBJECT_KEY_ID = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const SUBJECT_ALT_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const AUTHORITY_KEY_ID = '2.5.29.35';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
/** Bits from the left: digitalSignature is the first, keyCertSign the sixth. */
const SIGNS_DATA = der.bits(Buffer.from([0x80]), 7);
const SIGNS_CERTIFICATES = der.bits(Buffer.from([0x84]), 2);

const DNS_NAMES = [
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];
const ADDRESSES = [
  [127, 0, 0, 1],
  [10, 96, 0, 1],
  [...Array<number>(15).fill(0), 1],
];
const YEAR_MS = 365 * 24 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

export interface Credentials {
  /** PEM of the authority that a client has to trust. */
  ca: string;
  /** PEM of the server's certificate and key. */
  cert: string;
  key: string;
  /** For the engine, which issues certificates to whoever may have them. */
  authority: CertificateAuthority;
}

/** Makes an authority and a certificate for the loopback addresses, valid from a day ago. */
export function makeCertificates(nowMs: number): Credentials {
  const authority = newKeys();
  const server = newKeys();
  const caName = name('kubernetes');
  const validity = der.sequence(der.time(nowMs - DAY_MS), der.time(nowMs + 10 * YEAR_MS));
  const ca = certificate(caName, caName, validity, authority.spki, authority.privateKey, [
    extension(BASIC_CONSTRAINTS, der.sequence(der.yes), true),
    extension(KEY_USAGE, SIGNS_CERTIFICATES, true),
    extension(SUBJECT_KEY_ID, der.octets(keyId(authority.spki))),
  ]);
  const subject = name('kube-apiserver');
  const cert = certificate(subject, caName, validity, server.spki, authority.privateKey, [
    extension(KEY_USAGE, SIGNS_DATA, true),
    extension(EXTENDED_KEY_USAGE, der.sequence(der.oid(SERVER_AUTH))),
    extension(BASIC_CONSTRAINTS, der.sequence(), true),
    extension(AUTHORITY_KEY_ID, der.sequence(der.tagged(0, keyId(authority.spki), false))),
    extension(SUBJECT_ALT_NAME, der.sequence(...altNames())),
  ]);
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return {
    ca: pem(ca),
    cert: pem(cert),
    key,
    authority: {
      certificate: pem(ca),
      algorithm: ECDSA_SHA256,
      sign: (body) => sign('sha256', body, authority.privateKey),
    },
  };
}

function newKeys(): { privateKey: KeyObject; spki: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) };
}

function certificate(
  subject: Buffer,
  issuer: Buffer,
  validity: Buffer,
  spki: Buffer,
  signer: KeyObject,
  extensions: readonly Buffer[],
): Buffer {
  const version3 = der.tagged(0, der.integer(Buffer.from([2])));
  const serial = randomBytes(16);
  serial[0] = (serial[0] & 0x7f) | 0x40;
  const body = der.sequence(
    version3,
    der.integer(serial),
    ECDSA_SHA256,
    issuer,
    validity,
    subject,
    spki,
    der.tagged(3, der.sequence(...extensions)),
  );
  return der.sequence(body, ECDSA_SHA256, der.bits(sign('sha256', body, signer)));
}

function name(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.oid(COMMON_NAME), der.utf8(commonName))));
}

function extension(oid: string, content: Buffer, critical = false): Buffer {
  const parts = critical ? [der.yes] : [];
  return der.sequence(der.oid(oid), ...parts, der.octets(content));
}

function altNames(): Buffer[] {
  return [
    ...DNS_NAMES.map((dnsName) => der.tagged(2, Buffer.from(dnsName), false)),
    ...ADDRESSES.map((address) => der.tagged(7, Buffer.from(address), false)),
  ];
}

function keyId(spki: Buffer): Buffer {
  return createHash('sha256').update(spki).digest().subarray(0, 20);
}

function pem(certificateDer: Buffer): string {
  const lines = certificateDer.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
