import { describe, expect, it } from 'vitest';
import type { Affinity, Toleration } from '../../api/types';
import { FakeCluster, type NodeDraft, type PodDraft } from '../fake-cluster';

interface Case {
  nodes: NodeDraft[];
  placed?: PodDraft[];
  pod: Omit<PodDraft, 'name'>;
  rejected: Record<string, string>;
}

const gpuTaint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' } as const;
const gpuToleration: Toleration = { key: 'dedicated', operator: 'Equal', value: 'gpu' };
const zoned = (zone: string): NodeDraft['labels'] => ({ zone });

function requiringZones(operator: 'In' | 'NotIn', ...values: string[]): Affinity {
  const matchExpressions = [{ key: 'zone', operator, values }];
  const nodeSelectorTerms = [{ matchExpressions }];
  return {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  };
}

function near(app: string, topologyKey: string): Affinity {
  const term = { labelSelector: { matchLabels: { app } }, topologyKey };
  return { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
}

function apart(app: string, topologyKey: string): Affinity {
  const term = { labelSelector: { matchLabels: { app } }, topologyKey };
  return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
}

const cordoned = 'node(s) were unschedulable';
const tainted = 'node(s) had untolerated taint(s)';
const mismatch = "node(s) didn't match Pod's node affinity/selector";
const ports = "node(s) didn't have free ports for the requested pod ports";
const notNear = "node(s) didn't match pod affinity rules";
const notApart = "node(s) didn't match pod anti-affinity rules";
const existing = "node(s) didn't satisfy existing pods anti-affinity rules";

const cases: Record<string, Case> = {
  'a cordoned node takes no pods': {
    nodes: [{ name: 'n1', unschedulable: true }, { name: 'n2' }],
    pod: {},
    rejected: { n1: cordoned },
  },
  'a cordoned node takes pods that tolerate it': {
    nodes: [{ name: 'n1', unschedulable: true }],
    pod: { tolerations: [{ operator: 'Exists' }] },
    rejected: {},
  },
  'a taint keeps pods off': {
    nodes: [{ name: 'n1', taints: [gpuTaint] }, { name: 'n2' }],
    pod: {},
    rejected: { n1: tainted },
  },
  'a tolerated taint does not': {
    nodes: [{ name: 'n1', taints: [gpuTaint] }],
    pod: { tolerations: [gpuToleration] },
    rejected: {},
  },
  'NoExecute keeps pods off, PreferNoSchedule does not': {
    nodes: [
      { name: 'n1', taints: [{ key: 'other', effect: 'NoExecute' }] },
      { name: 'n2', taints: [{ key: 'other', effect: 'PreferNoSchedule' }] },
    ],
    pod: {},
    rejected: { n1: tainted },
  },
  'a node selector wants all its labels': {
    nodes: [{ name: 'n1', labels: { disk: 'ssd' } }, { name: 'n2' }],
    pod: { nodeSelector: { disk: 'ssd' } },
    rejected: { n2: mismatch },
  },
  'required node affinity excludes': {
    nodes: [
      { name: 'n1', labels: zoned('a') },
      { name: 'n2', labels: zoned('b') },
    ],
    pod: { affinity: requiringZones('NotIn', 'a') },
    rejected: { n1: mismatch },
  },
  'a host port is taken once a node': {
    nodes: [{ name: 'n1' }, { name: 'n2' }],
    placed: [{ name: 'a', nodeName: 'n1', hostPort: 80 }],
    pod: { hostPort: 80 },
    rejected: { n1: ports },
  },
  'cpu, memory and pods run out': {
    nodes: [
      { name: 'n1', cpu: '1' },
      { name: 'n2', memory: '1Gi' },
      { name: 'n3', cpu: '1', memory: '1Gi' },
      { name: 'n4', pods: '0' },
      { name: 'n5' },
    ],
    pod: { cpu: '2', memory: '2Gi' },
    rejected: {
      n1: 'Insufficient cpu',
      n2: 'Insufficient memory',
      n3: 'Insufficient cpu, Insufficient memory',
      n4: 'Too many pods',
    },
  },
  'extended resources run out': {
    nodes: [{ name: 'n1' }, { name: 'n2', extended: { 'x.test/gpu': '2' } }],
    placed: [{ name: 'a', nodeName: 'n2', extended: { 'x.test/gpu': '1' } }],
    pod: { extended: { 'x.test/gpu': '1' } },
    rejected: { n1: 'Insufficient x.test/gpu' },
  },
  'affinity goes where the others are': {
    nodes: [
      { name: 'n1', labels: zoned('a') },
      { name: 'n2', labels: zoned('b') },
    ],
    placed: [{ name: 'leader', labels: { app: 'lead' }, nodeName: 'n2' }],
    pod: { affinity: near('lead', 'zone') },
    rejected: { n1: notNear },
  },
  'the first of pods that want to be together may be anywhere with the label': {
    nodes: [{ name: 'n1', labels: zoned('a') }, { name: 'n2' }],
    pod: { labels: { app: 'x' }, affinity: near('x', 'zone') },
    rejected: { n2: notNear },
  },
  'affinity to nobody finds nothing': {
    nodes: [{ name: 'n1', labels: zoned('a') }],
    pod: { affinity: near('nobody', 'zone') },
    rejected: { n1: notNear },
  },
  'anti-affinity avoids the whole domain': {
    nodes: [
      { name: 'n1', labels: zoned('a') },
      { name: 'n2', labels: zoned('a') },
      { name: 'n3', labels: zoned('b') },
    ],
    placed: [{ name: 'a', labels: { app: 'x' }, nodeName: 'n1' }],
    pod: { affinity: apart('x', 'zone') },
    rejected: { n1: notApart, n2: notApart },
  },
  'anti-affinity of a placed pod holds for others too': {
    nodes: [{ name: 'n1' }, { name: 'n2' }],
    placed: [{ name: 'a', nodeName: 'n1', affinity: apart('x', 'kubernetes.io/hostname') }],
    pod: { labels: { app: 'x' } },
    rejected: { n1: existing },
  },
  'anti-affinity of a placed pod in another namespace does not': {
    nodes: [{ name: 'n1' }],
    placed: [
      {
        name: 'a',
        namespace: 'other',
        nodeName: 'n1',
        affinity: apart('x', 'kubernetes.io/hostname'),
      },
    ],
    pod: { labels: { app: 'x' } },
    rejected: {},
  },
};

describe('filters', () => {
  it.each(Object.entries(cases))('%s', (_, { nodes, placed = [], pod, rejected }) => {
    const cluster = new FakeCluster().nodes(...nodes);
    cluster
      .pods(...placed, { name: 'p', ...pod })
      .start()
      .run();
    expect(cluster.rejections('p')).toEqual(rejected);
    const fits = nodes.length > Object.keys(rejected).length;
    expect(Boolean(cluster.placements().p)).toBe(fits);
  });
});

describe('affinity across namespaces', () => {
  it('follows the labels of the namespaces', () => {
    const term = {
      labelSelector: { matchLabels: { app: 'x' } },
      namespaceSelector: { matchLabels: { team: 'red' } },
      topologyKey: 'kubernetes.io/hostname',
    };
    const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const namespace = (team: string): never =>
      ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b', labels: { team } } }) as never;
    const cluster = new FakeCluster().nodes({ name: 'n1' });
    cluster.put(namespace('blue'));
    cluster.pods({ name: 'a', namespace: 'b', labels: { app: 'x' }, nodeName: 'n1' });
    cluster.pods({ name: 'p1', affinity: { podAntiAffinity } }).start().run();
    expect(cluster.rejections('p1')).toEqual({});
    cluster.put(namespace('red'));
    cluster.run().pods({ name: 'p2', affinity: { podAntiAffinity } }).run();
    expect(cluster.rejections('p2')).toEqual({ n1: notApart });
  });
});
