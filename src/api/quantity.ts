// Kubernetes quantities: '100m', '1.5Gi', '2e3'. Reading one is a map look-up after the first time,
// because a cluster names the same few sizes over and over. Amounts are exact to a nano-unit when
// read; the numbers handed out are doubles, exact for every size up to 2^53.
// Upstream: apimachinery/pkg/api/resource/quantity.go.

/** How a quantity is written: 1000 = 1k, 1024 = 1Ki, 1000 = 1e3. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** mantissa * 10^exponent base units. */
interface Amount {
  mantissa: bigint;
  /** Never finer than a billionth. */
  exponent: number;
  format: QuantityFormat;
  /** True when the text is kept as it stands. */
  isCanonical: boolean;
}

interface Parsed {
  value: number;
  wholeValue: number;
  milliValue: number;
  canonical: string;
}

/** Sign, digits, fraction, suffix; each may be missing. */
const FORM = /^([+-]?)(\d*)(?:(\.)(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const PATTERN = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';
const BAD_FORM = `quantities must match the regular expression '${PATTERN}'`;
const BAD_NUMBER = 'unable to parse numeric part of quantity';
const BAD_SUFFIX = "unable to parse quantity's suffix";

const FINEST = -9;
const INT64_MAX = 2n ** 63n - 1n;
/** Digits that surely fit into 64 bits. */
const INT64_DIGITS = 18;
const DECIMAL_EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_EXPONENTS: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};
const DECIMAL_SUFFIXES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(DECIMAL_EXPONENTS).map(([suffix, exponent]) => [exponent, suffix]),
);
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const CACHE_MAX = 4096;
const cache = new Map<string, Parsed>();

/** A text that is no quantity; the message is the real server's. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

/** The amount in base units (cores, bytes), fractions and all. Throws QuantityError. */
export function parseQuantity(quantity: string | number): number {
  return read(quantity).value;
}

/** The amount in thousandths, rounded up as the scheduler does. Throws QuantityError. */
export function milliValue(quantity: string | number): number {
  return read(quantity).milliValue;
}

/** The amount in whole base units, rounded up: bytes of memory, a count of pods. */
export function bytes(quantity: string | number): number {
  return read(quantity).wholeValue;
}

/** As the API server stores it: '1000m' is '1', '0.5' is '500m', '1024Mi' is '1Gi'. */
export function canonicalQuantity(quantity: string | number): string {
  return read(quantity).canonical;
}

/** Why a text is no quantity, in the real server's words; undefined when it is one. */
export function quantityError(quantity: string | number): string | undefined {
  try {
    read(quantity);
    return undefined;
  } catch (error) {
    return (error as QuantityError).message;
  }
}

/** Writes an amount of base units in canonical form; finer than a thousandth is rounded up. */
export function formatQuantity(value: number, format: QuantityFormat = 'DecimalSI'): string {
  const thousandths = Math.ceil(value * 1000 - 1e-6);
  // Sums of what somebody has asked for may know no bounds.
  const most = Math.min(Math.max(thousandths, -Number.MAX_VALUE), Number.MAX_VALUE);
  return canonical({ mantissa: BigInt(most), exponent: -3, format });
}

function read(quantity: string | number): Parsed {
  const text = typeof quantity === 'string' ? quantity : String(quantity);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const amount = parse(text.trim());
  const parsed: Parsed = {
    value: countOf(amount, 0),
    wholeValue: countOf(amount, 0, true),
    milliValue: countOf(amount, -3, true),
    canonical: amount.isCanonical ? text.trim() : canonical(amount),
  };
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(text, parsed);
  return parsed;
}

/**
 * As the real server reads: what fits into 64 bits is taken as it stands, and often spelled so;
 * the rest is rounded up to a billionth.
 */
function parse(text: string): Amount {
  const match = FORM.exec(text);
  if (match === null || text === '') throw new QuantityError(BAD_FORM);
  const [, sign, whole, , fraction = '', suffixText] = match;
  const suffix = suffixOf(suffixText);
  const digits = whole.replace(/^0+/, '') || '0';
  const unsigned =
    plain(digits, fraction, suffix) ?? rounded(whole + fraction, fraction.length, suffix);
  return sign === '-' ? { ...unsigned, mantissa: -unsigned.mantissa } : unsigned;
}

interface Suffix {
  /** Of ten, or of two with BinarySI. */
  exponent: number;
  format: QuantityFormat;
}

function suffixOf(suffix: string): Suffix {
  const decimal = DECIMAL_EXPONENTS[suffix];
  if (decimal !== undefined) return { exponent: decimal, format: 'DecimalSI' };
  const binary = BINARY_EXPONENTS[suffix];
  if (binary !== undefined) return { exponent: binary, format: 'BinarySI' };
  if (!/^[eE][+-]?\d{1,18}$/.test(suffix)) throw new QuantityError(BAD_SUFFIX);
  return { exponent: Number(suffix.slice(1)) | 0, format: 'DecimalExponent' };
}

/** Undefined when it has too many digits, or too fine ones. */
function plain(digits: string, fraction: string, suffix: Suffix): Amount | undefined {
  const { format, exponent } = suffix;
  const all = digits + fraction;
  if (format === 'BinarySI') {
    const precision = 14 - digits.length - Math.trunc((exponent * 3) / 10);
    if (fraction !== '' || precision < 0) return undefined;
    const mantissa = BigInt(all) << BigInt(exponent);
    if (mantissa > INT64_MAX) return undefined;
    return { mantissa, exponent: 0, format, isCanonical: (Number(all) & 7) !== 0 };
  }
  const scale = exponent - fraction.length;
  if (all.length > INT64_DIGITS || scale < FINEST) return undefined;
  const isCanonical = scale % 3 === 0 && !all.endsWith('000') && all[0] !== '0';
  return { mantissa: BigInt(all), exponent: scale, format, isCanonical };
}

function rounded(digits: string, fractionLength: number, suffix: Suffix): Amount {
  if (digits === '') throw new QuantityError(BAD_NUMBER);
  const isBinary = suffix.format === 'BinarySI';
  let mantissa = isBinary ? BigInt(digits) << BigInt(suffix.exponent) : BigInt(digits);
  let exponent = (isBinary ? 0 : suffix.exponent) - fractionLength;
  if (mantissa > 0n && exponent < FINEST) {
    mantissa = ceilShift(mantissa, FINEST - exponent);
    exponent = FINEST;
  }
  let { format } = suffix;
  if (isBinary) {
    const one = 10n ** BigInt(-exponent);
    if (mantissa > INT64_MAX * one) [mantissa, exponent] = [INT64_MAX, 0];
    else if (mantissa > 0n && mantissa < one) format = 'DecimalSI';
  }
  return { mantissa, exponent, format, isCanonical: false };
}

function canonical({ mantissa, exponent, format }: Omit<Amount, 'isCanonical'>): string {
  if (mantissa === 0n) return '0';
  if (format === 'BinarySI') {
    const one = 10n ** BigInt(-exponent);
    const whole = mantissa / one;
    const size = whole < 0n ? -whole : whole;
    if (size >= 1024n && mantissa % one === 0n) return binary(whole);
  }
  return decimal(mantissa, exponent, format);
}

function binary(whole: bigint): string {
  let mantissa = whole;
  let power = 0;
  while (mantissa % 1024n === 0n) {
    mantissa /= 1024n;
    power++;
  }
  return String(mantissa) + BINARY_SUFFIXES[power];
}

/** All zeros go into the exponent, which then is brought to a multiple of three. */
function decimal(value: bigint, power: number, format: QuantityFormat): string {
  const zeros = /0*$/.exec(String(value))![0].length;
  const rest = (((power + zeros) % 3) + 3) % 3;
  const exponent = power + zeros - rest;
  const digits = String(value).slice(0, -zeros || undefined) + '0'.repeat(rest);
  if (format === 'DecimalExponent') return exponent === 0 ? digits : `${digits}e${exponent}`;
  // Beyond exa there is no suffix, and the real server leaves it out.
  return digits + (DECIMAL_SUFFIXES[exponent] ?? '');
}

/** How many of 10^unit it is, rounded up to whole ones where that is asked for. */
function countOf({ mantissa, exponent }: Amount, unit: number, isWhole = false): number {
  const scale = exponent - unit;
  if (!isWhole || scale >= 0) return Number(`${mantissa}e${scale}`);
  return Number(mantissa < 0n ? -ceilShift(-mantissa, -scale) : ceilShift(mantissa, -scale));
}

/** value / 10^places, rounded up. */
function ceilShift(value: bigint, places: number): bigint {
  if (places > String(value).length) return value > 0n ? 1n : 0n;
  const by = 10n ** BigInt(places);
  return (value + by - 1n) / by;
}
