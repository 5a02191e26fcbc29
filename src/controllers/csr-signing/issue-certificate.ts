// Makes a certificate out of a request: its subject, key and names, for the usages and the time
// that the cluster grants, signed by the cluster's authority.
// Upstream: pkg/controller/certificates/authority/{authority,policies}.go.
import {
  readValue,
  TAG,
  write,
  writeBits,
  writeInteger,
  writeOid,
  writeSequence,
  writeTime,
  type Bytes,
} from '../../api/asn1';
import type { CertificateAuthority } from '../../api/cluster-keys';
import { pemBlocks, pemText } from '../../api/pem';
import { OID, parseCertificate, type CertificateRequest } from '../../api/x509';

export interface Grant {
  readonly usages: readonly string[];
  /** From when to when, ms since the epoch. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** 16 random bytes. */
  readonly serial: Bytes;
}

/** Bits of the key usage extension, from the left. */
const KEY_USAGES: Readonly<Record<string, number>> = {
  signing: 0,
  'digital signature': 0,
  'content commitment': 1,
  'key encipherment': 2,
  'data encipherment': 3,
  'key agreement': 4,
  'cert sign': 5,
  'crl sign': 6,
  'encipher only': 7,
  'decipher only': 8,
};

/** In the order in which they come out. */
const EXTENDED_USAGES: readonly (readonly [usage: string, oid: string])[] = [
  ['any', '2.5.29.37.0'],
  ['server auth', '1.3.6.1.5.5.7.3.1'],
  ['client auth', '1.3.6.1.5.5.7.3.2'],
  ['code signing', '1.3.6.1.5.5.7.3.3'],
  ['email protection', '1.3.6.1.5.5.7.3.4'],
  ['s/mime', '1.3.6.1.5.5.7.3.4'],
  ['ipsec end system', '1.3.6.1.5.5.7.3.5'],
  ['ipsec tunnel', '1.3.6.1.5.5.7.3.6'],
  ['ipsec user', '1.3.6.1.5.5.7.3.7'],
  ['timestamping', '1.3.6.1.5.5.7.3.8'],
  ['ocsp signing', '1.3.6.1.5.5.7.3.9'],
  ['microsoft sgc', '1.3.6.1.4.1.311.10.3.3'],
  ['netscape sgc', '2.16.840.1.113730.4.1'],
];
const TRUE = write(TAG.boolean, Uint8Array.of(0xff));

/** PEM of the certificate. */
export function issueCertificate(
  request: CertificateRequest,
  authority: CertificateAuthority,
  grant: Grant,
): string {
  const issuer = parseCertificate(pemBlocks(authority.certificate)[0].bytes);
  const serial = Uint8Array.from(grant.serial);
  serial[0] = (serial[0] & 0x7f) | 0x40;
  const version3 = write(0xa0, writeInteger(Uint8Array.of(2)));
  const body = writeSequence(
    version3,
    writeInteger(serial),
    authority.algorithm,
    issuer.rawSubject,
    writeSequence(writeTime(grant.notBeforeMs), writeTime(grant.notAfterMs)),
    request.rawSubject,
    request.publicKey,
    write(0xa3, writeSequence(...extensionsOf(request, issuer.subjectKeyId, grant.usages))),
  );
  const signature = writeBits(authority.sign(body));
  return pemText('CERTIFICATE', writeSequence(body, authority.algorithm, signature));
}

function extensionsOf(
  { altNames, rawSubject }: CertificateRequest,
  authorityKeyId: Bytes | undefined,
  usages: readonly string[],
): Bytes[] {
  const extensions: Bytes[] = [];
  const bits = usages.flatMap((usage) => KEY_USAGES[usage] ?? []);
  if (bits.length > 0) extensions.push(extension(OID.keyUsage, bitString(bits), true));
  const oids = EXTENDED_USAGES.filter(([usage]) => usages.includes(usage)).map(([, oid]) => oid);
  if (oids.length > 0) {
    const values = [...new Set(oids)].map((oid) => writeOid(oid));
    extensions.push(extension(OID.extendedKeyUsage, writeSequence(...values)));
  }
  extensions.push(extension(OID.basicConstraints, writeSequence(), true));
  if (authorityKeyId) {
    extensions.push(extension(OID.authorityKeyId, writeSequence(write(0x80, authorityKeyId))));
  }
  // Without a subject its names are all that a certificate says.
  const isNameless = readValue(rawSubject).content.length === 0;
  if (altNames.raw) extensions.push(extension(OID.subjectAltName, altNames.raw, isNameless));
  return extensions;
}

function extension(oid: string, value: Bytes, isCritical = false): Bytes {
  return writeSequence(writeOid(oid), ...(isCritical ? [TRUE] : []), write(TAG.octets, value));
}

function bitString(bits: readonly number[]): Bytes {
  const highest = Math.max(...bits);
  const bytes = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) bytes[bit >> 3] |= 0x80 >> (bit & 7);
  return writeBits(bytes, 7 - (highest & 7));
}
