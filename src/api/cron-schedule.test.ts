import { expect, test } from 'vitest';
import { CronSyntaxError, parseCronSchedule } from './cron-schedule';
import { formatTime, parseTime } from './time';
import { findTimeZone, utc } from './time-zone';

function next(schedule: string, after: string, zone = 'UTC', count = 1): string[] {
  const parsed = parseCronSchedule(schedule, findTimeZone(zone) ?? utc);
  const times: string[] = [];
  for (let ms: number | undefined = parseTime(after); times.length < count;) {
    ms = parsed.nextMs(ms);
    if (ms === undefined) return [...times, 'never'];
    times.push(formatTime(ms));
  }
  return times;
}

test.each<[string, string, string]>([
  ['* * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z'],
  ['* * * * *', '2026-01-01T00:00:59Z', '2026-01-01T00:01:00Z'],
  ['*/15 * * * *', '2026-01-01T00:46:00Z', '2026-01-01T01:00:00Z'],
  ['5/20 * * * *', '2026-01-01T00:26:00Z', '2026-01-01T00:45:00Z'],
  ['30 6-16/4 * * 1-5', '2026-01-02T14:30:00Z', '2026-01-05T06:30:00Z'],
  ['0 0 13 * 5', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
  ['0 0 13 * *', '2026-01-13T00:00:00Z', '2026-02-13T00:00:00Z'],
  ['0 0 ? DEC Sun,Sat', '2026-01-01T00:00:00Z', '2026-12-05T00:00:00Z'],
  ['59 23 31 12 *', '2026-12-31T23:59:00Z', '2027-12-31T23:59:00Z'],
  ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['59 23 31 2 *', '2026-01-01T00:00:00Z', 'never'],
  ['@hourly', '2026-01-01T00:00:01Z', '2026-01-01T01:00:00Z'],
  ['@weekly', '2026-01-01T00:00:00Z', '2026-01-04T00:00:00Z'],
  ['@yearly', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['@every 1h30m', '2026-01-01T00:00:10Z', '2026-01-01T01:30:10Z'],
  ['@every 1ms', '2026-01-01T00:00:10Z', '2026-01-01T00:00:11Z'],
  ['TZ=Asia/Kolkata 0 9 * * *', '2026-01-01T00:00:00Z', '2026-01-01T03:30:00Z'],
  ['CRON_TZ=America/New_York 0 9 * * *', '2026-01-01T00:00:00Z', '2026-01-01T14:00:00Z'],
])('%s after %s comes at %s', (schedule, after, expected) => {
  expect(next(schedule, after)).toEqual([expected]);
});

test('what would be in the gap of spring is left out', () => {
  expect(next('30 2 * * *', '2026-03-28T00:00:00Z', 'Europe/Paris', 2)).toEqual([
    '2026-03-28T01:30:00Z',
    '2026-03-30T00:30:00Z',
  ]);
});

test('an hour that comes twice in autumn is met twice', () => {
  expect(next('30 2 * * *', '2026-10-24T12:00:00Z', 'Europe/Paris', 3)).toEqual([
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-26T01:30:00Z',
  ]);
});

test('days begin where the zone says', () => {
  expect(next('@daily', '2026-07-01T00:00:00Z', 'Asia/Taipei', 2)).toEqual([
    '2026-07-01T16:00:00Z',
    '2026-07-02T16:00:00Z',
  ]);
  expect(next('@monthly', '2026-01-15T00:00:00Z', 'Pacific/Auckland', 2)).toEqual([
    '2026-01-31T11:00:00Z',
    '2026-02-28T11:00:00Z',
  ]);
});

const ATOI = 'strconv.Atoi: parsing';

test.each<[string, string]>([
  ['', 'empty spec string'],
  ['* * *', 'expected exactly 5 fields, found 3: [* * *]'],
  ['* * * * * *', 'expected exactly 5 fields, found 6: [* * * * * *]'],
  ['99 * * * *', 'end of range (99) above maximum (59): 99'],
  ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['* * * * 7', 'end of range (7) above maximum (6): 7'],
  ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['a * * * *', `failed to parse int from a: ${ATOI} "a": invalid syntax`],
  ['* * * * mond', `failed to parse int from mond: ${ATOI} "mond": invalid syntax`],
  ['-1 * * * *', `failed to parse int from : ${ATOI} "": invalid syntax`],
  ['@sometimes', 'unrecognized descriptor: @sometimes'],
  ['@every x', 'failed to parse duration @every x: time: invalid duration "x"'],
  ['@every 5', 'failed to parse duration @every 5: time: missing unit in duration "5"'],
  ['@every 5y', 'failed to parse duration @every 5y: time: unknown unit "y" in duration "5y"'],
  ['TZ=Mars/Base * * * * *', 'provided bad location Mars/Base: unknown time zone Mars/Base'],
])('%j is refused: %s', (schedule, message) => {
  expect(() => parseCronSchedule(schedule)).toThrow(new CronSyntaxError(message));
});

test.each([
  ['Europe/Paris', true],
  ['US/Pacific', true],
  ['Etc/GMT+5', true],
  ['UTC', true],
  ['europe/paris', false],
  ['EUROPE/PARIS', false],
  ['utc', false],
  ['+0100', false],
  ['Local', false],
  ['Mars/Base', false],
])('a zone named %s is known: %s', (name, isKnown) => {
  expect(findTimeZone(name) !== undefined).toBe(isKnown);
});
