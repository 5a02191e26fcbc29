// Spans of time as Go reads them: '1h30m', '-1.5s', '300ms'. Upstream: time.ParseDuration.
import { quote } from './field-errors';

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** The span in ms, or Go's complaint about it. */
export function parseGoDuration(text: string): number | string {
  const invalid = `time: invalid duration ${quote(text)}`;
  const sign = text.startsWith('-') ? -1 : 1;
  const rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '') return invalid;
  const part = /(\d*)(?:\.(\d*))?([^\d.]*)/y;
  let totalMs = 0;
  while (part.lastIndex < rest.length) {
    const [, whole, fraction, unit] = part.exec(rest)!;
    if (!whole && !fraction) return invalid;
    if (unit === '') return `time: missing unit in duration ${quote(text)}`;
    if (UNIT_MS[unit] === undefined) {
      return `time: unknown unit ${quote(unit)} in duration ${quote(text)}`;
    }
    totalMs += Number(`${whole || '0'}.${fraction || '0'}`) * UNIT_MS[unit];
  }
  return sign * totalMs;
}
