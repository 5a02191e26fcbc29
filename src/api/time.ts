// Times as the API writes them, from milliseconds since the epoch, without `Date` (banned in the
// engine, which has no wall clock). Civil-calendar arithmetic is Howard Hinnant's.

import { oneText } from './one-text';

/** The last few seconds that were asked for, each at its place modulo their number. */
const KEPT_SECONDS = 8;
const keptSeconds: number[] = Array.from({ length: KEPT_SECONDS }, () => -1);
const keptTexts: string[] = Array.from({ length: KEPT_SECONDS }, () => '');

/** RFC 3339 in whole seconds, UTC: '2026-01-01T00:00:00Z'. */
export function formatTime(ms: number): string {
  const second = Math.floor(ms / 1000);
  const place = ((second % KEPT_SECONDS) + KEPT_SECONDS) % KEPT_SECONDS;
  if (second !== keptSeconds[place]) {
    keptTexts[place] = formatSeconds(second);
    keptSeconds[place] = second;
  }
  return keptTexts[place];
}

/** RFC 3339 with microseconds, as Lease and Event series carry: '2026-01-01T00:00:00.000000Z'. */
export function formatMicroTime(ms: number): string {
  const second = Math.floor(ms / 1000);
  const micros = Math.round((ms - second * 1000) * 1000);
  const whole = formatTime(ms).slice(0, -1);
  return oneText(whole, '.', String(micros).padStart(6, '0'), 'Z');
}

/** Milliseconds since the epoch of an RFC 3339 time; NaN when it is none. */
export function parseTime(text: string): number {
  if (text === parsedText) return parsedMs;
  parsedMs = parseAny(text);
  parsedText = text;
  return parsedMs;
}

/** The same few times are asked for again and again: creation, readiness, heartbeats. */
let parsedText = '';
let parsedMs = Number.NaN;

function parseAny(text: string): number {
  const match = RFC3339.exec(text);
  if (!match) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const ms = fraction ? Math.floor(Number('0' + fraction) * 1e6) / 1000 : 0;
  return (days * 86400 + seconds - zoneSeconds(zone)) * 1000 + ms;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function zoneSeconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const sign = zone[0] === '-' ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60);
}

function formatSeconds(second: number): string {
  const days = Math.floor(second / 86400);
  const rest = second - days * 86400;
  const date = civilFromDays(days);
  const hour = Math.floor(rest / 3600);
  const minute = Math.floor((rest % 3600) / 60);
  return oneText(date, 'T', two(hour), ':', two(minute), ':', two(rest % 60), 'Z');
}

function civilFromDays(days: number): string {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return String(year).padStart(4, '0') + '-' + two(month) + '-' + two(day);
}

function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + (yearOfEra >> 2) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

function two(value: number): string {
  return value < 10 ? '0' + value : String(value);
}
