import { expect, test } from 'vitest';
import type { KubeObject } from '../api/object';
import { parseTime } from '../api/time';
import { definitionByKind } from './index';

const NOW = parseTime('2026-01-01T01:00:00Z');

function table(
  apiVersion: string,
  kind: string,
  fields: object,
): { names: string[]; cells: unknown[] } {
  const { columns = [] } = definitionByKind.get(`${apiVersion}/${kind}`)!;
  const metadata = { name: 'x', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' };
  const object = { apiVersion, kind, ...fields } as KubeObject;
  object.metadata = { ...metadata, ...(object.metadata as object) } as KubeObject['metadata'];
  return {
    names: columns.map(({ name, priority }) => (priority === 1 ? `(${name})` : name)),
    cells: columns.map(({ cell }) => cell(object, NOW)),
  };
}

const template = {
  spec: {
    containers: [
      { name: 'main', image: 'a:1' },
      { name: 'b', image: 'b:2' },
    ],
  },
};
const selector = { matchLabels: { app: 'web' } };
const address = (ip: string): object => ({ addresses: [ip] });

test.each<[string, string, object, string[], unknown[]]>([
  [
    'apps/v1',
    'Deployment',
    { spec: { replicas: 3, selector, template }, status: { readyReplicas: 1, updatedReplicas: 2 } },
    ['Name', 'Ready', 'Up-to-date', 'Available', 'Age', '(Containers)', '(Images)', '(Selector)'],
    ['x', '1/3', 2, 0, '60m', 'main,b', 'a:1,b:2', 'app=web'],
  ],
  [
    'apps/v1',
    'ReplicaSet',
    { spec: { replicas: 3, selector, template }, status: { replicas: 2, readyReplicas: 1 } },
    ['Name', 'Desired', 'Current', 'Ready', 'Age', '(Containers)', '(Images)', '(Selector)'],
    ['x', 3, 2, 1, '60m', 'main,b', 'a:1,b:2', 'app=web'],
  ],
  [
    'apps/v1',
    'DaemonSet',
    {
      spec: { selector, template },
      status: { desiredNumberScheduled: 3, currentNumberScheduled: 2, numberReady: 1 },
    },
    [
      'Name',
      'Desired',
      'Current',
      'Ready',
      'Up-to-date',
      'Available',
      'Node Selector',
      'Age',
      '(Containers)',
      '(Images)',
      '(Selector)',
    ],
    ['x', 3, 2, 1, 0, 0, '<none>', '60m', 'main,b', 'a:1,b:2', 'app=web'],
  ],
  [
    'v1',
    'Node',
    {
      metadata: {
        labels: { 'node-role.kubernetes.io/control-plane': '', 'kubernetes.io/role': 'infra' },
      },
      spec: { unschedulable: true },
      status: {
        conditions: [{ type: 'Ready', status: 'Unknown' }],
        addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
        nodeInfo: { kubeletVersion: 'v1.36.0' },
      },
    },
    [
      'Name',
      'Status',
      'Roles',
      'Age',
      'Version',
      '(Internal-IP)',
      '(External-IP)',
      '(OS-Image)',
      '(Kernel-Version)',
      '(Container-Runtime)',
    ],
    [
      'x',
      'NotReady,SchedulingDisabled',
      'control-plane,infra',
      '60m',
      'v1.36.0',
      '10.0.0.1',
      '<none>',
      '<unknown>',
      '<unknown>',
      '<unknown>',
    ],
  ],
  [
    'v1',
    'Service',
    {
      spec: {
        type: 'LoadBalancer',
        clusterIPs: ['10.96.1.1'],
        selector: { b: '2', a: '1' },
        ports: [
          { port: 80, nodePort: 30001, protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
      },
      status: { loadBalancer: {} },
    },
    ['Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', '(Selector)'],
    ['x', 'LoadBalancer', '10.96.1.1', '<pending>', '80:30001/TCP,53/UDP', '60m', 'a=1,b=2'],
  ],
  [
    'v1',
    'Endpoints',
    {
      subsets: [
        { addresses: [{ ip: '1.1.1.1' }, { ip: '1.1.1.2' }], ports: [{ port: 80 }, { port: 81 }] },
      ],
    },
    ['Name', 'Endpoints', 'Age'],
    ['x', '1.1.1.1:80,1.1.1.2:80,1.1.1.1:81 + 1 more...', '60m'],
  ],
  [
    'discovery.k8s.io/v1',
    'EndpointSlice',
    {
      addressType: 'IPv4',
      ports: [{ port: 80 }, { port: 81 }],
      endpoints: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'].map(address),
    },
    ['Name', 'AddressType', 'Ports', 'Endpoints', 'Age'],
    ['x', 'IPv4', '80,81', '1.1.1.1,1.1.1.2,1.1.1.3 + 1 more...', '60m'],
  ],
  [
    'v1',
    'Event',
    {
      involvedObject: { kind: 'Pod', name: 'web-1', fieldPath: 'spec.containers{main}' },
      type: 'Normal',
      reason: 'Pulled',
      message: ' done\n',
      source: { component: 'kubelet', host: 'n1' },
      firstTimestamp: '2026-01-01T00:30:00Z',
      lastTimestamp: '2026-01-01T00:59:00Z',
      count: 4,
    },
    [
      'Last Seen',
      'Type',
      'Reason',
      'Object',
      '(Subobject)',
      '(Source)',
      'Message',
      '(First Seen)',
      '(Count)',
      '(Name)',
    ],
    [
      '60s',
      'Normal',
      'Pulled',
      'pod/web-1',
      'spec.containers{main}',
      'kubelet, n1',
      'done',
      '30m',
      4,
      'x',
    ],
  ],
  [
    'v1',
    'Namespace',
    { status: { phase: 'Active' } },
    ['Name', 'Status', 'Age'],
    ['x', 'Active', '60m'],
  ],
  [
    'v1',
    'ConfigMap',
    { data: { a: '1' }, binaryData: { b: '' } },
    ['Name', 'Data', 'Age'],
    ['x', 2, '60m'],
  ],
  ['v1', 'Secret', { type: 'Opaque' }, ['Name', 'Type', 'Data', 'Age'], ['x', 'Opaque', 0, '60m']],
  ['v1', 'ServiceAccount', {}, ['Name', 'Secrets', 'Age'], ['x', 0, '60m']],
  [
    'coordination.k8s.io/v1',
    'Lease',
    { spec: { holderIdentity: 'n1' } },
    ['Name', 'Holder', 'Age'],
    ['x', 'n1', '60m'],
  ],
  [
    'scheduling.k8s.io/v1',
    'PriorityClass',
    { value: 10, preemptionPolicy: 'Never' },
    ['Name', 'Value', 'Global-Default', 'Age', '(PreemptionPolicy)'],
    ['x', 10, false, '60m', 'Never'],
  ],
])('%s %s', (apiVersion, kind, fields, names, cells) => {
  expect(table(apiVersion, kind, fields)).toEqual({ names, cells });
});
