import { describe, expect, it } from 'vitest';
import { ageText, clockText } from './virtual-time';

describe('virtual time', () => {
  it.each([
    [0, '00:00:00.000'],
    [-5, '00:00:00.000'],
    [277_250, '00:04:37.250'],
    [3_600_000 * 23 + 59_999, '23:00:59.999'],
    [86_400_000 * 3 + 1_000, '3d 00:00:01.000'],
  ])('%d ms after the start reads %s', (ms, text) => {
    const { seconds, millis } = clockText(ms);
    expect(seconds + millis).toBe(text);
  });

  it.each([
    [-1, '0s'],
    [999, '0s'],
    [119_000, '119s'],
    [120_000, '2m'],
    [252_000, '4m12s'],
    [600_000, '10m'],
    [10_799_000, '179m'],
    [10_800_000, '3h'],
    [12_600_000, '3h30m'],
    [28_800_000, '8h'],
    [172_800_000, '2d'],
  ])('an age of %d ms is %s, as kubectl says', (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });
});
