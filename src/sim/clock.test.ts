import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock';

describe('the virtual clock', () => {
  it('fires timers by time, and equal times in the order they were set', () => {
    const clock = new VirtualClock(1000);
    const fired: string[] = [];
    clock.after(20, () => fired.push('b'));
    clock.after(10, () => fired.push('a'));
    clock.after(20, () => fired.push('c'));
    clock.runFor(15);
    expect(fired).toEqual(['a']);
    expect(clock.nowMs).toBe(1015);
    clock.runFor(5);
    expect(fired).toEqual(['a', 'b', 'c']);
    expect(clock.nextAtMs()).toBeUndefined();
  });

  it('counts delays from the time that the running activity has reached', () => {
    const clock = new VirtualClock(0);
    const times: number[] = [];
    clock.after(10, () => {
      clock.charge(40);
      expect(clock.activityMs).toBe(50);
      clock.after(5, () => times.push(clock.nowMs));
    });
    clock.after(12, () => times.push(clock.activityMs));
    clock.runFor(100);
    expect(times).toEqual([12, 55]);
    expect(clock.chargedMs).toBe(0);
  });

  it('lets a timer that is cancelled never fire, however many there are', () => {
    const clock = new VirtualClock(0);
    let fired = 0;
    const timers = Array.from({ length: 5000 }, (_, index) => clock.after(index, () => fired++));
    timers.forEach((timer, index) => index % 5 !== 0 && clock.cancel(timer));
    clock.runFor(10_000);
    expect(fired).toBe(1000);
  });

  it('runs a timer that is due in the past at once and never turns back', () => {
    const clock = new VirtualClock(500);
    let at = 0;
    clock.at(100, () => (at = clock.nowMs));
    expect(clock.step()).toBe(true);
    expect(at).toBe(500);
    expect(clock.step()).toBe(false);
  });

  it('keeps the order of any set of delays', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 200 }), (delays) => {
        const clock = new VirtualClock(0);
        const fired: [number, number][] = [];
        delays.forEach((delay, index) => clock.after(delay, () => fired.push([delay, index])));
        clock.runFor(100);
        const expected = delays.map((delay, index): [number, number] => [delay, index]);
        expect(fired).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
    );
  });
});
