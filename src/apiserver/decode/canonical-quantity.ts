// Quantities in the one spelling that the API server gives back: '1000m' is '1', '0.5Gi' is
// '512Mi', '1500Mi' stays. What is finer than a billionth is rounded up.
// Upstream: apimachinery/pkg/api/resource.

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
const SIMPLE = /^[1-9]\d{0,2}(m|[kMGTPE]i?)?$/;
const DECIMAL: Readonly<Record<string, number>> = {
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
const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
};
const NANO = 1_000_000_000n;

export const QUANTITY_MALFORMED =
  'quantities must match the regular expression ' +
  "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
export const QUANTITY_SUFFIX = "unable to parse quantity's suffix";

/** The canonical text, or why it is no quantity, in the server's words. */
export function canonicalQuantity(text: string): { text: string } | { error: string } {
  if (SIMPLE.test(text) && isSuffix(text.replace(/^\d+/, ''))) return { text };
  const match = FORM.exec(text);
  if (!match || (match[2] === '' && !match[3])) return { error: QUANTITY_MALFORMED };
  const [, sign, whole, fraction = '', suffix] = match;
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix);
  if (!exponent && !isSuffix(suffix)) return { error: QUANTITY_SUFFIX };
  const digits = BigInt(whole + fraction || '0');
  const shift = BINARY[suffix];
  const power = exponent ? Number(exponent[1]) : (DECIMAL[suffix] ?? 0);
  const nano =
    shift === undefined
      ? scaled(digits, 9 + power - fraction.length)
      : scaled(digits << shift, 9 - fraction.length);
  const spelled = exponent
    ? spellExponent(nano)
    : shift !== undefined && (nano >= 1024n * NANO || nano === 0n) && nano % NANO === 0n
      ? spellBinary(nano / NANO)
      : spellDecimal(nano);
  return { text: sign === '-' && nano !== 0n ? '-' + spelled : spelled };
}

function isSuffix(suffix: string): boolean {
  return suffix in DECIMAL || suffix in BINARY;
}

/** value * 10^power, rounded up. */
function scaled(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (value + divisor - 1n) / divisor;
}

function spellBinary(value: bigint): string {
  let [rest, suffix] = [value, ''];
  for (const name of Object.keys(BINARY)) {
    if (rest === 0n || rest % 1024n !== 0n) break;
    rest /= 1024n;
    suffix = name;
  }
  return `${rest}${suffix}`;
}

function spellDecimal(nano: bigint): string {
  const { digits, power } = withoutThousands(nano);
  const suffix = Object.keys(DECIMAL).find((name) => DECIMAL[name] === power)!;
  return `${digits}${suffix}`;
}

function spellExponent(nano: bigint): string {
  const { digits, power } = withoutThousands(nano);
  return power === 0 ? String(digits) : `${digits}e${power}`;
}

function withoutThousands(nano: bigint): { digits: bigint; power: number } {
  if (nano === 0n) return { digits: 0n, power: 0 };
  let [digits, power] = [nano, -9];
  while (digits % 1000n === 0n && power < 18) {
    digits /= 1000n;
    power += 3;
  }
  return { digits, power };
}
