// What becomes of claims and of the pods that use them; `npx vitest run
// src/controllers/resourceclaim
// -u` writes the pairs anew.
import { describe, expect, it } from 'vitest';
import { mergePatch, NAMESPACE, playedPair, type Actions } from '../../testing/controller-pairs';

const RESOURCE = 'resource.k8s.io/v1';
const DRIVER = 'gpu.example.com';
const CLAIMS = `/apis/${RESOURCE}/namespaces/${NAMESPACE}/resourceclaims`;
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
const NODES = [{ name: 'n1' }];

const devices = { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu' } }] };
const pool = { name: 'n1', generation: 1, resourceSliceCount: 1 };
const DEVICES: Actions[number] = {
  apply: [
    { apiVersion: RESOURCE, kind: 'DeviceClass', metadata: { name: 'gpu' }, spec: {} },
    {
      apiVersion: RESOURCE,
      kind: 'ResourceSlice',
      metadata: { name: 'n1-gpus' },
      spec: { driver: DRIVER, nodeName: 'n1', pool, devices: [{ name: 'gpu-0' }] },
    },
  ],
};
const TEMPLATE: Actions[number] = {
  apply: {
    apiVersion: RESOURCE,
    kind: 'ResourceClaimTemplate',
    metadata: { name: 'one-gpu' },
    spec: { metadata: { labels: { app: 'a' }, annotations: { note: 'b' } }, spec: { devices } },
  },
};
const CLAIM: Actions[number] = {
  apply: {
    apiVersion: RESOURCE,
    kind: 'ResourceClaim',
    metadata: { name: 'own' },
    spec: { devices },
  },
};

function pod(name: string, source: object, more: object = {}): Actions[number] {
  const containers = [{ name: 'main', image: 'app:1', resources: { claims: [{ name: 'gpu' }] } }];
  const resourceClaims = [{ name: 'gpu', ...source }];
  const spec = { containers, resourceClaims, ...more };
  return { apply: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec } };
}

const MADE = { resourceClaimTemplateName: 'one-gpu' };
const OWN = { resourceClaimName: 'own' };
const remove = (path: string): Actions[number] => ({ request: { method: 'DELETE', path } });

const pairs: [what: string, name: string, actions: Actions][] = [
  [
    'is made from its template, told to the pod and given devices',
    'made',
    [DEVICES, TEMPLATE, { kubelet: 'run' }, pod('p', MADE), { snapshot: 'made' }],
  ],
  [
    'is made once its template is there',
    'template-late',
    [
      DEVICES,
      pod('p', MADE),
      { snapshot: 'none' },
      TEMPLATE,
      { sleepMs: 5_000 },
      { snapshot: 'made' },
    ],
  ],
  [
    'that a quota forbids is tried again',
    'quota',
    [
      DEVICES,
      TEMPLATE,
      {
        apply: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'none' },
          spec: { hard: { 'count/resourceclaims.resource.k8s.io': '0' } },
        },
      },
      { sleepMs: 2_000 },
      pod('p', MADE),
      { snapshot: 'forbidden' },
    ],
  ],
  [
    'that was made goes when its pod is done, and the pod keeps its name',
    'done',
    [
      DEVICES,
      TEMPLATE,
      { kubelet: 'run' },
      pod('p', MADE, { restartPolicy: 'Never' }),
      { sleepMs: 3_000 },
      { setPods: { phase: 'Succeeded' } },
      { snapshot: 'done' },
    ],
  ],
  [
    'that was made goes with its pod',
    'deleted-pod',
    [
      DEVICES,
      TEMPLATE,
      { kubelet: 'run' },
      pod('p', MADE),
      { sleepMs: 3_000 },
      remove(`${PODS}/p`),
      { sleepMs: 3_000 },
      { snapshot: 'gone' },
    ],
  ],
  [
    'that pods share is free when the last of them is done',
    'shared',
    [
      DEVICES,
      CLAIM,
      { kubelet: 'run' },
      pod('p', OWN, { restartPolicy: 'Never' }),
      pod('q', OWN, { restartPolicy: 'Never' }),
      { snapshot: 'both' },
      { setPods: { name: 'p', phase: 'Succeeded' } },
      { snapshot: 'one' },
      { setPods: { name: 'q', phase: 'Failed' } },
      { snapshot: 'none' },
    ],
  ],
  [
    'that is used is deleted when it is not any more',
    'protected',
    [
      DEVICES,
      CLAIM,
      { kubelet: 'run' },
      pod('p', OWN, { restartPolicy: 'Never' }),
      { sleepMs: 3_000 },
      remove(`${CLAIMS}/own`),
      { snapshot: 'used' },
      { setPods: { phase: 'Succeeded' } },
      { snapshot: 'gone' },
    ],
  ],
  [
    'that has devices is reserved for a pod that nobody scheduled',
    'unscheduled',
    [
      CLAIM,
      mergePatch(`${CLAIMS}/own/status`, {
        status: {
          allocation: {
            devices: { results: [{ request: 'gpu', driver: DRIVER, pool: 'n1', device: 'x' }] },
          },
        },
      }),
      pod('p', OWN, { nodeName: 'n1' }),
      { snapshot: 'reserved' },
    ],
  ],
  [
    'that was made and deleted is made again',
    'again',
    [TEMPLATE, pod('p', MADE), { sleepMs: 2_000 }, remove(CLAIMS), { snapshot: 'again' }],
  ],
  [
    'is freed from a pod that does not exist',
    'stale',
    [
      CLAIM,
      mergePatch(`${CLAIMS}/own`, {
        metadata: { finalizers: ['resource.kubernetes.io/delete-protection'] },
      }),
      mergePatch(`${CLAIMS}/own/status`, {
        status: {
          allocation: {
            devices: { results: [{ request: 'gpu', driver: DRIVER, pool: 'n1', device: 'x' }] },
          },
          reservedFor: [{ resource: 'pods', name: 'nobody', uid: 'none' }],
        },
      }),
      { snapshot: 'freed' },
    ],
  ],
];

describe('a claim for devices', () => {
  it.each(pairs)('%s', async (_, name, actions) => {
    const text = playedPair(actions, ['ResourceClaim', 'Pod'], NODES);
    await expect(text).toMatchFileSnapshot(`pairs/${name}.yaml`);
  });
});
