// Kubernetes quantities: '100m', '1.5Gi', '2e3'. Reading one is a map look-up after the first time,
// because a cluster names the same few sizes over and over. Amounts are exact to a nano-unit when
// read; the numbers handed out are doubles, exact for every size up to 2^53.
// Upstream: apimachinery/pkg/api/resource/quantity.go.

/** How a quantity is written: 1000 = 1k, 1024 = 1Ki, 1000 = 1e3. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

interface Amount {
  /** Billionths of the base unit. */
  nanos: bigint;
  format: QuantityFormat;
}

interface Parsed {
  value: number;
  wholeValue: number;
  milliValue: number;
  canonical: string;
}

const PATTERN = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const NUMBER = /^[+-]?(\d*)(?:\.(\d*))?$/;
const BAD_FORM = `quantities must match the regular expression '${PATTERN.source}'`;
const BAD_NUMBER = 'unable to parse numeric part of quantity';
const BAD_SUFFIX = "unable to parse quantity's suffix";

const NANO = 1_000_000_000n;
const MAX_NANOS = (2n ** 63n - 1n) * NANO;
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
const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
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
  return canonical({ nanos: BigInt(Math.ceil(value * 1000 - 1e-6)) * 1_000_000n, format });
}

function read(quantity: string | number): Parsed {
  const text = typeof quantity === 'string' ? quantity : String(quantity);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const amount = parse(text);
  const parsed: Parsed = {
    value: toNumber(amount.nanos),
    wholeValue: Number(roundUp(amount.nanos, NANO)),
    milliValue: Number(roundUp(amount.nanos, 1_000_000n)),
    canonical: isWrittenCanonically(text, amount) ? text : canonical(amount),
  };
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(text, parsed);
  return parsed;
}

function parse(text: string): Amount {
  const match = PATTERN.exec(text);
  if (match === null) throw new QuantityError(BAD_FORM);
  const suffix = suffixOf(match[2]);
  const digits = NUMBER.exec(match[1]);
  if (digits === null) throw new QuantityError(BAD_NUMBER);
  const fraction = digits[2] ?? '';
  const mantissa = BigInt((digits[1] || '0') + fraction);
  let { format } = suffix;
  let nanos: bigint;
  if (format === 'BinarySI') {
    nanos = ceilDivide(
      mantissa * 2n ** BigInt(suffix.exponent) * NANO,
      10n ** BigInt(fraction.length),
    );
    if (nanos > MAX_NANOS) nanos = MAX_NANOS;
    if (nanos > 0n && nanos < NANO) format = 'DecimalSI';
  } else {
    const exponent = suffix.exponent - fraction.length + 9;
    nanos =
      exponent >= 0
        ? mantissa * 10n ** BigInt(exponent)
        : ceilDivide(mantissa, 10n ** BigInt(-exponent));
  }
  return { nanos: text[0] === '-' ? -nanos : nanos, format };
}

function suffixOf(suffix: string): { exponent: number; format: QuantityFormat } {
  const decimal = DECIMAL_EXPONENTS[suffix];
  if (decimal !== undefined) return { exponent: decimal, format: 'DecimalSI' };
  const binary = BINARY_EXPONENTS[suffix];
  if (binary !== undefined) return { exponent: binary, format: 'BinarySI' };
  if (!/^[eE][+-]?\d{1,4}$/.test(suffix)) throw new QuantityError(BAD_SUFFIX);
  return { exponent: Number(suffix.slice(1)), format: 'DecimalExponent' };
}

/**
 * The real server keeps a text of few digits as it stands when its exponent is a multiple of three
 * and it has no zeros to give away; so '1.500' stays, while '1.5' becomes '1500m'.
 */
function isWrittenCanonically(text: string, { nanos, format }: Amount): boolean {
  if (nanos === 0n) return false;
  const match = /^[+-]?0*(\d*)(?:\.(\d*))?(.*)$/.exec(text)!;
  const fraction = match[2] ?? '';
  const digits = (match[1] || '0') + fraction;
  const suffix = suffixOf(match[3]);
  if (suffix.format === 'BinarySI') {
    const precision = 14 - match[1].length - Math.trunc((suffix.exponent * 3) / 10);
    return fraction === '' && format === 'BinarySI' && precision >= 0 && (Number(digits) & 7) !== 0;
  }
  const scale = suffix.exponent - fraction.length;
  if (digits.length > 18 || scale < -9 || scale % 3 !== 0) return false;
  return !digits.endsWith('000') && digits[0] !== '0';
}

function canonical({ nanos, format }: Amount): string {
  if (nanos === 0n) return '0';
  if (format === 'BinarySI') {
    const whole = nanos / NANO;
    const size = whole < 0n ? -whole : whole;
    if (size >= 1024n && nanos % NANO === 0n) return binary(whole);
  }
  return decimal(nanos, format);
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

function decimal(nanos: bigint, format: QuantityFormat): string {
  let mantissa = nanos;
  let thousands = 0;
  const most = format === 'DecimalExponent' ? Infinity : DECIMAL_SUFFIXES.length - 1;
  while (mantissa % 1000n === 0n && thousands < most) {
    mantissa /= 1000n;
    thousands++;
  }
  if (format !== 'DecimalExponent') return String(mantissa) + DECIMAL_SUFFIXES[thousands];
  const exponent = thousands * 3 - 9;
  return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`;
}

/** Whole base units and the rest apart, so that neither loses digits on the way to a double. */
function toNumber(nanos: bigint): number {
  const rest = nanos % NANO;
  return rest === 0n ? Number(nanos / NANO) : Number(nanos) / 1e9;
}

function roundUp(nanos: bigint, unit: bigint): bigint {
  return nanos < 0n ? -ceilDivide(-nanos, unit) : ceilDivide(nanos, unit);
}

function ceilDivide(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}
