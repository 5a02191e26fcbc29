import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock';
import { Scope } from './scope';

describe('a scope', () => {
  it('silences its timers and runs its endings, last first, when it stops', () => {
    const clock = new VirtualClock(0);
    const scope = new Scope(clock);
    const log: string[] = [];
    scope.after(10, () => log.push('late'));
    scope.every(3, () => log.push(`tick ${clock.nowMs}`));
    scope.onStop(() => log.push('first'));
    scope.onStop(() => log.push('second'));
    clock.runFor(7);
    scope.stop();
    scope.stop();
    clock.runFor(100);
    expect(log).toEqual(['tick 3', 'tick 6', 'second', 'first']);
    expect(scope.isAlive).toBe(false);
  });

  it('stops its children with it, and a child alone', () => {
    const clock = new VirtualClock(0);
    const parent = new Scope(clock);
    const [one, two] = [parent.child(), parent.child()];
    one.stop();
    expect([parent.isAlive, one.isAlive, two.isAlive]).toEqual([true, false, true]);
    parent.stop();
    expect(two.isAlive).toBe(false);
  });
});
