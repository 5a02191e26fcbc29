// Requests for certificates, as a client would make them; their keys and signatures are empty
// shells, which nobody checks where the host has no cryptography.
import {
  ascii,
  TAG,
  write,
  writeBits,
  writeInteger,
  writeOid,
  writeSequence,
  type Bytes,
} from '../api/asn1';
import { encodeBase64 } from '../api/base64';
import { pemText } from '../api/pem';
import { OID } from '../api/x509';

export interface WantedNames {
  commonName?: string;
  organization?: readonly string[];
  dns?: readonly string[];
  email?: readonly string[];
  uri?: readonly string[];
  ip?: readonly Bytes[];
}

const ALGORITHM = writeSequence(writeOid('1.2.840.113549.1.1.11'), write(0x05));

/** PEM of a PKCS#10 request. */
export function certificateRequestPem(names: WantedNames): string {
  const { commonName, organization = [] } = names;
  const subject = writeSequence(
    ...organization.map((value) => attribute(OID.organization, value)),
    ...(commonName === undefined ? [] : [attribute(OID.commonName, commonName)]),
  );
  const key = writeSequence(ALGORITHM, writeBits(ascii('key')));
  const version = writeInteger(Uint8Array.of(0));
  const info = writeSequence(version, subject, key, write(0xa0, ...extensionRequest(names)));
  const request = writeSequence(info, ALGORITHM, writeBits(ascii('signature')));
  return pemText('CERTIFICATE REQUEST', request);
}

/** A CertificateSigningRequest for the API. */
export function signingRequest(
  name: string,
  names: WantedNames,
  spec: { signerName: string; usages: readonly string[]; expirationSeconds?: number },
): object {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec: { ...spec, request: encodeBase64(certificateRequestPem(names)) },
  };
}

function attribute(oid: string, value: string): Bytes {
  return write(TAG.set, writeSequence(writeOid(oid), write(TAG.utf8, ascii(value))));
}

function extensionRequest({ dns = [], email = [], uri = [], ip = [] }: WantedNames): Bytes[] {
  const names = [
    ...email.map((text) => write(0x81, ascii(text))),
    ...dns.map((text) => write(0x82, ascii(text))),
    ...uri.map((text) => write(0x86, ascii(text))),
    ...ip.map((bytes) => write(0x87, bytes)),
  ];
  if (names.length === 0) return [];
  const value = write(TAG.octets, writeSequence(...names));
  const extensions = writeSequence(writeSequence(writeOid(OID.subjectAltName), value));
  return [writeSequence(writeOid(OID.extensionRequest), write(TAG.set, extensions))];
}
