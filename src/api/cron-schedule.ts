// Schedules of CronJobs: five fields, or a name such as '@hourly', with an optional zone before it.
// Invariants: `nextMs` is a pure function of the time given; what is complained of is told in the
// words of the parser that the real server uses. Where clocks go forward, what would have been in
// the gap is left out; where they go back, an hour that is asked for comes twice.
// Upstream: github.com/robfig/cron/v3, ParseStandard.
import { quote } from './field-errors';
import { parseGoDuration } from './go-duration';
import { formatTime, parseTime } from './time';
import { findTimeZone, fromLocalMs, utc, type TimeZone } from './time-zone';

export interface CronSchedule {
  /** The first time after `ms`, both in ms since the epoch; undefined without one in five years. */
  nextMs(ms: number): number | undefined;
}

/** What is wrong with a schedule, in words. */
export class CronSyntaxError extends Error {}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: Readonly<Record<string, number>>;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

const BOUNDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: Object.fromEntries(MONTHS.map((name, index) => [name, index + 1])) },
  { min: 0, max: 6, names: Object.fromEntries(DAYS.map((name, index) => [name, index])) },
];

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const EVERY = '@every ';
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const YEARS_MAX = 5;

/** Reads a schedule; `zone` holds unless the text names another. Throws CronSyntaxError. */
export function parseCronSchedule(text: string, zone: TimeZone = utc): CronSchedule {
  if (text === '') throw new CronSyntaxError('empty spec string');
  const prefix = /^(?:CRON_)?TZ=(\S*)\s*/.exec(text);
  if (!prefix) return parseFields(text, zone);
  const named = findTimeZone(prefix[1]);
  if (!named) {
    const why = `unknown time zone ${prefix[1]}`;
    throw new CronSyntaxError(`provided bad location ${prefix[1]}: ${why}`);
  }
  return parseFields(text.slice(prefix[0].length).trim(), named);
}

function parseFields(text: string, zone: TimeZone): CronSchedule {
  if (text.startsWith('@')) return parseDescriptor(text, zone);
  const fields = text.split(/\s+/).filter(Boolean);
  if (fields.length !== 5) {
    const shown = fields.join(' ');
    throw new CronSyntaxError(`expected exactly 5 fields, found ${fields.length}: [${shown}]`);
  }
  return new FieldSchedule(
    fields.map((field, index) => parseField(field, BOUNDS[index])),
    zone,
  );
}

function parseDescriptor(text: string, zone: TimeZone): CronSchedule {
  if (DESCRIPTORS[text]) return parseFields(DESCRIPTORS[text], zone);
  if (!text.startsWith(EVERY)) throw new CronSyntaxError(`unrecognized descriptor: ${text}`);
  const duration = parseGoDuration(text.slice(EVERY.length));
  if (typeof duration === 'string') {
    throw new CronSyntaxError(`failed to parse duration ${text}: ${duration}`);
  }
  const everyMs = Math.max(SECOND_MS, Math.floor(duration / SECOND_MS) * SECOND_MS);
  return { nextMs: (ms) => Math.floor(ms / SECOND_MS) * SECOND_MS + everyMs };
}

/** The values that a field allows, and whether it is a star, which asks for nothing. */
interface Field {
  readonly values: ReadonlySet<number>;
  readonly isStar: boolean;
}

function parseField(text: string, bounds: Bounds): Field {
  const values = new Set<number>();
  let isStar = false;
  for (const part of text.split(',').filter(Boolean)) {
    const range = parseRange(part, bounds);
    isStar ||= range.isStar;
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
  }
  return { values, isStar };
}

interface Range {
  start: number;
  end: number;
  step: number;
  isStar: boolean;
}

function parseRange(text: string, bounds: Bounds): Range {
  const [span, stepText, ...more] = text.split('/');
  const ends = span.split('-');
  const isStar = ends[0] === '*' || ends[0] === '?';
  const range: Range = { start: bounds.min, end: bounds.max, step: 1, isStar };
  if (!isStar) {
    range.start = parseIntOrName(ends[0], bounds);
    if (ends.length > 2) throw new CronSyntaxError(`too many hyphens: ${text}`);
    range.end = ends.length === 2 ? parseIntOrName(ends[1], bounds) : range.start;
  }
  if (more.length > 0) throw new CronSyntaxError(`too many slashes: ${text}`);
  if (stepText !== undefined) {
    range.step = parseWhole(stepText);
    // 'N/step' stands for 'N-max/step'.
    if (ends.length === 1) range.end = bounds.max;
    if (range.step > 1) range.isStar = false;
  }
  checkRange(range, bounds, text);
  return range;
}

function checkRange({ start, end, step }: Range, { min, max }: Bounds, text: string): void {
  let why = '';
  if (start < min) why = `beginning of range (${start}) below minimum (${min})`;
  else if (end > max) why = `end of range (${end}) above maximum (${max})`;
  else if (start > end) why = `beginning of range (${start}) beyond end of range (${end})`;
  else if (step === 0) why = 'step of range should be a positive number';
  if (why) throw new CronSyntaxError(`${why}: ${text}`);
}

function parseIntOrName(text: string, { names }: Bounds): number {
  const named = names && Object.hasOwn(names, text.toLowerCase());
  return named ? names[text.toLowerCase()] : parseWhole(text);
}

function parseWhole(text: string): number {
  const isNumber = /^[+-]?\d+$/.test(text);
  const value = isNumber ? Number(text) : 0;
  if (!isNumber || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    const why = isNumber ? 'value out of range' : 'invalid syntax';
    throw new CronSyntaxError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: ${why}`,
    );
  }
  if (value < 0) throw new CronSyntaxError(`negative number (${value}) not allowed: ${text}`);
  return value;
}

class FieldSchedule implements CronSchedule {
  constructor(
    private readonly fields: readonly Field[],
    private readonly zone: TimeZone,
  ) {}

  nextMs(ms: number): number | undefined {
    const [minutes, hours, , months] = this.fields;
    let atMs = Math.ceil((Math.floor(ms / SECOND_MS) * SECOND_MS + SECOND_MS) / MINUTE_MS);
    atMs *= MINUTE_MS;
    const yearMax = this.calendarAt(ms).year + YEARS_MAX;
    for (;;) {
      const { localMs, year, month, day, hour, minute, weekday } = this.calendarAt(atMs);
      if (year > yearMax) return undefined;
      if (!months.values.has(month)) atMs = this.startOfNextMonth(year, month);
      else if (!this.allowsDay(day, weekday)) {
        const dayStart = localMs - hour * HOUR_MS - minute * MINUTE_MS;
        atMs = later(atMs, fromLocalMs(this.zone, dayStart + DAY_MS));
      } else if (!hours.values.has(hour)) atMs += HOUR_MS - minute * MINUTE_MS;
      else if (!minutes.values.has(minute)) atMs += MINUTE_MS;
      else return atMs;
    }
  }

  /** A day of the month and one of the week that are both asked for are alternatives. */
  private allowsDay(day: number, weekday: number): boolean {
    const [, , days, , weekdays] = this.fields;
    const fits = days.values.has(day);
    const fitsWeek = weekdays.values.has(weekday);
    return days.isStar || weekdays.isStar ? fits && fitsWeek : fits || fitsWeek;
  }

  private startOfNextMonth(year: number, month: number): number {
    const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
    const text = `${String(nextYear).padStart(4, '0')}-${String(nextMonth).padStart(2, '0')}`;
    return fromLocalMs(this.zone, parseTime(`${text}-01T00:00:00Z`));
  }

  private calendarAt(ms: number): Calendar {
    const localMs = ms + this.zone.offsetMs(ms);
    const text = formatTime(localMs);
    return {
      localMs: Math.floor(localMs / MINUTE_MS) * MINUTE_MS,
      year: Number(text.slice(0, 4)),
      month: Number(text.slice(5, 7)),
      day: Number(text.slice(8, 10)),
      hour: Number(text.slice(11, 13)),
      minute: Number(text.slice(14, 16)),
      weekday: (Math.floor(localMs / DAY_MS) + 4) % 7,
    };
  }
}

/** A day that begins twice must not be looked at for ever. */
function later(ms: number, candidateMs: number): number {
  return candidateMs > ms ? candidateMs : ms + HOUR_MS;
}

interface Calendar {
  /** The zone's time in whole minutes, as if it were UTC. */
  localMs: number;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** 0 is Sunday. */
  weekday: number;
}
