import { expect, test } from 'vitest';
import type { PodStatus } from '../../../api/types';
import { parseTime } from '../../../api/time';
import { podColumns } from './pod-columns';
import { storedPod } from './pod-fixture';

const NOW = parseTime('2026-01-01T01:00:00Z');
const image = { image: '', imageID: '' };

type Spec = Parameters<typeof storedPod>[0];

function row(status: Partial<PodStatus>, spec: Spec = {}, deleted = false): unknown[] {
  const pod = storedPod(spec, status);
  if (deleted) pod.metadata.deletionTimestamp = '2026-01-01T00:59:00Z';
  return podColumns.map(({ cell }) => cell(pod, NOW));
}

const container = (state: object, more: object = {}): object => ({
  name: 'main',
  ready: false,
  restartCount: 0,
  state,
  ...image,
  ...more,
});
const statuses = (...list: object[]): Partial<PodStatus> =>
  ({ containerStatuses: list }) as Partial<PodStatus>;
const inits = (...list: object[]): Partial<PodStatus> =>
  ({ phase: 'Pending', initContainerStatuses: list }) as Partial<PodStatus>;
const twoInits: Spec = {
  initContainers: [
    { name: 'i1', image: 'a' },
    { name: 'i2', image: 'b' },
  ],
};

test('a running pod shows where it is', () => {
  const running = {
    ...statuses(container({ running: {} }, { ready: true })),
    podIP: '10.244.1.2',
    podIPs: [{ ip: '10.244.1.2' }],
  };
  expect(row(running, { nodeName: 'n1' })).toEqual([
    'web',
    '1/1',
    'Running',
    '0',
    '60m',
    '10.244.1.2',
    'n1',
    '<none>',
    '<none>',
  ]);
});

test.each<[string, Partial<PodStatus>, Spec, string, string]>([
  ['Pending', { phase: 'Pending' }, {}, '0/1', 'Pending'],
  ['a status reason', { phase: 'Failed', reason: 'Evicted' }, {}, '0/1', 'Evicted'],
  [
    'a waiting container',
    statuses(container({ waiting: { reason: 'CrashLoopBackOff' } })),
    {},
    '0/1',
    'CrashLoopBackOff',
  ],
  [
    'an ended container',
    statuses(container({ terminated: { exitCode: 0, reason: 'Completed' } })),
    {},
    '0/1',
    'Completed',
  ],
  [
    'a signal',
    statuses(container({ terminated: { exitCode: 137, signal: 9 } })),
    {},
    '0/1',
    'Signal:9',
  ],
  ['an exit code', statuses(container({ terminated: { exitCode: 3 } })), {}, '0/1', 'ExitCode:3'],
  ['the first init step', inits(container({ running: {} })), twoInits, '0/1', 'Init:0/2'],
  [
    'a failed init container',
    inits(container({ terminated: { exitCode: 2, reason: 'Error' } })),
    twoInits,
    '0/1',
    'Init:Error',
  ],
  [
    'an init container without reason',
    inits(container({ terminated: { exitCode: 2 } })),
    twoInits,
    '0/1',
    'Init:ExitCode:2',
  ],
  [
    'a crashing init container',
    inits(container({ waiting: { reason: 'CrashLoopBackOff' } })),
    twoInits,
    '0/1',
    'Init:CrashLoopBackOff',
  ],
  [
    'a gated pod',
    {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
    },
    {},
    '0/1',
    'SchedulingGated',
  ],
])('shows %s', (_what, status, spec, ready, reason) => {
  expect(row(status, spec).slice(1, 3)).toEqual([ready, reason]);
});

test('a sidecar counts as a container', () => {
  const sidecar: Spec = {
    initContainers: [{ name: 'proxy', image: 'a', restartPolicy: 'Always' }],
  };
  const status = {
    ...statuses(container({ running: {} }, { ready: true })),
    initContainerStatuses: [
      container({ running: {} }, { name: 'proxy', ready: true, started: true }),
    ],
  } as Partial<PodStatus>;
  expect(row(status, sidecar).slice(1, 3)).toEqual(['2/2', 'Running']);
});

test('a pod being deleted is Terminating, unless it is done or its node is lost', () => {
  expect(row({}, {}, true)[2]).toBe('Terminating');
  expect(row({ phase: 'Succeeded' }, {}, true)[2]).toBe('Succeeded');
  expect(row({ reason: 'NodeLost' }, {}, true)[2]).toBe('Unknown');
});

test('restarts tell when the last one was', () => {
  const lastState = { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:55:00Z' } };
  const status = statuses(container({ running: {} }, { ready: true, restartCount: 3, lastState }));
  expect(row(status)[3]).toBe('3 (5m ago)');
});
