import { describe, expect, it, test } from 'vitest';
import { PodRanges } from './pod-ranges';

describe('the ranges of', () => {
  it.each([
    [5, 110, '10.244.0.0/16', ['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24']],
    [250, 253, '10.244.0.0/16', ['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24']],
    [251, 110, '10.128.0.0/9', ['10.128.0.0/24', '10.128.1.0/24', '10.128.2.0/24']],
    [10, 254, '10.128.0.0/9', ['10.128.0.0/24', '10.128.1.0/24', '10.128.2.0/24']],
    [10, 255, '10.128.0.0/9', ['10.128.0.0/23', '10.128.2.0/23', '10.128.4.0/23']],
    [10, 1100, '10.128.0.0/9', ['10.128.0.0/21', '10.128.8.0/21', '10.128.16.0/21']],
  ])('%d machines of %d pods', (machines, maxPods, clusterCidr, ranges) => {
    const podRanges = new PodRanges(machines, maxPods);
    expect(podRanges.clusterCidr).toBe(clusterCidr);
    expect(['m1', 'n1', 'n2'].map((name) => podRanges.of(name))).toEqual(ranges);
  });
});

test('a machine keeps its range', () => {
  const podRanges = new PodRanges(2, 110);
  const first = podRanges.of('a');
  podRanges.of('b');
  expect(podRanges.of('a')).toBe(first);
});

test('a thousand machines of a hundred pods each have a range of their own within the cluster', () => {
  const podRanges = new PodRanges(1001, 110);
  const ranges = Array.from({ length: 1001 }, (_, index) => podRanges.of('n' + index));
  expect(new Set(ranges).size).toBe(1001);
  expect(ranges.at(-1)).toBe('10.131.232.0/24');
});
