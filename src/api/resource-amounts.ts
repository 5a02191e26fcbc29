// Arithmetic on maps of resources to quantities, as quotas and limits need it. Sums keep the way of
// writing of their first part. Upstream: apiserver/pkg/quota/v1/resources.go.
import { formatQuantity, parseQuantity, type QuantityFormat } from './quantity';

/** Resource names to quantities in wire form. */
export type Amounts = Readonly<Record<string, string | number>>;
export type CanonicalAmounts = Record<string, string>;

/** How a quantity is written, told from its suffix. */
export function formatOf(quantity: string | number): QuantityFormat {
  const text = String(quantity);
  if (/[KMGTPE]i$/.test(text)) return 'BinarySI';
  return /[eE][-+]?\d+$/.test(text) ? 'DecimalExponent' : 'DecimalSI';
}

export function add(a: Amounts, b: Amounts): CanonicalAmounts {
  const sum = canonical(a);
  for (const [name, quantity] of Object.entries(b)) {
    sum[name] = sum[name] === undefined ? canonicalOf(quantity) : plus(sum[name], quantity);
  }
  return sum;
}

/** `a` less `b`, for the names of both. */
export function subtract(a: Amounts, b: Amounts): CanonicalAmounts {
  const rest = canonical(a);
  for (const [name, quantity] of Object.entries(b)) {
    const before = rest[name] ?? '0';
    const format = parseQuantity(before) === 0 ? formatOf(quantity) : formatOf(before);
    rest[name] = formatQuantity(parseQuantity(before) - parseQuantity(quantity), format);
  }
  return rest;
}

/** The greater of each. */
export function max(a: Amounts, b: Amounts): CanonicalAmounts {
  const greatest = canonical(a);
  for (const [name, quantity] of Object.entries(b)) {
    const other = greatest[name];
    if (other === undefined || parseQuantity(quantity) > parseQuantity(other)) {
      greatest[name] = canonicalOf(quantity);
    }
  }
  return greatest;
}

/** Only the names given. */
export function mask(amounts: Amounts, names: ReadonlySet<string>): CanonicalAmounts {
  return canonical(Object.fromEntries(Object.entries(amounts).filter(([name]) => names.has(name))));
}

/** Names of `a` that are greater than in `limits`; names without a limit are none of them. */
export function exceeding(a: Amounts, limits: Amounts): string[] {
  return Object.keys(a).filter(
    (name) => limits[name] !== undefined && parseQuantity(a[name]) > parseQuantity(limits[name]),
  );
}

export function equalAmounts(a: Amounts, b: Amounts): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) => b[name] !== undefined && parseQuantity(a[name]) === parseQuantity(b[name]),
    )
  );
}

/** 'cpu=1,memory=2Gi', sorted by name. */
export function amountsText(amounts: Amounts): string {
  const names = Object.keys(amounts).sort();
  return names.map((name) => `${name}=${canonicalOf(amounts[name])}`).join(',');
}

export function canonical(amounts: Amounts): CanonicalAmounts {
  const result: CanonicalAmounts = {};
  for (const [name, quantity] of Object.entries(amounts)) result[name] = canonicalOf(quantity);
  return result;
}

function canonicalOf(quantity: string | number): string {
  return formatQuantity(parseQuantity(quantity), formatOf(quantity));
}

function plus(a: string, b: string | number): string {
  const format = parseQuantity(a) === 0 ? formatOf(b) : formatOf(a);
  return formatQuantity(parseQuantity(a) + parseQuantity(b), format);
}
