import { describe, expect, it } from 'vitest';
import type { Affinity } from '../../api/types';
import { FakeCluster, type NodeDraft, type PodDraft } from '../fake-cluster';

interface Case {
  plugin: string;
  nodes: NodeDraft[];
  placed?: PodDraft[];
  pod: Omit<PodDraft, 'name'>;
  /** Weighted; undefined when the plugin has no say. */
  scores: Record<string, number> | undefined;
}

const soft = { key: 'slow', effect: 'PreferNoSchedule' } as const;
const hostname = 'kubernetes.io/hostname';

function preferring(...zones: [string, number][]): Affinity {
  const terms = zones.map(([zone, weight]) => ({
    weight,
    preference: { matchExpressions: [{ key: 'zone', operator: 'In' as const, values: [zone] }] },
  }));
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } };
}

function preferringPods(kind: 'podAffinity' | 'podAntiAffinity', app: string): Affinity {
  const podAffinityTerm = { labelSelector: { matchLabels: { app } }, topologyKey: hostname };
  return {
    [kind]: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 10, podAffinityTerm }] },
  };
}

const twoNodes = [{ name: 'n1' }, { name: 'n2' }];
const x1 = { name: 'x1', labels: { app: 'x' }, nodeName: 'n1' };

const cases: Record<string, Case> = {
  'fewer soft taints are better': {
    plugin: 'TaintToleration',
    nodes: [{ name: 'n1', taints: [soft] }, { name: 'n2' }],
    pod: {},
    scores: { n1: 0, n2: 300 },
  },
  'tolerated soft taints do not count': {
    plugin: 'TaintToleration',
    nodes: [{ name: 'n1', taints: [soft] }, { name: 'n2' }],
    pod: { tolerations: [{ key: 'slow', operator: 'Exists' }] },
    scores: { n1: 300, n2: 300 },
  },
  'preferred node affinity adds its weights up': {
    plugin: 'NodeAffinity',
    nodes: [
      { name: 'n1', labels: { zone: 'a' } },
      { name: 'n2', labels: { zone: 'b' } },
      { name: 'n3' },
    ],
    pod: { affinity: preferring(['a', 20], ['b', 80]) },
    scores: { n1: 50, n2: 200, n3: 0 },
  },
  'no preference, no say': {
    plugin: 'NodeAffinity',
    nodes: twoNodes,
    pod: {},
    scores: undefined,
  },
  'what asks for nothing counts as 100m and 200Mi': {
    plugin: 'NodeResourcesFit',
    nodes: [
      { name: 'n1', cpu: '1', memory: '2000Mi' },
      { name: 'n2', cpu: '2', memory: '4000Mi' },
    ],
    placed: [{ name: 'a', nodeName: 'n1' }],
    pod: {},
    scores: { n1: 80, n2: 95 },
  },
  'the emptier node is better': {
    plugin: 'NodeResourcesFit',
    nodes: [
      { name: 'n1', cpu: '4', memory: '8Gi' },
      { name: 'n2', cpu: '4', memory: '8Gi' },
    ],
    placed: [{ name: 'a', cpu: '2', memory: '2Gi', nodeName: 'n1' }],
    pod: { cpu: '1', memory: '2Gi' },
    scores: { n1: 37, n2: 75 },
  },
  'even use of cpu and memory is better': {
    plugin: 'NodeResourcesBalancedAllocation',
    nodes: [
      { name: 'n1', cpu: '4', memory: '8Gi' },
      { name: 'n2', cpu: '2', memory: '8Gi' },
    ],
    pod: { cpu: '1', memory: '2Gi' },
    scores: { n1: 100, n2: 87 },
  },
  'balance does not matter to pods that ask for nothing': {
    plugin: 'NodeResourcesBalancedAllocation',
    nodes: twoNodes,
    pod: {},
    scores: undefined,
  },
  'a node with the image is better, the more nodes have it': {
    plugin: 'ImageLocality',
    nodes: [
      { name: 'n1', images: [{ names: ['big:1'], sizeBytes: 1000 * 1024 * 1024 }] },
      { name: 'n2' },
    ],
    pod: { image: 'big:1' },
    // Half the nodes have it: 500 of 1000 MiB, from 23 on.
    scores: { n1: 48, n2: 0 },
  },
  'an image without a tag is the latest': {
    plugin: 'ImageLocality',
    nodes: [
      { name: 'n1', images: [{ names: ['big:latest'], sizeBytes: 2000 * 1024 * 1024 }] },
      { name: 'n2' },
    ],
    pod: { image: 'big' },
    scores: { n1: 100, n2: 0 },
  },
  'preferred affinity draws near': {
    plugin: 'InterPodAffinity',
    nodes: twoNodes,
    placed: [x1],
    pod: { affinity: preferringPods('podAffinity', 'x') },
    scores: { n1: 200, n2: 0 },
  },
  'preferred anti-affinity pushes away': {
    plugin: 'InterPodAffinity',
    nodes: twoNodes,
    placed: [x1],
    pod: { affinity: preferringPods('podAntiAffinity', 'x') },
    scores: { n1: 0, n2: 200 },
  },
  'placed pods draw those near that they like': {
    plugin: 'InterPodAffinity',
    nodes: twoNodes,
    placed: [{ ...x1, affinity: preferringPods('podAffinity', 'y') }],
    pod: { labels: { app: 'y' } },
    scores: { n1: 200, n2: 0 },
  },
  'without terms that speak of anybody there is no say': {
    plugin: 'InterPodAffinity',
    nodes: twoNodes,
    placed: [{ ...x1, affinity: preferringPods('podAffinity', 'z') }],
    pod: { labels: { app: 'y' } },
    scores: undefined,
  },
};

describe('scores', () => {
  it.each(Object.entries(cases))('%s', (_, { plugin, nodes, placed = [], pod, scores }) => {
    const cluster = new FakeCluster().nodes(...nodes);
    cluster
      .pods(...placed, { name: 'p', ...pod })
      .start()
      .run();
    expect(cluster.scores('p', plugin)).toEqual(scores);
  });
});
