import { describe, expect, it, test } from 'vitest';
import type { Container, ContainerStatus, Pod, PodStatus } from '../api/types';
import { lookOf, ownerKey, viewPod } from './pod-view';
import type { SceneOwner } from './scene';

const NODE = { nodeName: 'n1' };
const READY = { type: 'Ready', status: 'True' } as const;

function pod(status: Partial<PodStatus>, extra: { spec?: object; metadata?: object } = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-7d9f-abcde',
      namespace: 'default',
      uid: 'u1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...extra.metadata,
    },
    spec: { containers: [{ name: 'main', image: 'app:1' }], ...extra.spec },
    status: { phase: 'Pending', ...status },
  } as Pod;
}

function status(name: string, rest: Partial<ContainerStatus>): ContainerStatus {
  return { name, image: 'app:1', imageID: '', ready: false, restartCount: 0, ...rest };
}

const waiting = (reason: string): ContainerStatus =>
  status('main', { state: { waiting: { reason } } });
const ended = (exitCode: number): ContainerStatus =>
  status('main', { state: { terminated: { exitCode } } });
const deleted = { deletionTimestamp: '2026-01-01T00:01:00Z' };

describe('a pod looks', () => {
  it.each<[string, string, Pod]>([
    ['pending', 'that has no node', pod({})],
    ['creating', 'that has a node and nothing more', pod({}, { spec: NODE })],
    [
      'creating',
      'whose image is pulled',
      pod({ containerStatuses: [waiting('ContainerCreating')] }, { spec: NODE }),
    ],
    ['notReady', 'that runs and is not ready', pod({ phase: 'Running' }, { spec: NODE })],
    ['running', 'that is ready', pod({ phase: 'Running', conditions: [READY] }, { spec: NODE })],
    [
      'terminating',
      'that is being deleted, ready or not',
      pod({ phase: 'Running', conditions: [READY] }, { spec: NODE, metadata: deleted }),
    ],
    ['terminating', 'deleted before it had a node', pod({}, { metadata: deleted })],
    [
      'crashLoop',
      'that waits after a crash',
      pod({ phase: 'Running', containerStatuses: [waiting('CrashLoopBackOff')] }, { spec: NODE }),
    ],
    ...['ErrImagePull', 'ImagePullBackOff', 'CreateContainerConfigError', 'InvalidImageName'].map(
      (reason): [string, string, Pod] => [
        'failed',
        `that waits for ${reason}`,
        pod({ containerStatuses: [waiting(reason)] }, { spec: NODE }),
      ],
    ),
    [
      'crashLoop',
      'whose init container crashes',
      pod({ initContainerStatuses: [waiting('CrashLoopBackOff')] }, { spec: NODE }),
    ],
    ['succeeded', 'that is done', pod({ phase: 'Succeeded' }, { spec: NODE })],
    [
      'terminating',
      'that ended well because it was asked to',
      pod({ phase: 'Succeeded' }, { spec: NODE, metadata: deleted }),
    ],
    ['failed', 'that has failed', pod({ phase: 'Failed' }, { spec: NODE })],
  ])('%s %s', (look, _who, object) => {
    expect(lookOf(object, false)).toBe(look);
  });

  it.each<[string, string, Pod]>([
    ['unknown', 'that ran', pod({ phase: 'Running', conditions: [READY] }, { spec: NODE })],
    ['unknown', 'that is being deleted', pod({}, { spec: NODE, metadata: deleted })],
    ['succeeded', 'that is done', pod({ phase: 'Succeeded' }, { spec: NODE })],
    ['failed', 'that has failed', pod({ phase: 'Failed' }, { spec: NODE })],
  ])('%s on a node not heard of, %s', (look, _who, object) => {
    expect(lookOf(object, true)).toBe(look);
  });
});

test('the view of a pod says all that its tile shows', () => {
  const owner: SceneOwner = { kind: 'Deployment', name: 'web', hue: 1, current: true };
  const containers: Container[] = [
    { name: 'main', image: 'app:1' },
    { name: 'side', image: 'app:1' },
  ] as Container[];
  const containerStatuses = [
    status('main', { state: { running: {} }, ready: true, restartCount: 2 }),
    status('side', { state: { waiting: { reason: 'CrashLoopBackOff' } }, restartCount: 3 }),
  ];
  const object = pod(
    { phase: 'Running', podIP: '10.244.1.2', containerStatuses },
    { spec: { ...NODE, containers } },
  );
  expect(viewPod(object, owner, false)).toEqual({
    key: 'default/web-7d9f-abcde',
    uid: 'u1',
    namespace: 'default',
    name: 'web-7d9f-abcde',
    title: ['web', '-abcde'],
    node: 'n1',
    look: 'crashLoop',
    ready: 1,
    total: 2,
    containers: ['running', 'waiting'],
    restarts: 5,
    createdMs: Date.UTC(2026, 0, 1),
    mirror: false,
    owner,
    reason: 'CrashLoopBackOff',
    ip: '10.244.1.2',
  });
});

describe('the title of a pod', () => {
  const owned = (kind: string, name: string): SceneOwner => ({ kind, name, hue: 1, current: true });
  it.each<[string, SceneOwner | undefined, [string, string]]>([
    ['web-7d9f-abcde', owned('Deployment', 'web'), ['web', '-abcde']],
    ['kube-proxy-x2x4z', owned('DaemonSet', 'kube-proxy'), ['kube-proxy', '-x2x4z']],
    ['etcd-m1', owned('Node', 'm1'), ['etcd', '']],
    ['my-lonely-pod', undefined, ['my-lonely-pod', '']],
    ['plain', owned('ReplicaSet', 'other'), ['plain', '']],
    ['adopted-by-name', owned('ReplicaSet', 'other'), ['adopted-by', '-name']],
  ])('%s', (name, owner, title) => {
    expect(viewPod(pod({}, { metadata: { name } }), owner, false).title).toEqual(title);
  });
});

describe('a container looks', () => {
  const spec = {
    initContainers: [
      { name: 'first', image: 'app:1' },
      { name: 'proxy', image: 'app:1', restartPolicy: 'Always' },
    ],
  };
  it.each<[string, Partial<PodStatus>, string[]]>([
    ['nothing is known of it', {}, ['initWaiting', 'waiting', 'waiting']],
    [
      'the first init container is done and the sidecar runs',
      {
        initContainerStatuses: [
          status('first', { state: { terminated: { exitCode: 0 } } }),
          status('proxy', { state: { running: {} } }),
        ],
        containerStatuses: [waiting('PodInitializing')],
      },
      ['initDone', 'sidecar', 'waiting'],
    ],
    [
      'an init container has failed',
      { initContainerStatuses: [status('first', { state: { terminated: { exitCode: 1 } } })] },
      ['initWaiting', 'waiting', 'waiting'],
    ],
    ['it is done', { containerStatuses: [ended(0)] }, ['initWaiting', 'waiting', 'done']],
    ['it has failed', { containerStatuses: [ended(2)] }, ['initWaiting', 'waiting', 'error']],
    [
      'it waits after a crash',
      {
        containerStatuses: [
          status('main', {
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1 } },
          }),
        ],
      },
      ['initWaiting', 'waiting', 'error'],
    ],
  ])('when %s', (_when, podStatus, looks) => {
    expect(viewPod(pod(podStatus, { spec }), undefined, false).containers).toEqual(looks);
  });
});

describe('the one word for a pod in trouble', () => {
  it.each<[string | undefined, Partial<PodStatus>]>([
    [undefined, { phase: 'Running' }],
    [undefined, { containerStatuses: [waiting('ContainerCreating')] }],
    ['ImagePullBackOff', { containerStatuses: [waiting('ImagePullBackOff')] }],
    ['Evicted', { phase: 'Failed', reason: 'Evicted' }],
    [
      'Unschedulable',
      { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] },
    ],
    ['CrashLoopBackOff', { initContainerStatuses: [waiting('CrashLoopBackOff')] }],
  ])('%s', (reason, podStatus) => {
    expect(viewPod(pod(podStatus), undefined, false).reason).toBe(reason);
  });
});

test('a mirror of a static pod is told as one', () => {
  const annotations = { 'kubernetes.io/config.mirror': 'hash' };
  expect(viewPod(pod({}, { metadata: { annotations } }), undefined, false).mirror).toBe(true);
});

test('the owner of a pod is named by kind, namespace and name', () => {
  const ownerReferences = [{ kind: 'ReplicaSet', name: 'web-7d9f', controller: true, uid: 'r1' }];
  expect(ownerKey(pod({}, { metadata: { ownerReferences } }))).toBe('ReplicaSet/default/web-7d9f');
  expect(ownerKey(pod({}))).toBe('');
});
