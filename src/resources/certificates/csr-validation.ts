// When CertificateSigningRequests are valid, and what each of their endpoints may change.
// Upstream: pkg/apis/certificates/validation/validation.go.
import { Asn1Error } from '../../api/asn1';
import { decodeBase64 } from '../../api/base64';
import { deepEqual } from '../../api/deep-equal';
import type { CertificateSigningRequest } from '../../api/extension-types';
import type { FieldErrors } from '../../api/field-errors';
import { pemBlocks } from '../../api/pem';
import { parseCertificate, parseCertificateRequest } from '../../api/x509';
import { validateSignerName } from './signer-name';

type Conditions = NonNullable<CertificateSigningRequest['status']['conditions']>;

export const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
] as const;
export const LEGACY_UNKNOWN = 'kubernetes.io/legacy-unknown';
const SHORTEST_SECONDS = 600;
const LASTING = ['Approved', 'Denied', 'Failed'];
const DECISIONS = ['Approved', 'Denied'];

/** What a new request must be, and what stays checked on every update. */
export function validateRequest(csr: CertificateSigningRequest, errors: FieldErrors): void {
  validateSpec(csr, undefined, errors);
  validateConditions(csr.status.conditions ?? [], [], errors);
}

/** `may`: what this endpoint lets a client change besides metadata. */
export function validateRequestUpdate(
  next: CertificateSigningRequest,
  old: CertificateSigningRequest,
  errors: FieldErrors,
  may: 'nothing' | 'decide' | 'sign',
): void {
  const [now, before] = [next.status.conditions ?? [], old.status.conditions ?? []];
  const path = 'status.conditions';
  validateConditions(now, before, errors);
  const isNewCertificate = next.status.certificate !== old.status.certificate;
  if (isNewCertificate) validateCertificate(next.status.certificate ?? '', errors);
  for (const type of LASTING) {
    if (countOf(now, type) >= countOf(before, type)) continue;
    errors.forbidden(path, `updates may not remove a condition of type "${type}"`);
  }
  for (const type of may === 'decide' ? [] : DECISIONS) {
    const change = countOf(now, type) - countOf(before, type);
    if (change > 0) errors.forbidden(path, `updates may not add a condition of type "${type}"`);
    else if (change === 0 && !deepEqual(ofType(now, type), ofType(before, type))) {
      errors.forbidden(path, `updates may not modify a condition of type "${type}"`);
    }
  }
  if (!isNewCertificate) return;
  if (may !== 'sign') {
    errors.forbidden('status.certificate', 'updates may not set certificate content');
  } else if (old.status.certificate) {
    errors.forbidden('status.certificate', 'updates may not modify existing certificate content');
  }
}

function validateSpec(
  { spec }: CertificateSigningRequest,
  old: CertificateSigningRequest | undefined,
  errors: FieldErrors,
): void {
  const { request, usages = [], signerName, expirationSeconds } = spec;
  try {
    parseCertificateRequest(decodeBase64(request ?? ''));
  } catch (error) {
    if (!(error instanceof Asn1Error || error instanceof RangeError)) throw error;
    errors.invalid('spec.request', request ?? null, error.message);
  }
  if (usages.length === 0) errors.required('spec.usages');
  usages.forEach((usage, index) => {
    if ((USAGES as readonly string[]).includes(usage)) return;
    errors.notSupported(`spec.usages[${index}]`, usage, USAGES);
  });
  usages.forEach((usage, index) => {
    if (usages.indexOf(usage) < index) errors.duplicate(`spec.usages[${index}]`, usage);
  });
  if (signerName === LEGACY_UNKNOWN && old?.spec.signerName !== LEGACY_UNKNOWN) {
    const why = 'the legacy signerName is not allowed via this API version';
    errors.invalid('spec.signerName', signerName, why);
  } else validateSignerName(signerName ?? '', 'spec.signerName', errors);
  if (expirationSeconds != null && expirationSeconds < SHORTEST_SECONDS) {
    const why = 'may not specify a duration less than 600 seconds (10 minutes)';
    errors.invalid('spec.expirationSeconds', expirationSeconds, why);
  }
}

function validateConditions(now: Conditions, before: Conditions, errors: FieldErrors): void {
  const wasBoth = DECISIONS.every((type) => countOf(before, type) > 0);
  const hadTwice = before.some(({ type }) => countOf(before, type) > 1);
  const hadEmpty = countOf(before, '') > 0;
  now.forEach(({ type = '', status }: Partial<Conditions[number]>, index) => {
    const path = `status.conditions[${index}]`;
    if (type === '' && !hadEmpty) errors.required(`${path}.type`);
    const allowed = LASTING.includes(type) ? ['True'] : ['False', 'True', 'Unknown'];
    if (!status) errors.required(`${path}.status`);
    else if (!allowed.includes(status)) errors.notSupported(`${path}.status`, status, allowed);
    const earlier = now.slice(0, index);
    const other = DECISIONS[1 - DECISIONS.indexOf(type)];
    if (!wasBoth && DECISIONS.includes(type) && countOf(earlier, other) > 0) {
      const why = 'Approved and Denied conditions are mutually exclusive';
      errors.invalid(`${path}.type`, type, why);
    }
    if (!hadTwice && countOf(earlier, type) > 0) errors.duplicate(`${path}.type`, type);
  });
}

function validateCertificate(base64: string, errors: FieldErrors): void {
  const wrong = certificateProblem(decodeBase64(base64));
  if (wrong) errors.invalid('status.certificate', '<certificate data>', wrong);
}

function certificateProblem(pem: string): string | undefined {
  if (pem === '') return undefined;
  const blocks = pemBlocks(pem);
  for (const { type, hasHeaders, bytes } of blocks) {
    if (type !== 'CERTIFICATE') {
      return `only CERTIFICATE PEM blocks are allowed, found ${JSON.stringify(type)}`;
    }
    if (hasHeaders) return 'no PEM block headers are permitted';
    if (bytes.length === 0) return 'found CERTIFICATE PEM block containing 0 certificates';
    try {
      parseCertificate(bytes);
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error;
      return 'x509: malformed certificate';
    }
  }
  return blocks.length > 0 ? undefined : 'must contain at least one CERTIFICATE PEM block';
}

function ofType(conditions: Conditions, type: string): Conditions {
  return conditions.filter((condition) => condition.type === type);
}

function countOf(conditions: Conditions, type: string): number {
  return ofType(conditions, type).length;
}
