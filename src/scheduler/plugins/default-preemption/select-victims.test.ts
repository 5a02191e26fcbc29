import { describe, expect, it } from 'vitest';
import { selectorFromLabels } from '../../../api/label-selector';
import { FakeCluster } from '../../fake-cluster';
import type { NodeFilter } from '../../node-filter';
import { pickCandidate } from './pick-candidate';
import type { DisruptionBudget } from '../../framework';
import { selectVictims } from './select-victims';

/** Fits as long as at most one of the node's pods stays. */
const oneStays = {
  imagine(info, node, by) {
    if (by > 0) node.tryAdd(info);
    else node.tryRemove(info);
  },
  checkImagined: (node) =>
    node.pods.length <= 1 ? undefined : { plugin: '', reasons: ['full'], isResolvable: true },
} as NodeFilter;

function budget(app: string, disruptionsAllowed: number): DisruptionBudget {
  const selector = selectorFromLabels({ app });
  return { namespace: 'default', selector, disruptionsAllowed, disruptedPods: {} };
}

function victimsOf(budgets: DisruptionBudget[]): { names: string[]; violations: number } {
  const cluster = new FakeCluster().nodes({ name: 'n1' });
  cluster.pods(
    { name: 'a', labels: { app: 'a' }, nodeName: 'n1', priority: 1 },
    { name: 'b', labels: { app: 'b' }, nodeName: 'n1', priority: 2 },
    { name: 'c', labels: { app: 'c' }, nodeName: 'n1', priority: 3 },
    { name: 'p', priority: 10 },
  );
  cluster.start().run(1);
  const node = cluster.scheduler.cache.node('n1')!;
  const before = node.pods.map(({ pod }) => pod.metadata.name);
  const result = selectVictims(oneStays, { pod: cluster.pod('p') } as never, node, budgets);
  expect(node.pods.map(({ pod }) => pod.metadata.name)).toEqual(before);
  if ('rejection' in result) return { names: [], violations: -1 };
  const names = result.victims.map(({ pod }) => pod.metadata.name);
  return { names, violations: result.violations };
}

describe('victims', () => {
  it('spares the most important pod', () => {
    expect(victimsOf([])).toEqual({ names: ['b', 'a'], violations: 0 });
  });

  it('spares a pod under a spent budget before more important ones', () => {
    expect(victimsOf([budget('a', 0)])).toEqual({ names: ['c', 'b'], violations: 0 });
  });

  it('does not mind a budget that allows it', () => {
    expect(victimsOf([budget('a', 1)])).toEqual({ names: ['b', 'a'], violations: 0 });
  });

  it('counts the budgets that it must break', () => {
    const budgets = [budget('a', 0), budget('b', 0), budget('c', 0)];
    expect(victimsOf(budgets)).toEqual({ names: ['b', 'a'], violations: 2 });
  });
});

describe('the best of several candidates', () => {
  const victims = (...priorities: number[]): never =>
    priorities.map((priority) => ({ priority, pod: { status: {} } })) as never;
  const candidate = (name: string, violations: number, ...priorities: number[]): never =>
    ({ node: { name }, violations, victims: victims(...priorities) }) as never;

  it.each([
    ['breaks fewer budgets', [candidate('a', 1, 0), candidate('b', 0, 9, 9)], 'b'],
    ['has less important victims', [candidate('a', 0, 5), candidate('b', 0, 4, 4)], 'b'],
    ['has the smaller sum', [candidate('a', 0, 5, 5), candidate('b', 0, 5, 1)], 'b'],
    ['has fewer, were they negative', [candidate('a', 0, -5, -5), candidate('b', 0, -5)], 'b'],
    ['comes first when all are equal', [candidate('a', 0, 5), candidate('b', 0, 5)], 'a'],
  ])('%s', (_, candidates, best) => {
    expect(pickCandidate(candidates).node.name).toBe(best);
  });
});
