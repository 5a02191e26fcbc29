import { describe, expect, it } from 'vitest';
import { Scope } from '../sim/scope';
import { Simulation } from '../sim/simulation';
import { Workqueue, type Reconcile, type WorkqueueOptions } from './workqueue';

function harness(reconcile: Reconcile, options: Partial<WorkqueueOptions> = {}) {
  const sim = new Simulation({ seed: 1, startMs: 0 });
  const scope = new Scope(sim.clock);
  const errors: string[] = [];
  const queue = new Workqueue(
    sim,
    scope,
    { workers: 1, itemMs: 10, ...options },
    reconcile,
    (key, error) => errors.push(`${key}: ${(error as Error).message}`),
  );
  return { sim, scope, queue, errors };
}

describe('the workqueue', () => {
  it('is stingy and fair: a key waits once, keys are worked in order', () => {
    const log: string[] = [];
    const { sim, queue } = harness((key) => void log.push(`${key} ${sim.clock.nowMs}`));
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    expect(queue.depth).toBe(3);
    sim.clock.runFor(100);
    expect(log).toEqual(['a 0', 'b 10', 'c 20']);
    expect([queue.depth, queue.busy]).toEqual([0, false]);
  });

  it('is sole: a key added while in work is worked again only after it has left', () => {
    const log: number[] = [];
    const { sim, queue } = harness(() => void log.push(sim.clock.nowMs), { workers: 4 });
    queue.add('a');
    sim.clock.after(3, () => queue.add('a'));
    sim.clock.runFor(100);
    expect(log).toEqual([0, 10]);
  });

  it('works as many keys at a time as it has workers, each charged its own calls', () => {
    const log: string[] = [];
    const { sim, queue } = harness(
      (key) => {
        log.push(`${key} ${sim.clock.nowMs}`);
        sim.clock.charge(20);
      },
      { workers: 2 },
    );
    for (const key of ['a', 'b', 'c']) queue.add(key);
    sim.clock.runFor(100);
    expect(log).toEqual(['a 0', 'b 0', 'c 30']);
  });

  it('is patient: failures back off twice as long each time, success forgets them', () => {
    const times: number[] = [];
    const { sim, queue, errors } = harness(
      () => {
        times.push(sim.clock.nowMs);
        if (times.length < 4) throw new Error('not yet');
      },
      { itemMs: 0 },
    );
    queue.add('a');
    sim.clock.runFor(1000);
    expect(times).toEqual([0, 5, 15, 35]);
    expect(errors).toEqual(['a: not yet', 'a: not yet', 'a: not yet']);
    expect(queue.failuresOf('a')).toBe(0);
  });

  it('comes again after the time that the reconcile asks for; the earliest asked time counts', () => {
    const times: number[] = [];
    const { sim, queue } = harness(() => {
      times.push(sim.clock.nowMs);
      return times.length === 1 ? 50 : undefined;
    });
    queue.addAfter('a', 30);
    queue.addAfter('a', 20);
    queue.addAfter('a', 40);
    sim.clock.runFor(500);
    expect(times).toEqual([20, 70]);
  });

  it('hands on the cause of what first added the key', () => {
    const causes: number[] = [];
    const { sim, queue } = harness(() => void causes.push(sim.cause));
    sim.cause = 7;
    queue.add('a');
    sim.cause = 8;
    queue.add('a');
    sim.cause = 0;
    sim.clock.runFor(50);
    expect(causes).toEqual([7]);
  });

  it('holds keys while paused, and does nothing once its scope has stopped', () => {
    const log: string[] = [];
    const { sim, scope, queue } = harness((key) => void log.push(key));
    queue.setPaused(true);
    queue.add('a');
    sim.clock.runFor(50);
    expect([log, queue.depth]).toEqual([[], 1]);
    queue.setPaused(false);
    sim.clock.runFor(50);
    queue.add('b');
    scope.stop();
    sim.clock.runFor(50);
    expect(log).toEqual(['a']);
  });
});
