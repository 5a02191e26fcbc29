import { describe, expect, it } from 'vitest';
import { FakeCluster } from './fake-cluster';
import { interleaveZones } from './node-order';
import { feasibleNodesWanted } from './node-search';

describe('the number of nodes that is enough', () => {
  it.each([
    [1, 1],
    [99, 99],
    [100, 100],
    [200, 100],
    [1000, 420],
    [5000, 500],
    [6000, 300],
    [15_000, 750],
  ])('of %i nodes is %i', (nodes, wanted) => {
    expect(feasibleNodesWanted(nodes)).toBe(wanted);
  });
});

describe('the order of nodes', () => {
  it('takes the zones in turn', () => {
    const nodes = ['a1', 'a2', 'a3', 'b1', 'c1', 'c2'].map((name) => ({ name, zone: name[0] }));
    expect(interleaveZones(nodes).map(({ name }) => name)).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'c2',
      'a3',
    ]);
  });

  it('is theirs when there is one zone or none', () => {
    const nodes = [{ zone: '' }, { zone: '' }];
    expect(interleaveZones(nodes)).toEqual(nodes);
    expect(interleaveZones([])).toEqual([]);
  });
});

describe('the search', () => {
  it('begins where the last one ended, so that all nodes have their turn', () => {
    const cluster = new FakeCluster();
    for (let index = 0; index < 150; index++) cluster.nodes({ name: 'n' + index });
    cluster.start().run();
    const seen = new Set<string>();
    for (let index = 0; index < 3; index++) {
      cluster.pods({ name: 'p' + index, cpu: '1' }).run(50);
      const { totals } = cluster.scheduler.report('default', 'p' + index)!;
      expect(Object.keys(totals)).toHaveLength(100);
      for (const name of Object.keys(totals)) seen.add(name);
    }
    expect(seen.size).toBe(150);
  });
});
