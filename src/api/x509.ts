// Reading requests for certificates (PKCS#10) and of certificates the little that the cluster
// needs.
// Sources: RFC 2986, RFC 5280. Upstream: crypto/x509, pkg/apis/certificates/helpers.go.
import {
  Asn1Error,
  oidText,
  readValue,
  readValues,
  stringOf,
  TAG,
  type Asn1Value,
  type Bytes,
} from './asn1';
import type { SignedBytes } from './cluster-keys';
import { pemBlocks } from './pem';

export const OID = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  extensionRequest: '1.2.840.113549.1.9.14',
} as const;

export interface Subject {
  readonly commonName: string;
  readonly organization: readonly string[];
}

export interface AltNames {
  readonly dns: readonly string[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
  readonly ip: readonly Bytes[];
  /** The extension's value, as it was asked for. */
  readonly raw: Bytes | undefined;
}

export interface CertificateRequest {
  readonly subject: Subject;
  readonly rawSubject: Bytes;
  /** DER of the public key with its algorithm. */
  readonly publicKey: Bytes;
  readonly altNames: AltNames;
  readonly signed: SignedBytes;
}

export interface Certificate {
  readonly rawSubject: Bytes;
  /** RFC 5280 digits, 'YYYYMMDDhhmmssZ'. */
  readonly notAfter: string;
  readonly subjectKeyId: Bytes | undefined;
}

/** Parses the PEM of a request. Throws Asn1Error with words for whoever sent it. */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const [block] = pemBlocks(pem);
  if (block?.type !== 'CERTIFICATE REQUEST') {
    throw new Asn1Error('PEM block type must be CERTIFICATE REQUEST');
  }
  const [info, algorithm, signature] = childrenOf(readValue(block.bytes), 3);
  const [, subject, publicKey, attributes] = readValues(info.content);
  if (!publicKey) throw new Asn1Error('asn1: structure error: sequence truncated');
  return {
    subject: readSubject(subject),
    rawSubject: subject.whole,
    publicKey: publicKey.whole,
    altNames: readAltNames(attributes),
    signed: {
      publicKey: publicKey.whole,
      algorithm: oidText(childrenOf(algorithm, 1)[0].content),
      body: info.whole,
      // The first byte of a bit string counts its unused bits.
      signature: signature.content.subarray(1),
    },
  };
}

/** Parses one certificate's DER. Throws Asn1Error. */
export function parseCertificate(der: Bytes): Certificate {
  const [body] = childrenOf(readValue(der), 3);
  const fields = readValues(body.content);
  const first = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [, , , validity, subject, publicKey, ...more] = fields.slice(first);
  if (!publicKey) throw new Asn1Error('x509: malformed certificate');
  const extensions = more.find(({ tag }) => tag === 0xa3);
  const keyId = extensions && extensionValue(readValue(extensions.content), OID.subjectKeyId);
  return {
    rawSubject: subject.whole,
    notAfter: timeDigits(childrenOf(validity, 2)[1]),
    subjectKeyId: keyId && readValue(keyId).content,
  };
}

function childrenOf(value: Asn1Value, min: number): Asn1Value[] {
  if (value.tag !== TAG.sequence) {
    throw new Asn1Error("asn1: structure error: tags don't match");
  }
  const children = readValues(value.content);
  if (children.length < min) throw new Asn1Error('asn1: syntax error: sequence truncated');
  return children;
}

function readSubject(subject: Asn1Value): Subject {
  let commonName = '';
  const organization: string[] = [];
  for (const set of readValues(subject.content)) {
    for (const pair of readValues(set.content)) {
      const [type, value] = childrenOf(pair, 2);
      const oid = oidText(type.content);
      if (oid === OID.commonName) commonName = stringOf(value);
      else if (oid === OID.organization) organization.push(stringOf(value));
    }
  }
  return { commonName, organization };
}

function readAltNames(attributes: Asn1Value | undefined): AltNames {
  const raw = attributes && requestedExtension(attributes, OID.subjectAltName);
  const names = raw ? readValues(readValue(raw).content) : [];
  const texts = (tag: number): string[] => names.filter((name) => name.tag === tag).map(stringOf);
  const ip = names.filter(({ tag }) => tag === 0x87).map(({ content }) => content);
  return { email: texts(0x81), dns: texts(0x82), uri: texts(0x86), ip, raw };
}

function requestedExtension(attributes: Asn1Value, wanted: string): Bytes | undefined {
  for (const attribute of readValues(attributes.content)) {
    const [type, values] = childrenOf(attribute, 2);
    if (oidText(type.content) !== OID.extensionRequest) continue;
    return extensionValue(readValue(values.content), wanted);
  }
  return undefined;
}

function extensionValue(extensions: Asn1Value, wanted: string): Bytes | undefined {
  for (const extension of readValues(extensions.content)) {
    const parts = childrenOf(extension, 2);
    if (oidText(parts[0].content) === wanted) return parts[parts.length - 1].content;
  }
  return undefined;
}

function timeDigits(time: Asn1Value): string {
  const text = stringOf(time);
  if (time.tag === TAG.generalizedTime) return text;
  return (text < '50' ? '20' : '19') + text;
}
