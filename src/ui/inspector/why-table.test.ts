import { describe, expect, it } from 'vitest';
import type { SchedulingReport } from '../../host/protocol';
import { filterRows, nodeReasons, scoreTable, whyNodes } from './why-table';

const report: SchedulingReport = {
  pod: 'default/train',
  atMs: 0,
  attempts: 2,
  node: '',
  message: '0/3 nodes are available',
  filters: [
    { plugin: 'NodeName', rejected: {} },
    { plugin: 'TaintToleration', rejected: { m1: 'untolerated taint' } },
    { plugin: 'NodeResourcesFit', rejected: { n1: 'Insufficient cpu', m1: 'never asked' } },
    { plugin: 'PodTopologySpread', rejected: {} },
  ],
  scores: [],
  totals: {},
};

describe('why a pod is where it is', () => {
  it('orders nodes by number and shows as many as fit', () => {
    expect(whyNodes(['n10', 'n2', 'm1', 'n1'])).toEqual(['m1', 'n1', 'n2', 'n10']);
    expect(whyNodes(Array.from({ length: 20 }, (_, at) => `n${at}`))).toHaveLength(8);
  });

  it('asks a node nothing more once a filter rejected it', () => {
    expect(filterRows(report, ['m1', 'n1', 'n2'])).toEqual([
      { plugin: 'NodeName', cells: ['passes', 'passes', 'passes'] },
      { plugin: 'TaintToleration', cells: ['rejects', 'passes', 'passes'] },
      { plugin: 'NodeResourcesFit', cells: ['notRun', 'rejects', 'passes'] },
      { plugin: 'PodTopologySpread', cells: ['notRun', 'notRun', 'passes'] },
    ]);
    expect(nodeReasons(report)).toEqual([
      { node: 'm1', reason: 'untolerated taint' },
      { node: 'n1', reason: 'Insufficient cpu' },
    ]);
  });

  it('puts the best node first, of equal ones the chosen, and has no scores where nothing was weighed', () => {
    expect(scoreTable(report)).toBe(undefined);
    const scores: SchedulingReport['scores'] = [
      { plugin: 'NodeResourcesFit', weight: 1, byNode: { n1: 10, n2: 30 } },
      { plugin: 'TaintToleration', weight: 3, byNode: { n1: 300 } },
    ];
    const tied = scoreTable({ ...report, scores, node: 'n3', totals: { n2: 9, n3: 9, n10: 9 } });
    expect(tied?.nodes).toEqual(['n3', 'n2', 'n10']);
    expect(scoreTable({ ...report, scores, totals: { n1: 310, n2: 30 } })).toEqual({
      nodes: ['n1', 'n2'],
      rows: [
        { plugin: 'NodeResourcesFit × 1', values: [10, 30] },
        { plugin: 'TaintToleration × 3', values: [300, 0] },
      ],
      totals: [310, 30],
    });
  });
});
