import { describe, expect, it } from 'vitest';
import { formatMicroTime, formatTime, parseTime } from './time';

describe('times', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [951_782_400_000, '2000-02-29T00:00:00Z'],
    [1_767_225_600_000, '2026-01-01T00:00:00Z'],
    [1_798_761_599_999, '2026-12-31T23:59:59Z'],
    [4_107_542_400_000, '2100-03-01T00:00:00Z'],
    [-1000, '1969-12-31T23:59:59Z'],
  ])('%d ms is %s, and back to the second', (ms, text) => {
    expect(formatTime(ms)).toBe(text);
    expect(parseTime(text)).toBe(Math.floor(ms / 1000) * 1000);
  });

  it('agrees with the calendar on every day of four centuries', () => {
    for (let day = -40_000; day < 106_000; day += 17) {
      const ms = day * 86_400_000 + 45_296_000;
      expect(formatTime(ms)).toBe(new Date(ms).toISOString().slice(0, 19) + 'Z');
    }
  });

  it('writes microseconds and reads fractions and zones', () => {
    expect(formatMicroTime(1_767_225_600_250)).toBe('2026-01-01T00:00:00.250000Z');
    expect(parseTime('2026-01-01T00:00:00.250000Z')).toBe(1_767_225_600_250);
    expect(parseTime('2026-01-01T02:00:00+02:00')).toBe(1_767_225_600_000);
  });

  it('is NaN for what is no time', () => {
    for (const text of ['', 'yesterday', '2026-01-01', '2026-01-01 00:00:00Z']) {
      expect(parseTime(text)).toBeNaN();
    }
  });
});
