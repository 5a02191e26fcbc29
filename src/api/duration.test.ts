import { expect, test } from 'vitest';
import { humanDuration, shortHumanDuration } from './duration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [-3 * SECOND, '<invalid>', '<invalid>'],
  [-1500, '0s', '0s'],
  [999, '0s', '0s'],
  [119 * SECOND, '119s', '1m'],
  [2 * MINUTE, '2m', '2m'],
  [2 * MINUTE + 5 * SECOND, '2m5s', '2m'],
  [10 * MINUTE + 5 * SECOND, '10m', '10m'],
  [179 * MINUTE, '179m', '2h'],
  [3 * HOUR + MINUTE, '3h1m', '3h'],
  [8 * HOUR + MINUTE, '8h', '8h'],
  [47 * HOUR, '47h', '1d'],
  [2 * DAY, '2d', '2d'],
  [7 * DAY + 3 * HOUR, '7d3h', '7d'],
  [100 * DAY, '100d', '100d'],
  [2 * 365 * DAY + DAY, '2y1d', '2y'],
  [9 * 365 * DAY + DAY, '9y', '9y'],
])('%d ms', (ms, long, short) => {
  expect([humanDuration(ms), shortHumanDuration(ms)]).toEqual([long, short]);
});
