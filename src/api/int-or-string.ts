/** A whole number, or a percentage such as '25%'. */
export type IntOrString = number | string;

/**
 * The number that the value stands for out of `total`; percentages are rounded up or down.
 * Undefined and what is no percentage count as 0. Upstream: apimachinery/pkg/util/intstr.
 */
export function scaledValue(
  value: IntOrString | undefined,
  total: number,
  rounding: 'up' | 'down',
): number {
  if (typeof value === 'number') return value;
  const match = /^(\d+)%$/.exec(value ?? '');
  if (!match) return 0;
  const exact = (Number(match[1]) * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
