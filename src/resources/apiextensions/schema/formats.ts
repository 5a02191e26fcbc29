// Formats of strings that the server checks; others are taken as they are.
// Upstream: kube-openapi/pkg/validation/strfmt.
import { decodeBytes } from '../../../api/base64';
import { cidrErrors, isIpv4, isIpv6 } from '../../../api/ip';
import { isRealDate } from './real-date';

type Check = (text: string) => boolean;

const UUID =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?([0-9a-f])[0-9a-f]{3}-?([0-9a-f])[0-9a-f]{3}-?[0-9a-f]{12}$/i;
const LETTER = String.raw`[a-zA-Z0-9\p{S}\p{L}]`;
const HOST = new RegExp(
  String.raw`^(${LETTER}((-?${LETTER}{0,62})?)|` +
    String.raw`(${LETTER}(([a-zA-Z0-9\-\p{S}\p{L}]{0,61}${LETTER})?)\.)+[a-zA-Z\p{L}]{2,63})$`,
  'u',
);
const UNITS = 'ns|nano|us|µs|micro|ms|milli|s|sec|second|m|min|minute|h|hr|hour|d|day|w|wk|week';
const DURATION = new RegExp(`^[+-]?(\\d+(?:\\.\\d*)?(?:\\s*)(?:${UNITS})s?\\s*)+$|^0$`);

const uuid =
  (version?: string): Check =>
  (text) => {
    const match = UUID.exec(text);
    return match !== null && (version === undefined || match[1] === version);
  };

const CHECKS: Readonly<Record<string, Check>> = {
  bsonobjectid: (text) => /^[0-9a-fA-F]{24}$/.test(text),
  uri: (text) => /^[a-zA-Z][\w+.-]*:\S|^\//.test(text),
  email: (text) => /^[^\s@<>]+@[^\s@<>]+$/.test(text),
  hostname: (text) => text.length <= 253 && HOST.test(text),
  ipv4: isIpv4,
  ipv6: isIpv6,
  cidr: (text) => cidrErrors(text).length === 0,
  mac: (text) =>
    /^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$|^([0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}$/.test(text),
  uuid: uuid(),
  uuid3: uuid('3'),
  uuid4: uuid('4'),
  uuid5: uuid('5'),
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  creditcard: isCreditCard,
  ssn: (text) => /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(text),
  hexcolor: (text) => /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(text),
  rgbcolor: (text) => /^rgb\(\s*(\d{1,3}%?\s*,\s*){2}\d{1,3}%?\s*\)$/.test(text),
  byte: isBase64,
  password: () => true,
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isRealDate(text),
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) &&
    isRealDate(text.slice(0, 10)),
  datetime: (text) => CHECKS['date-time'](text),
  duration: (text) => DURATION.test(text),
};

/** False when a text is not of a format that the server knows. */
export function isOfFormat(text: string, format: string): boolean {
  const name = format === 'date-time' ? format : format.replaceAll('-', '');
  return !Object.hasOwn(CHECKS, name) || CHECKS[name](text);
}

function isBase64(text: string): boolean {
  try {
    decodeBytes(text);
    return text.length % 4 === 0 && !/[-_]/.test(text);
  } catch {
    return false;
  }
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{9}[\dX]$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, index) => total + (10 - index) * (digit === 'X' ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{13}$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return sum % 10 === 0;
}

function isCreditCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 13 || digits.length > 19) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
