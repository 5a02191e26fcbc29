import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Asn1Error, oidText, readValue, write, writeInteger, writeOid } from './asn1';
import { pemBlocks, pemText } from './pem';
import { parseCertificateRequest } from './x509';
import { certificateRequestPem } from '../testing/certificate-requests';

const NAMES = {
  commonName: 'jane',
  organization: ['devs', 'ops'],
  dns: ['a.example', 'b.example'],
  email: ['j@a.example'],
  uri: ['spiffe://a/b'],
  ip: [Uint8Array.of(10, 0, 0, 1)],
};

test('a request tells its subject and its names', () => {
  const { subject, altNames, signed } = parseCertificateRequest(certificateRequestPem(NAMES));
  expect(subject).toEqual({ commonName: 'jane', organization: ['devs', 'ops'] });
  expect(altNames).toMatchObject({
    dns: NAMES.dns,
    email: NAMES.email,
    uri: NAMES.uri,
    ip: NAMES.ip,
  });
  expect(signed.algorithm).toBe('1.2.840.113549.1.1.11');
  expect(new TextDecoder().decode(signed.signature)).toBe('signature');
});

test('a request need not name anybody', () => {
  const { subject, altNames } = parseCertificateRequest(certificateRequestPem({}));
  expect(subject).toEqual({ commonName: '', organization: [] });
  expect(altNames.raw).toBeUndefined();
});

test.each([
  ['', 'PEM block type must be CERTIFICATE REQUEST'],
  [pemText('CERTIFICATE', Uint8Array.of(0x30, 0)), 'PEM block type must be CERTIFICATE REQUEST'],
  [pemText('CERTIFICATE REQUEST', Uint8Array.of(0x30, 5, 0)), 'asn1: syntax error: data truncated'],
  [
    pemText('CERTIFICATE REQUEST', Uint8Array.of(0x30, 0, 0x30, 0)),
    'asn1: syntax error: trailing data',
  ],
  [
    pemText('CERTIFICATE REQUEST', Uint8Array.of(0x31, 0)),
    "asn1: structure error: tags don't match",
  ],
  [
    pemText('CERTIFICATE REQUEST', Uint8Array.of(0x30, 0)),
    'asn1: syntax error: sequence truncated',
  ],
])('%j is none: %s', (pem, message) => {
  expect(() => parseCertificateRequest(pem)).toThrow(new Asn1Error(message));
});

test('whatever bytes are changed, it is read or refused in words', () => {
  const [{ bytes }] = pemBlocks(certificateRequestPem(NAMES));
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(changes, fc.nat(bytes.length), (some, cut) => {
      const changed = Uint8Array.from(bytes);
      for (const [at, byte] of some) changed[at] = byte;
      expect([changed, changed.subarray(0, cut)].map(whyNot)).not.toContain('another error');
    }),
    { numRuns: 500, seed: 1 },
  );
});

function whyNot(der: Uint8Array): string {
  try {
    parseCertificateRequest(pemText('CERTIFICATE REQUEST', der));
    return '';
  } catch (error) {
    return error instanceof Asn1Error ? error.message : 'another error';
  }
}

test('what is written is read again', () => {
  const oid = fc
    .tuple(fc.nat(1), fc.nat(39), fc.array(fc.nat(1_000_000), { maxLength: 6 }))
    .map(([first, second, rest]) => [first, second, ...rest].join('.'));
  fc.assert(
    fc.property(oid, fc.uint8Array({ maxLength: 70_000 }), (dotted, content) => {
      expect(oidText(readValue(writeOid(dotted)).content)).toBe(dotted);
      const value = readValue(write(0x04, content));
      expect(value.tag).toBe(0x04);
      expect(value.content).toEqual(content);
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('a number is not negative', () => {
  expect([...writeInteger(Uint8Array.of(0x80))]).toEqual([2, 2, 0, 0x80]);
  expect([...writeInteger(Uint8Array.of(0x7f))]).toEqual([2, 1, 0x7f]);
});
