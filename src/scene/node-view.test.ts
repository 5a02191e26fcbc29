import { describe, expect, it, test } from 'vitest';
import type { Machine } from '../api/machine';
import type { Lease, Node, Pod } from '../api/types';
import { readinessOf, viewNode } from './node-view';

const node = {
  kind: 'Node',
  metadata: {
    name: 'n1',
    labels: { 'node-role.kubernetes.io/worker': '', 'topology.kubernetes.io/zone': 'zone-a' },
  },
  spec: {
    unschedulable: true,
    taints: [
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
      { key: 'dedicated', value: 'gpu', effect: 'NoExecute' },
    ],
  },
  status: {
    allocatable: { cpu: '3800m', memory: '7Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: 'True' }],
    images: [{ names: ['nginx:1.27'] }],
    nodeInfo: { containerRuntimeVersion: 'containerd://2.1', kubeletVersion: 'v1.36.0' },
  },
} as unknown as Node;

const machine = {
  metadata: { name: 'n1' },
  spec: { power: 'On', network: 'Cut', zone: 'zone-b', capacity: { cpu: '4', memory: '8Gi' } },
} as unknown as Machine;

const lease = { spec: { renewTime: '2026-01-01T00:00:07.000000Z' } } as Lease;

function pod(phase: string, ...requests: object[]): Pod {
  const containers = requests.map((each) => ({ resources: { requests: each } }));
  return { spec: { containers }, status: { phase } } as never;
}

test('a node shows its machine, its state, its heartbeat and what its pods ask for', () => {
  const pods = new Set([
    pod('Running', { cpu: '250m', memory: '128Mi' }, { cpu: '1' }),
    pod('Pending', { memory: '1Gi' }),
    pod('Running', {}),
    pod('Succeeded', { cpu: '2' }),
    pod('Failed', { cpu: '2' }),
  ]);
  expect(viewNode('n1', { node, machine, lease, pods })).toEqual({
    name: 'n1',
    machine: 'n1',
    power: 'On',
    network: 'Cut',
    registered: true,
    ready: 'Ready',
    roles: ['worker'],
    zone: 'zone-a',
    cordoned: true,
    taints: ['node.kubernetes.io/unschedulable:NoSchedule', 'dedicated=gpu:NoExecute'],
    cpu: { requested: 1250, allocatable: 3800 },
    memory: { requested: (1024 + 128) * 1024 * 1024, allocatable: 7 * 1024 ** 3 },
    podCount: 5,
    maxPods: 110,
    imageCount: 1,
    runtime: 'containerd://2.1',
    kubeletVersion: 'v1.36.0',
    heartbeatMs: Date.UTC(2026, 0, 1, 0, 0, 7),
  });
});

test('harm done to its machine shows, and what is short on it', () => {
  const harm = {
    disk: { filledPercent: 97 },
    programs: { kubelet: { state: 'Stopped' } },
    containers: { 'default/web/nginx': { kills: 1 } },
  };
  const conditions = [
    { type: 'Ready', status: 'True' },
    { type: 'DiskPressure', status: 'True' },
    { type: 'MemoryPressure', status: 'False' },
  ];
  const sources = {
    node: { ...node, status: { ...node.status, conditions } } as Node,
    machine: { ...machine, spec: { ...machine.spec, ...harm } } as Machine,
    lease,
    pods: new Set<Pod>(),
  };
  expect(viewNode('n1', sources)).toMatchObject({
    diskFilled: 97,
    pressures: ['DiskPressure'],
    programs: harm.programs,
    containers: harm.containers,
  });
});

test('a machine of which no kubelet has registered shows what it has', () => {
  const sources = { node: undefined, machine, lease: undefined, pods: new Set<Pod>() };
  expect(viewNode('n1', sources)).toMatchObject({
    machine: 'n1',
    registered: false,
    ready: 'NotReady',
    zone: 'zone-b',
    cpu: { requested: 0, allocatable: 4000 },
    memory: { requested: 0, allocatable: 8 * 1024 ** 3 },
    podCount: 0,
    heartbeatMs: 0,
  });
});

test('a node without a machine has no power and no cable', () => {
  const sources = { node, machine: undefined, lease, pods: new Set<Pod>() };
  expect(viewNode('n1', sources)).toMatchObject({ machine: '', power: '', network: '' });
});

describe('a node is', () => {
  it.each([
    ['Ready', [{ type: 'Ready', status: 'True' }]],
    ['NotReady', [{ type: 'Ready', status: 'False' }]],
    ['Unknown', [{ type: 'Ready', status: 'Unknown' }]],
    ['NotReady', [{ type: 'MemoryPressure', status: 'True' }]],
    ['NotReady', undefined],
  ])('%s with %j', (ready, conditions) => {
    expect(readinessOf({ ...node, status: { conditions } } as Node)).toBe(ready);
  });
});
