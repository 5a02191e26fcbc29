import { describe, expect, it } from 'vitest';
import { mergePatch, NAMESPACE, playedPair, type Actions } from '../../testing/controller-pairs';

const labels = { app: 'web' };
const containers = [{ name: 'main', image: 'app:1' }];

function budget(spec: object, name = 'b'): Actions[number] {
  return {
    apply: {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name },
      spec: { selector: { matchLabels: labels }, ...spec },
    },
  };
}

/** A bare pod that a kubelet runs. */
function pod(name: string): Actions {
  const metadata = { name, labels };
  return [
    { apply: { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, nodeName: 'n1' } } },
    { setPods: { name, phase: 'Running', ready: true } },
  ];
}

function workload(apiVersion: string, kind: string, spec: object): Actions[number] {
  const template = { metadata: { labels }, spec: { containers } };
  return {
    apply: {
      apiVersion,
      kind,
      metadata: { name: 'w' },
      spec: { selector: { matchLabels: labels }, template, ...spec },
    },
  };
}

function evict(name: string): Actions[number] {
  const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`;
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
  return { request: { method: 'POST', path, body } };
}

const PATH = `/apis/policy/v1/namespaces/${NAMESPACE}/poddisruptionbudgets/b`;
const ready: Actions[number] = { setPods: { phase0: 'Pending', phase: 'Running', ready: true } };

const pairs: [what: string, name: string, actions: Actions][] = [
  [
    'of bare pods counts those that there are',
    'bare-pods',
    [...pod('p1'), ...pod('p2'), budget({ minAvailable: 1 }), { snapshot: 'two pods' }],
  ],
  [
    'of a share of bare pods cannot be counted',
    'bare-pods-share',
    [...pod('p1'), budget({ maxUnavailable: '50%' }), { snapshot: 'uncounted' }],
  ],
  [
    'of a share asks the owner how many pods there should be',
    'stateful-set-share',
    [
      workload('apps/v1', 'StatefulSet', {
        replicas: 5,
        serviceName: 'w',
        podManagementPolicy: 'Parallel',
      }),
      budget({ maxUnavailable: '30%' }),
      { sleepMs: 500 },
      ready,
      { snapshot: 'five pods' },
    ],
  ],
  [
    'of pods of an owner without a scale cannot be counted',
    'job-share',
    [
      {
        apply: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'w' },
          spec: {
            parallelism: 2,
            template: { metadata: { labels }, spec: { restartPolicy: 'Never', containers } },
          },
        },
      },
      budget({ maxUnavailable: 1 }),
      { snapshot: 'uncounted' },
    ],
  ],
  [
    'is used up by an eviction until another pod is ready',
    'evicted',
    [
      workload('apps/v1', 'ReplicaSet', { replicas: 2 }),
      ...pod('orphan'),
      budget({ minAvailable: 1 }),
      { snapshot: 'adopted' },
      ready,
      { snapshot: 'ready' },
      evict('orphan'),
      { snapshot: 'evicted' },
      ready,
      { snapshot: 'made good' },
    ],
  ],
  [
    'follows a change of its own',
    'changed',
    [
      ...pod('p1'),
      ...pod('p2'),
      budget({ minAvailable: 2 }),
      { snapshot: 'both needed' },
      mergePatch(PATH, { spec: { minAvailable: 1 } }),
      { snapshot: 'one needed' },
      mergePatch(PATH, { spec: { minAvailable: null, maxUnavailable: 2 } }),
      { snapshot: 'none needed' },
    ],
  ],
  [
    'beside another of the same pods may be the one that is counted',
    'two-budgets',
    [
      budget({ minAvailable: 1 }),
      budget({ minAvailable: 1 }, 'b2'),
      ...pod('p1'),
      { snapshot: 'two' },
    ],
  ],
  [
    'forgets a disruption that never came after two minutes',
    'not-deleted',
    [
      ...pod('p1'),
      ...pod('p2'),
      budget({ minAvailable: 1 }),
      mergePatch(PATH + '/status', { status: { disruptedPods: { p1: '2026-01-01T00:00:05Z' } } }),
      { snapshot: 'expected' },
      { sleepMs: 150_000 },
      { snapshot: 'given up' },
    ],
  ],
];

describe('a disruption budget', () => {
  it.each(pairs)('%s', async (_, name, actions) => {
    const text = playedPair(actions, ['PodDisruptionBudget', 'Pod'], [{ name: 'n1' }]);
    await expect(text).toMatchFileSnapshot(`pairs/${name}.yaml`);
  });
});
