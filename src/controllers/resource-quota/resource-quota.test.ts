import { describe, expect, it } from 'vitest';
import { mergePatch, NAMESPACE, playedPair, type Actions } from '../../testing/controller-pairs';

const BASE = `/api/v1/namespaces/${NAMESPACE}`;
const PATH = `${BASE}/resourcequotas/q`;

function quota(spec: object, name = 'q'): Actions[number] {
  const metadata = { name };
  return { apply: { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec } };
}

function pod(name: string, spec: object = {}, resources: object = {}): Actions[number] {
  const containers = [{ name: 'main', image: 'app:1', resources }];
  const whole = { containers, schedulerName: 'nobody', ...spec };
  return { apply: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: whole } };
}

function remove(path: string): Actions[number] {
  return { request: { method: 'DELETE', path: BASE + path } };
}

const settle: Actions[number] = { sleepMs: 600 };

const pairs: [what: string, name: string, actions: Actions][] = [
  [
    'is charged for what is made and credited for what goes',
    'count',
    [
      quota({ hard: { pods: '2', 'requests.cpu': '1', 'count/configmaps': '3' } }),
      settle,
      { snapshot: 'empty' },
      pod('a', {}, { requests: { cpu: '250m' } }),
      pod('b', {}, { requests: { cpu: '500m' } }),
      { snapshot: 'two pods' },
      remove('/pods/a?gracePeriodSeconds=0'),
      settle,
      { snapshot: 'one pod' },
    ],
  ],
  [
    'lets go of the compute of a pod that has ended, but not of its object',
    'ended',
    [
      quota({ hard: { pods: '2', 'count/pods': '5', 'limits.memory': '1Gi' } }),
      settle,
      pod('a', {}, { limits: { memory: '256Mi' } }),
      { setPods: { name: 'a', phase: 'Succeeded', exitCode: 0 } },
      settle,
      { snapshot: 'ended' },
    ],
  ],
  [
    'counts only what is in its scope',
    'scopes',
    [
      quota({ hard: { pods: '5' }, scopes: ['BestEffort'] }, 'best-effort'),
      quota({ hard: { pods: '5' }, scopes: ['Terminating'] }, 'terminating'),
      settle,
      pod('a'),
      pod('b', {}, { requests: { cpu: '1m' } }),
      pod('c', { activeDeadlineSeconds: 60 }, { requests: { cpu: '1m' } }),
      { snapshot: 'three pods' },
    ],
  ],
  [
    'follows a change of its limits, below what is used too',
    'changed',
    [
      quota({ hard: { pods: '3' } }),
      settle,
      pod('a'),
      pod('b'),
      mergePatch(PATH, { spec: { hard: { pods: '1', services: '2' } } }),
      settle,
      { snapshot: 'lowered' },
    ],
  ],
  [
    'counts Services by what they take, and again when they change',
    'services',
    [
      quota({ hard: { services: '3', 'services.nodeports': '3', 'services.loadbalancers': '1' } }),
      settle,
      {
        apply: {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 's' },
          spec: { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: 'x' } },
        },
      },
      settle,
      { snapshot: 'balanced' },
      mergePatch(`${BASE}/services/s`, { spec: { type: 'ClusterIP' } }),
      settle,
      { snapshot: 'inside only' },
    ],
  ],
  [
    'counts claims by their class, and objects of other groups',
    'claims',
    [
      quota({
        hard: {
          'requests.storage': '10Gi',
          persistentvolumeclaims: '4',
          'fast.storageclass.storage.k8s.io/requests.storage': '5Gi',
          'count/deployments.apps': '2',
        },
      }),
      settle,
      ...['fast', 'slow'].map((storageClassName) => ({
        apply: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: storageClassName },
          spec: {
            storageClassName,
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '2Gi' } },
          },
        },
      })),
      { snapshot: 'two claims' },
    ],
  ],
];

describe('a quota', () => {
  it.each(pairs)('%s', async (_what, name, actions) => {
    const played = playedPair(actions, ['ResourceQuota']);
    await expect(played).toMatchFileSnapshot(`pairs/${name}.yaml`);
  });
});
