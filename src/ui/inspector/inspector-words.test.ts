import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../api/object';
import type { Pod } from '../../api/types';
import type { SceneNode, ScenePod } from '../../scene/scene';
import { cleanYaml } from './clean-yaml';
import { componentWords } from './component-words';
import { containerRows } from './container-rows';
import { phaseWords } from './phase-words';
import { summaryRows } from './summary-rows';

const metadata = {
  name: 'web-1',
  namespace: 'default',
  uid: 'u',
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
  labels: { app: 'web' },
  ownerReferences: [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'r', controller: true },
  ],
};

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: {
    nodeName: 'n1',
    containers: [
      { name: 'nginx', image: 'nginx:1.27', resources: { requests: { cpu: '1', memory: '2Gi' } } },
      { name: 'side', image: 'nope' },
    ],
    initContainers: [{ name: 'setup', image: 'busybox' }],
  },
  status: {
    phase: 'Running',
    podIP: '10.0.0.1',
    containerStatuses: [
      { name: 'nginx', ready: true, restartCount: 1, state: { running: {} } },
      {
        name: 'side',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off' } },
      },
    ],
    initContainerStatuses: [
      { name: 'setup', ready: true, state: { terminated: { reason: 'Completed', exitCode: 0 } } },
    ],
  },
} as unknown as Pod;

/** 'Node: n1', 'Labels: a, b'. */
function rows(object: object): string[] {
  return summaryRows(object as KubeObject).map(({ label, value }) => {
    return `${label}: ${value.kind === 'chips' ? value.chips.join(', ') : value.text}`;
  });
}

describe('the inspector', () => {
  it('sums a pod up', () => {
    expect(rows(pod)).toEqual([
      'Node: n1',
      'Pod IP: 10.0.0.1',
      'Phase: Running',
      'Controlled by: ReplicaSet web',
      'Labels: app=web',
      'Created: Jan 1, 2026, 00:00:00 UTC',
    ]);
    expect(containerRows(pod)).toEqual([
      {
        name: 'setup',
        image: 'busybox',
        state: 'Completed, exit code 0',
        tone: 'quiet',
        message: '',
        ready: true,
        restarts: 0,
        requests: '',
        isInit: true,
      },
      {
        name: 'nginx',
        image: 'nginx:1.27',
        state: 'running',
        tone: 'good',
        message: '',
        ready: true,
        restarts: 1,
        requests: '1 CPU, 2Gi',
        isInit: false,
      },
      {
        name: 'side',
        image: 'nope',
        state: 'ImagePullBackOff',
        tone: 'bad',
        message: 'Back-off',
        ready: false,
        restarts: 0,
        requests: '',
        isInit: false,
      },
    ]);
  });

  it.each([
    [
      'Deployment',
      {
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: 'web' } },
          strategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
          },
          template: { spec: { containers: [{ image: 'nginx:1.27' }] } },
        },
        status: { replicas: 4, updatedReplicas: 1, readyReplicas: 3 },
      },
      [
        'Replicas: 3 wanted, 4 made',
        'Updated: 1',
        'Ready: 3',
        'Available: 0',
        'Strategy: RollingUpdate, surge 25%, unavailable 0',
        'Images: nginx:1.27',
        'Selector: app=web',
      ],
    ],
    [
      'Service',
      {
        spec: {
          type: 'NodePort',
          clusterIP: 'None',
          selector: { app: 'web' },
          ports: [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }],
        },
      },
      [
        'Type: NodePort',
        'Cluster IP: None (headless)',
        'Ports: 80:30080 → 8080/TCP',
        'Selector: app=web',
      ],
    ],
    [
      'Node',
      {
        spec: {
          podCIDR: '10.1.0.0/24',
          unschedulable: true,
          taints: [{ key: 'a', effect: 'NoSchedule' }],
        },
        status: { allocatable: { cpu: '2', memory: '4Gi', pods: '110' } },
      },
      [
        'Allocatable: 2 CPU, 4Gi memory',
        'Pods at most: 110',
        'Pod CIDR: 10.1.0.0/24',
        'Taints: a:NoSchedule',
        'Scheduling: cordoned: takes no new pods',
      ],
    ],
    ['ConfigMap', { data: { a: '1', b: '2' } }, ['Data: a, b']],
  ])('sums a %s up', (kind, parts, expected) => {
    const { name, creationTimestamp } = metadata;
    const object = { apiVersion: 'v1', kind, metadata: { name, creationTimestamp }, ...parts };
    expect(rows(object)).toEqual([...expected, 'Created: Jan 1, 2026, 00:00:00 UTC']);
  });

  it.each([
    ['a waiting pod', { pod: { look: 'pending', createdMs: 0 } as ScenePod }, 'Pending for 2m'],
    ['a pod with a reason', { pod: { look: 'crashLoop', reason: 'Error' } as ScenePod }, 'Error'],
    [
      'a silent node',
      {
        node: {
          registered: true,
          ready: 'Unknown',
          power: 'Off',
          heartbeatMs: 66_000,
        } as SceneNode,
      },
      'NotReady, no power, last heard 54s ago',
    ],
    [
      'a cordoned node',
      { node: { registered: true, ready: 'Ready', cordoned: true } as SceneNode },
      'Ready, cordoned',
    ],
    ['a machine that has not joined', { node: { registered: false } as SceneNode }, 'no Node yet'],
    ['anything else', {}, ''],
  ])('says how %s is', (_what, context, words) => {
    expect(phaseWords(undefined, { nowMs: 120_000, ...context })).toBe(words);
  });

  it('writes YAML without managed fields, in the order people expect', () => {
    const object = {
      status: { ready: true },
      spec: { args: ['a'], mode: '0644' },
      metadata: { name: 'x', managedFields: [{ manager: 'kubectl' }] },
      kind: 'Thing',
      apiVersion: 'x/v1',
    };
    expect(cleanYaml(object as unknown as KubeObject)).toBe(
      'apiVersion: x/v1\nkind: Thing\nmetadata:\n  name: x\nspec:\n  args:\n    - a\n' +
        '  mode: "0644"\nstatus:\n  ready: true\n',
    );
  });

  it('knows what the programs of a cluster do', () => {
    expect(componentWords('kubelet-n1')).toBe(componentWords('kubelet'));
    expect(componentWords('kube-proxy-n2')?.does).toContain('Service');
    expect(componentWords('something')).toBe(undefined);
  });
});
