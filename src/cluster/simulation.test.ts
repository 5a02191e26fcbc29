// The simulation: random operations and faults under seeds, with every invariant watched. A failing
// run names its seed; `SEED=n npx vitest run src/cluster/simulation.test.ts` plays that one again.
import { describe, expect, it } from 'vitest';
import { checkers } from './checkers';
import { canary } from './checkers/canary';
import type { Checker } from './checkers/checker';
import { createCluster } from './cluster';
import { FaultScript } from './fault-script';

const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3, 4, 5];
const ACTS = 60;
const REST_MS = 20 * 60_000;

interface Outcome {
  violations: string[];
  hash: string;
}

function simulate(seed: number, wanted: readonly Checker[]): Outcome {
  const cluster = createCluster({ seed, pace: seed % 2 === 0 ? 'observable' : 'real' });
  cluster.boot();
  const asked = wanted.map((checker) => ({ checker, ask: checker.start(cluster) }));
  const script = new FaultScript(cluster, ['n1', 'n2', 'n3', 'n4']);
  const violations: string[] = [];
  const check = (when: Checker['when']): void => {
    for (const { checker, ask } of asked) {
      if (checker.when !== when) continue;
      for (const each of ask().slice(0, 5))
        violations.push(`seed ${seed}, ${checker.name}: ${each}`);
    }
  };
  for (let round = 0; round < ACTS / 10; round++) {
    script.run(10, 45_000);
    check('always');
  }
  script.stopFaults();
  cluster.clock.runFor(REST_MS);
  check('always');
  check('rest');
  return { violations, hash: cluster.sim.trace.hash };
}

describe('a cluster under random operations and faults', { timeout: 120_000 }, () => {
  it.each(seeds)('keeps every invariant with seed %d', (seed) => {
    expect(simulate(seed, checkers).violations).toEqual([]);
  });

  it('is caught by the canary, so the checkers do look', () => {
    expect(simulate(seeds[0], [canary]).violations.length).toBeGreaterThan(0);
  });

  it('runs the same way twice with the same seed, and another way with another', () => {
    const first = simulate(7, []).hash;
    expect(simulate(7, []).hash).toBe(first);
    expect(simulate(8, []).hash).not.toBe(first);
  });
});
