// Times and durations as text, to the nanosecond, and the parts of a time.
// Upstream: cel-go common/types/{timestamp,duration}.go, Go's time package.
import { formatTime, parseTime } from '../api/time';
import { findTimeZone } from '../api/time-zone';
import { CelError, Duration, Timestamp } from './values';

const SECOND = 1_000_000_000n;
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
};
const INT64_MAX = 2n ** 63n - 1n;
/** From year 1 to the end of year 9999. */
const TIME_MIN = -62_135_596_800n * SECOND;
const TIME_MAX = 253_402_300_799n * SECOND + 999_999_999n;

/** RFC 3339; undefined for what is none or no day of the calendar. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match =
    /^(\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d))(?:[.,](\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, date, , , hour, minute, second, fraction = '', zone] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = parseTime(date + zone) / 1000;
  const isSameDay = formatTime(parseTime(date + 'Z')) === date + 'Z';
  if (Number.isNaN(seconds) || !isSameDay) return undefined;
  return new Timestamp(BigInt(seconds) * SECOND + BigInt(fraction.padEnd(9, '0')));
}

export function formatTimestamp({ nanos }: Timestamp): string {
  const { seconds, rest } = split(nanos);
  const whole = formatTime(Number(seconds) * 1000).slice(0, -1);
  return `${whole}${fractionText(rest)}Z`;
}

/** Go's form, as '1h30m' or '1.5s'; undefined for what is none. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (!match) return undefined;
  let nanos = 0n;
  for (const [, number, unit] of match[2].matchAll(/(\d*\.?\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const [whole, fraction = ''] = number.split('.');
    nanos += BigInt(whole || '0') * UNITS[unit];
    nanos += (BigInt(fraction || '0') * UNITS[unit]) / 10n ** BigInt(fraction.length);
  }
  if (nanos > INT64_MAX) return undefined;
  return new Duration(match[1] === '-' ? -nanos : nanos);
}

/** Seconds, as JSON has it: '90s', '1.5s'. */
export function formatDuration({ nanos }: Duration): string {
  const size = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? '-' : ''}${size / SECOND}${fractionText(size % SECOND)}s`;
}

/** Throws when the time is outside of what is supported. */
export function checkedTime(nanos: bigint): Timestamp {
  if (nanos < TIME_MIN || nanos > TIME_MAX) throw new CelError('timestamp overflow');
  return new Timestamp(nanos);
}

/** Throws when the duration does not fit. */
export function checkedDuration(nanos: bigint): Duration {
  if (nanos > INT64_MAX || nanos < -INT64_MAX - 1n) throw new CelError('duration overflow');
  return new Duration(nanos);
}

export interface TimeParts {
  year: number;
  /** From 0. */
  month: number;
  /** From 1. */
  day: number;
  hours: number;
  minutes: number;
  seconds: number;
  milliseconds: number;
  /** 0 is Sunday. */
  weekday: number;
  /** From 0. */
  dayOfYear: number;
}

/** The parts of a time in a zone: '', 'UTC', an offset as '-02:00', or a name. */
export function timeParts({ nanos }: Timestamp, zone: string): TimeParts {
  const shifted = nanos + zoneOffset(nanos, zone);
  const { seconds, rest } = split(shifted);
  const text = formatTime(Number(seconds) * 1000);
  const [, year, month, day, hours, minutes, secs] = TIME.exec(text)!.map(Number);
  const days = Math.floor(Number(seconds) / 86400);
  const newYear = parseTime(`${text.slice(0, 4)}-01-01T00:00:00Z`) / 86_400_000;
  return {
    year,
    month: month - 1,
    day,
    hours,
    minutes,
    seconds: secs,
    milliseconds: Number(rest / 1_000_000n),
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - newYear,
  };
}

const TIME = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/;

function zoneOffset(nanos: bigint, zone: string): bigint {
  if (zone === '' || zone === 'UTC' || zone === 'GMT') return 0n;
  const fixed = /^([+-]?)(\d\d):(\d\d)$/.exec(zone);
  if (fixed) {
    const minutes = BigInt(Number(fixed[2]) * 60 + Number(fixed[3])) * 60n * SECOND;
    return fixed[1] === '-' ? -minutes : minutes;
  }
  return namedOffset(nanos, zone);
}

function namedOffset(nanos: bigint, name: string): bigint {
  const zone = findTimeZone(name);
  if (!zone) throw new CelError(`unknown time zone ${name}`);
  return BigInt(zone.offsetMs(Number(nanos / 1_000_000n))) * 1_000_000n;
}

function split(nanos: bigint): { seconds: bigint; rest: bigint } {
  const rest = ((nanos % SECOND) + SECOND) % SECOND;
  return { seconds: (nanos - rest) / SECOND, rest };
}

function fractionText(nanos: bigint): string {
  if (nanos === 0n) return '';
  return '.' + String(nanos).padStart(9, '0').replace(/0+$/, '');
}
