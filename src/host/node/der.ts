// The few ASN.1 values that a certificate is made of, in DER.
// Source: ITU-T X.690.

const TAGS = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x18,
} as const;
const SEQUENCE = 0x30;
const SET = 0x31;
const BOOLEAN_TRUE = Buffer.from([0x01, 0x01, 0xff]);

function value(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  if (bytes < 0x100) return Buffer.from([0x81, bytes]);
  return Buffer.from([0x82, bytes >> 8, bytes & 0xff]);
}

/** Constructors of DER values; a certificate is under 64 kB, so lengths have two bytes at most. */
export const der = {
  sequence: (...parts: Uint8Array[]): Buffer => value(SEQUENCE, Buffer.concat(parts)),
  set: (...parts: Uint8Array[]): Buffer => value(SET, Buffer.concat(parts)),
  /** A number that is not negative, from its bytes, the highest first. */
  integer: (bytes: Uint8Array): Buffer =>
    value(TAGS.integer, bytes[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes),
  bits: (bytes: Uint8Array, unused = 0): Buffer =>
    value(TAGS.bits, Buffer.concat([Buffer.from([unused]), bytes])),
  octets: (bytes: Uint8Array): Buffer => value(TAGS.octets, bytes),
  utf8: (text: string): Buffer => value(TAGS.utf8, Buffer.from(text)),
  yes: BOOLEAN_TRUE,
  /** '1.2.840.10045.2.1'. */
  oid: (dotted: string): Buffer => value(TAGS.oid, oidBytes(dotted)),
  /** GeneralizedTime, to the second. */
  time: (ms: number): Buffer => {
    const digits = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '');
    return value(TAGS.time, Buffer.from(digits));
  },
  /** [number], holding other values when `constructed`. */
  tagged: (number: number, content: Uint8Array, constructed = true): Buffer =>
    value((constructed ? 0xa0 : 0x80) + number, content),
};

function oidBytes(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  return Buffer.from([first * 40 + second, ...rest.flatMap(base128)]);
}

function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let left = number >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}
