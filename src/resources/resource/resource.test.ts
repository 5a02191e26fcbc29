// What the server says of claims, classes and slices of devices that are not in order. The tables
// are fixtures; `npx vitest run src/resources/resource -u` writes them anew.
import { expect, test } from 'vitest';
import type { ResourceRef } from '../../api/resource-ref';
import { namespaces } from '../../api/resource-ref';
import {
  deviceClasses,
  resourceClaims,
  resourceClaimTemplates,
  resourceSlices,
} from '../../api/extension-refs';
import { createWholeCluster } from '../../cluster/whole-cluster';
import { complaints, complaintsText } from '../../testing/complaints';
import { resourceClaimDefinition } from './resourceclaims';

const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
cluster.clock.runFor(5_000);
const { client } = cluster;

const create = (ref: ResourceRef, spec: object, namespace = 'default', name = 'tried') =>
  complaints(() => {
    const metadata = ref.namespaced ? { name, namespace } : { name };
    client.create(ref as never, { metadata, spec } as never);
    client.delete(ref, ref.namespaced ? namespace : '', name);
  });

const exactly = (more: object): object => ({
  devices: {
    requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.com', ...more } }],
  },
});
const cel = (expression: string): object => ({ selectors: [{ cel: { expression } }] });
const claimOf = (more: object): object => ({ devices: { requests: [GPU], ...more } });
const GPU = { name: 'gpu', exactly: { deviceClassName: 'gpu.example.com' } };
const OPAQUE = { driver: 'gpu.example.com', parameters: { a: 1 } };

const claims: Record<string, object> = {
  'nothing at all': {},
  'one request': claimOf({}),
  'no way to ask': { devices: { requests: [{ name: 'gpu' }] } },
  'both ways': { devices: { requests: [{ ...GPU, firstAvailable: [{ name: 'a' }] }] } },
  'bad and double names': { devices: { requests: [GPU, GPU, { ...GPU, name: 'Gpu_1' }] } },
  'no class': { devices: { requests: [{ name: 'gpu', exactly: {} }] } },
  'bad class': exactly({ deviceClassName: 'Gpu' }),
  'all and a count': exactly({ allocationMode: 'All', count: 2 }),
  'a count below zero': exactly({ count: -1 }),
  'an unknown mode': exactly({ allocationMode: 'Some' }),
  'an expression that is none': exactly(cel('?!')),
  'an expression that is no condition': exactly(cel('1')),
  'an expression that asks nothing': exactly(cel('')),
  'an unknown variable': exactly(cel('devices.driver == "a"')),
  'a selector of no kind': exactly({ selectors: [{}] }),
  tolerations: exactly({
    tolerations: [
      { key: 'a', operator: 'Exists', value: 'b' },
      { key: '_', effect: 'Never' },
      { operator: 'In' },
    ],
  }),
  alternatives: {
    devices: {
      requests: [
        { name: 'gpu', firstAvailable: [{ name: 'big' }, { name: 'big', deviceClassName: 'b' }] },
      ],
    },
  },
  'too many alternatives': {
    devices: {
      requests: [
        {
          name: 'gpu',
          firstAvailable: Array.from({ length: 9 }, (_, n) => ({
            name: `n${n}`,
            deviceClassName: 'gpu',
          })),
        },
      ],
    },
  },
  constraints: claimOf({
    constraints: [
      {},
      { matchAttribute: 'model' },
      { requests: ['cpu', 'gpu/big', 'a/b/c'], matchAttribute: '/x' },
      { requests: ['gpu', 'gpu'], distinctAttribute: 'gpu.example.com/1' },
    ],
  }),
  configuration: claimOf({
    config: [
      {},
      { requests: ['cpu'], opaque: OPAQUE },
      { opaque: { parameters: 'text' } },
      { opaque: { driver: '-' } },
    ],
  }),
  'admin access': exactly({ adminAccess: true }),
};

test('claims', async () => {
  const text = complaintsText(claims, (spec) => create(resourceClaims, spec));
  await expect(text).toMatchFileSnapshot('fixtures/claims.txt');
});

test('templates are checked as claims are, and what they say of metadata', async () => {
  const text = complaintsText(
    {
      good: { spec: claimOf({}) },
      bad: { spec: exactly({ count: -1 }) },
      metadata: { metadata: { labels: { 'a b': 'c d' }, annotations: { 'a b': '' } }, spec: {} },
      'admin access': { spec: exactly({ adminAccess: true }) },
    },
    (spec) => create(resourceClaimTemplates, spec),
  );
  await expect(text).toMatchFileSnapshot('fixtures/templates.txt');
});

test('admin access is for namespaces that have the label', () => {
  const labels = { 'resource.kubernetes.io/admin-access': 'true' };
  client.create(namespaces, { metadata: { name: 'admins', labels }, spec: {} } as never);
  expect(create(resourceClaims, exactly({ adminAccess: true }), 'admins')).toEqual([]);
});

test('classes', async () => {
  const text = complaintsText(
    {
      good: { ...cel('device.driver == "gpu.example.com"'), config: [{ opaque: OPAQUE }] },
      bad: { ...cel('device.drivers == "a"'), config: [{}] },
      'a standard resource': { extendedResourceName: 'cpu' },
      'a resource': { extendedResourceName: 'example.com/gpu' },
    },
    (spec) => create(deviceClasses, spec, ''),
  );
  await expect(text).toMatchFileSnapshot('fixtures/classes.txt');
});

const POOL = { name: 'n1', generation: 1, resourceSliceCount: 1 };
const slice = (more: object): object => ({
  driver: 'gpu.example.com',
  nodeName: 'n1',
  pool: POOL,
  ...more,
});
const device = (more: object): object => slice({ devices: [{ name: 'gpu-0', ...more }] });
const shared = (requestPolicy: object): object =>
  device({
    allowMultipleAllocations: true,
    capacity: { memory: { value: '40Gi', requestPolicy } },
  });

const slices: Record<string, object> = {
  'nothing at all': {},
  good: device({ attributes: { model: { string: 'a' } }, capacity: { memory: { value: '1Gi' } } }),
  pool: slice({ pool: { name: 'A/b', generation: -1, resourceSliceCount: 0 } }),
  'two places': slice({ allNodes: true }),
  'no place': slice({ nodeName: undefined }),
  'places that are not': slice({ nodeName: '', allNodes: false, perDeviceNodeSelection: false }),
  'two terms': slice({
    nodeName: undefined,
    nodeSelector: { nodeSelectorTerms: [{}, {}] },
  }),
  'device names': slice({ devices: [{ name: 'a' }, { name: 'a' }, { name: 'A' }] }),
  attributes: device({
    attributes: {
      none: {},
      two: { int: 1, bool: true },
      'a.b/c d': { int: 1 },
      '/x': { int: 1 },
      'y/': { int: 1 },
      '1': { int: 1 },
      version: { version: '1.2' },
      long: { string: 'x'.repeat(65) },
    },
  }),
  'too many attributes': device({
    attributes: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`a${n}`, { int: n }])),
  }),
  taints: device({
    taints: [{ key: '', effect: 'NoSchedule' }, { key: 'a' }, { key: 'b', effect: 'X' }],
  }),
  'places of devices': slice({
    nodeName: undefined,
    perDeviceNodeSelection: true,
    devices: [
      { name: 'a' },
      { name: 'b', nodeName: 'n1', allNodes: true },
      { name: 'c', allNodes: true },
    ],
  }),
  'places of devices in a slice that has one': device({ nodeName: 'n1' }),
  counters: slice({
    sharedCounters: [
      { name: '', counters: {} },
      { name: 'A', counters: { b: { value: '1' } } },
    ],
    devices: [{ name: 'a', consumesCounters: [{ counterSet: 'x', counters: {} }] }],
  }),
  'binding conditions': device({ bindingConditions: ['a', 'a'], bindingFailureConditions: ['a'] }),
  'binding conditions alone': device({ bindingConditions: ['a'] }),
  'a policy alone': device({ capacity: { memory: { value: '1', requestPolicy: {} } } }),
  'values without default': shared({ validValues: ['1Gi'] }),
  values: shared({ default: '3Gi', validValues: ['2Gi', '1Gi', '80Gi'] }),
  'two policies': shared({ default: '1Gi', validValues: ['1Gi'], validRange: { min: '1Gi' } }),
  range: shared({ default: '1Gi', validRange: { min: '50Gi', max: '20Gi', step: '3Gi' } }),
};

test('slices', async () => {
  const text = complaintsText(slices, (spec) => create(resourceSlices, spec, ''));
  await expect(text).toMatchFileSnapshot('fixtures/slices.txt');
});

const RESULT = { request: 'gpu', driver: 'gpu.example.com', pool: 'n1', device: 'gpu-0' };
const CONSUMER = { resource: 'pods', name: 'p', uid: 'u' };
const allocation = (...results: object[]): object => ({ allocation: { devices: { results } } });

const statuses: Record<string, object> = {
  'reserved before it is allocated': { reservedFor: [CONSUMER] },
  'reserved for nobody': { ...allocation(RESULT), reservedFor: [{}, CONSUMER, CONSUMER] },
  'results that do not fit': allocation({ ...RESULT, request: 'cpu' }, {}),
  'a share that is none': allocation({ ...RESULT, shareID: 'x' }),
  'a source that is none': {
    allocation: { devices: { config: [{ source: 'X', opaque: OPAQUE }, {}] } },
  },
  'a device of somebody else': {
    ...allocation(RESULT),
    devices: [{ ...RESULT, device: 'gpu-1', networkData: { ips: ['10.0.0.1'] } }],
  },
};

test('what a status may say', async () => {
  const metadata = { name: 'status', namespace: 'default' };
  const claim = client.create(resourceClaims, { metadata, spec: claimOf({}) } as never);
  const write = (status: object): string[] =>
    complaints(() => client.updateStatus(resourceClaims, { ...claim, status }));
  await expect(complaintsText(statuses, write)).toMatchFileSnapshot('fixtures/statuses.txt');
});

test('what was allocated stays, and what a driver told of it goes with it', () => {
  const metadata = { name: 'kept', namespace: 'default' };
  const claim = client.create(resourceClaims, { metadata, spec: claimOf({}) } as never);
  const devices = [{ ...RESULT, conditions: [] }];
  const status = { ...allocation(RESULT), reservedFor: [CONSUMER], devices };
  const allocated = client.updateStatus(resourceClaims, { ...claim, status } as never);
  const other = { ...allocated, status: allocation({ ...RESULT, device: 'gpu-1' }) };
  expect(complaints(() => client.updateStatus(resourceClaims, other as never))[0]).toMatch(
    /^status.allocation: Invalid value: .*: field is immutable$/,
  );
  const freed = { ...allocated, status: { devices } };
  expect(client.updateStatus(resourceClaims, freed as never).status).toEqual({});
});

test('a state in words', () => {
  const cell = resourceClaimDefinition.columns![1].cell as (claim: object, now: number) => string;
  const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  const reserved = { allocation: {}, reservedFor: [CONSUMER] };
  const words = [
    { metadata: {} },
    { metadata: {}, status: { allocation: {} } },
    { metadata: {}, status: reserved },
    { metadata: deleted, status: reserved },
    { metadata: deleted, status: {} },
  ].map((claim) => cell(claim, 0));
  expect(words).toEqual([
    'pending',
    'allocated',
    'allocated,reserved',
    'deleted,allocated,reserved',
    'deleted',
  ]);
});
