// Quantities in expressions: exact, and as particular as the real ones about which of them are
// integers: those whose text is one, up to 18 digits ('1k', '1Gi'), but not '1.0', '1000m' or
// '1.5Gi', which are kept as decimals. Upstream: apiserver/pkg/cel/library/quantity.go,
// apimachinery/pkg/api/resource/{quantity,amount}.go.
import { quantityError } from '../../api/quantity';
import type { Library } from '../overload';
import { CelError, OpaqueValue } from '../values';

/** The name of their type. */
export const QUANTITY = 'kubernetes.Quantity';

/** unscaled * 10^scale. */
interface Amount {
  readonly unscaled: bigint;
  readonly scale: number;
  /** Kept in 64 bits, and not as a decimal of any length. */
  readonly isSmall: boolean;
}

const PREFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_PREFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const FINEST = -9;
const SMALL_DIGITS = 18;
const INT64_MAX = 2n ** 63n - 1n;

export const quantityLibrary: Library = {
  quantity: [['string_to_quantity', `(string) -> ${QUANTITY}`, toQuantity]],
  isQuantity: [
    ['is_quantity_string', '(string) -> bool', (text: string) => quantityError(text) === undefined],
  ],
  sign: [
    [
      'quantity_sign',
      `${QUANTITY}.() -> int`,
      (value: OpaqueValue) => BigInt(compare(amountOf(value), ZERO)),
    ],
  ],
  asApproximateFloat: [
    [
      'quantity_get_float',
      `${QUANTITY}.() -> double`,
      (value: OpaqueValue) => {
        const { unscaled, scale } = amountOf(value);
        return Number(unscaled) * Number(`1e${scale}`);
      },
    ],
  ],
  asInteger: [
    [
      'quantity_get_int',
      `${QUANTITY}.() -> int`,
      (value: OpaqueValue) => {
        const integer = integerOf(amountOf(value));
        if (integer === undefined) throw new CelError('cannot convert value to integer');
        return integer;
      },
    ],
  ],
  isInteger: [
    [
      'quantity_is_integer',
      `${QUANTITY}.() -> bool`,
      (value: OpaqueValue) => integerOf(amountOf(value)) !== undefined,
    ],
  ],
  add: [
    [
      'quantity_add',
      `${QUANTITY}.(${QUANTITY}) -> ${QUANTITY}`,
      (a: OpaqueValue, b: OpaqueValue) => quantity(sum(amountOf(a), amountOf(b))),
    ],
    [
      'quantity_add_int',
      `${QUANTITY}.(int) -> ${QUANTITY}`,
      (a: OpaqueValue, b: bigint) => quantity(sum(amountOf(a), whole(b))),
    ],
  ],
  sub: [
    [
      'quantity_sub',
      `${QUANTITY}.(${QUANTITY}) -> ${QUANTITY}`,
      (a: OpaqueValue, b: OpaqueValue) => quantity(sum(amountOf(a), negative(amountOf(b)))),
    ],
    [
      'quantity_sub_int',
      `${QUANTITY}.(int) -> ${QUANTITY}`,
      (a: OpaqueValue, b: bigint) => quantity(sum(amountOf(a), whole(-b))),
    ],
  ],
  isGreaterThan: [
    [
      'quantity_is_greater_than',
      `${QUANTITY}.(${QUANTITY}) -> bool`,
      (a: OpaqueValue, b: OpaqueValue) => compare(amountOf(a), amountOf(b)) > 0,
    ],
  ],
  isLessThan: [
    [
      'quantity_is_less_than',
      `${QUANTITY}.(${QUANTITY}) -> bool`,
      (a: OpaqueValue, b: OpaqueValue) => compare(amountOf(a), amountOf(b)) < 0,
    ],
  ],
  compareTo: [
    [
      'quantity_compare_to',
      `${QUANTITY}.(${QUANTITY}) -> int`,
      (a: OpaqueValue, b: OpaqueValue) => BigInt(compare(amountOf(a), amountOf(b))),
    ],
  ],
};

const ZERO: Amount = { unscaled: 0n, scale: 0, isSmall: true };

/** Throws CelError. */
export function toQuantity(text: string): OpaqueValue {
  const problem = quantityError(text);
  if (problem !== undefined) throw new CelError(problem);
  return quantity(parse(text.trim()));
}

function parse(text: string): Amount {
  const [, sign, leading, denominator = '', suffix] = /^([+-]?)0*(\d*)(?:\.(\d*))?(\D.*)?$/s.exec(
    text,
  )!;
  const digits = leading || '0';
  const binary = BINARY_PREFIXES.indexOf(suffix ?? '');
  const count = digits.length + denominator.length;
  const number = BigInt(sign + digits + denominator);
  if (binary > 0) {
    const isSmall = denominator === '' && 14 - digits.length - Math.trunc(binary * 3) >= 0;
    const unscaled = number * 1024n ** BigInt(binary);
    return atMostInt64(rounded({ unscaled, scale: -denominator.length, isSmall }));
  }
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix ?? '');
  const power = exponent ? Number(exponent[1]) : PREFIXES.indexOf(suffix ?? '') * 3 + FINEST;
  const scale = power - denominator.length;
  return rounded({ unscaled: number, scale, isSmall: count <= SMALL_DIGITS && scale >= FINEST });
}

/** Away from zero to a billionth. */
function rounded(amount: Amount): Amount {
  const { unscaled, scale } = amount;
  if (scale >= FINEST) return amount;
  const divisor = 10n ** BigInt(FINEST - scale);
  const up = unscaled % divisor === 0n ? 0n : unscaled < 0n ? -1n : 1n;
  return { ...amount, unscaled: unscaled / divisor + up, scale: FINEST };
}

function atMostInt64(amount: Amount): Amount {
  const limit = whole(amount.unscaled < 0n ? -INT64_MAX : INT64_MAX);
  const isOver = Math.abs(compare(amount, limit) + compare(limit, ZERO)) === 2;
  return isOver ? { ...limit, isSmall: false } : amount;
}

function whole(value: bigint): Amount {
  return { unscaled: value, scale: 0, isSmall: true };
}

function negative(amount: Amount): Amount {
  return { ...amount, unscaled: -amount.unscaled };
}

function integerOf({ unscaled, scale, isSmall }: Amount): bigint | undefined {
  if (!isSmall || scale < 0) return undefined;
  const integer = unscaled * 10n ** BigInt(scale);
  return fits(integer) ? integer : undefined;
}

function sum(a: Amount, b: Amount): Amount {
  const areSmall = a.isSmall && b.isSmall;
  if (areSmall && b.unscaled === 0n) return a;
  if (areSmall && a.unscaled === 0n) return b;
  const scale = Math.min(a.scale, b.scale);
  const [first, second] = [atScale(a, scale), atScale(b, scale)];
  const isSmall = areSmall && fits(first) && fits(second) && fits(first + second);
  return { unscaled: first + second, scale, isSmall };
}

function compare(a: Amount, b: Amount): number {
  const scale = Math.min(a.scale, b.scale);
  const [first, second] = [atScale(a, scale), atScale(b, scale)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function atScale({ unscaled, scale }: Amount, wanted: number): bigint {
  return unscaled * 10n ** BigInt(scale - wanted);
}

function fits(value: bigint): boolean {
  return value <= INT64_MAX && value >= -INT64_MAX - 1n;
}

function quantity(value: Amount): OpaqueValue {
  return new OpaqueValue(QUANTITY, value, (other) => compare(amountOf(other), value) === 0);
}

function amountOf({ content }: OpaqueValue): Amount {
  return content as Amount;
}
