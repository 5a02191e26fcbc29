// Which devices pods' claims get, on a fake API server; cases as in upstream's allocator_testing.go
// and dynamicresources_test.go.
import { describe, expect, it } from 'vitest';
import type { ResourceClaim } from '../../../api/extension-types';
import { StatusError } from '../../../api/status-error';
import type { FakeObject } from '../../../client/fake-transport';
import { FakeCluster } from '../../fake-cluster';
import { dynamicResources } from './dynamic-resources';

const DRIVER = 'gpu.example.com';

type Device = Record<string, unknown>;
type Json = Record<string, unknown>;

interface Case {
  nodes?: string[];
  classes?: Json;
  slices: Json[];
  /** spec.devices by the claim's name. */
  claims: Record<string, Json>;
  /** 'device (request)' by claim, or why the pod waits. */
  expected: Record<string, string> | string;
}

const gpu = (name: string, more: Device = {}): Device => ({ name, ...more });
const gpus = (count: number, more: Device = {}): Device[] =>
  Array.from({ length: count }, (_, index) => gpu(`gpu-${index}`, more));
const on = (nodeName: string, devices: Device[], more: Json = {}): Json => ({
  nodeName,
  devices,
  ...more,
});
const exactly = (name: string, more: Json = {}): Json => ({
  name,
  exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1, ...more },
});
const cel = (expression: string): Json => ({ selectors: [{ cel: { expression } }] });
const model = (value: string): Device => ({ attributes: { model: { string: value } } });
const IS_BIG = cel(`device.attributes["${DRIVER}"].model == "big"`);
const waits = (reason: string, nodes = 1): string =>
  `0/${nodes} nodes are available: ${reason}. no new claims to deallocate, preemption: ` +
  `0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;
const fails = (reason: string): string =>
  waits(reason).replace('no new claims to deallocate', 'still not schedulable');
const CANNOT = fails('1 cannot allocate all claims');
const broken = (message: string): string => `running "DynamicResources" filter plugin: ${message}`;

const cases: Record<string, Case> = {
  'the first device of the node': {
    slices: [on('n1', gpus(2))],
    claims: { a: { requests: [exactly('r')] } },
    expected: { a: 'gpu-0 (r)' },
  },
  'no slice, no devices': {
    slices: [],
    claims: { a: { requests: [exactly('r')] } },
    expected: CANNOT,
  },
  'no class': {
    classes: {},
    slices: [on('n1', gpus(1))],
    claims: { a: { requests: [exactly('r')] } },
    expected: waits('request r: device class gpu does not exist'),
  },
  'devices of another node are none': {
    slices: [on('n2', gpus(1))],
    claims: { a: { requests: [exactly('r')] } },
    expected: CANNOT,
  },
  'two claims get two devices': {
    slices: [on('n1', gpus(2))],
    claims: { a: { requests: [exactly('r')] }, b: { requests: [exactly('r')] } },
    expected: { a: 'gpu-0 (r)', b: 'gpu-1 (r)' },
  },
  'a count': {
    slices: [on('n1', gpus(3))],
    claims: { a: { requests: [exactly('r', { count: 2 }), exactly('s')] } },
    expected: { a: 'gpu-0 (r), gpu-1 (r), gpu-2 (s)' },
  },
  'a count beyond what is there': {
    slices: [on('n1', gpus(2))],
    claims: { a: { requests: [exactly('r', { count: 3 })] } },
    expected: CANNOT,
  },
  'a count beyond the limit': {
    slices: [on('n1', gpus(2))],
    claims: { a: { requests: [exactly('r', { count: 33 })] } },
    expected: broken(
      'claim default/a: number of requested devices 33 exceeds the claim limit of 32',
    ),
  },
  'a selector': {
    slices: [on('n1', [gpu('small', model('small')), gpu('big', model('big'))])],
    claims: { a: { requests: [exactly('r', IS_BIG)] } },
    expected: { a: 'big (r)' },
  },
  'a selector of the class': {
    classes: { gpu: cel(`device.driver == "other.example.com"`) },
    slices: [on('n1', gpus(1)), on('n1', [gpu('other')], { driver: 'other.example.com' })],
    claims: { a: { requests: [exactly('r')] } },
    expected: { a: 'other (r)' },
  },
  'a selector that fails': {
    slices: [on('n1', gpus(1))],
    claims: { a: { requests: [exactly('r', IS_BIG)] } },
    expected: broken('claim default/a: selector #0: CEL runtime error: no such key: model'),
  },
  'going back: what only one device can do is left to who needs it': {
    slices: [on('n1', [gpu('big', model('big')), gpu('small', model('small'))])],
    claims: { a: { requests: [exactly('any'), exactly('big', IS_BIG)] } },
    expected: { a: 'small (any), big (big)' },
  },
  'all devices': {
    slices: [on('n1', gpus(3))],
    claims: { a: { requests: [exactly('r', { allocationMode: 'All', count: undefined })] } },
    expected: { a: 'gpu-0 (r), gpu-1 (r), gpu-2 (r)' },
  },
  'all devices of none': {
    slices: [],
    claims: { a: { requests: [exactly('r', { allocationMode: 'All' })] } },
    expected: CANNOT,
  },
  'all devices of a pool that is not whole': {
    slices: [on('n1', gpus(1), { count: 2 })],
    claims: { a: { requests: [exactly('r', { allocationMode: 'All' })] } },
    expected: broken(
      `claim default/a, request r: asks for all devices, but resource pool ${DRIVER}/n1 is ` +
        'currently being updated',
    ),
  },
  'a pool that is not whole gives nothing': {
    slices: [on('n1', gpus(1), { count: 2 })],
    claims: { a: { requests: [exactly('r')] } },
    expected: CANNOT,
  },
  'a pool with a name twice': {
    slices: [on('n1', gpus(1), { count: 2 }), on('n1', gpus(1), { count: 2 })],
    claims: { a: { requests: [exactly('r')] } },
    expected: fails('1 invalid resource pools were encountered'),
  },
  'slices of a generation that is past do not count': {
    slices: [on('n1', [gpu('old')]), on('n1', [gpu('new')], { generation: 2 })],
    claims: { a: { requests: [exactly('r')] } },
    expected: { a: 'new (r)' },
  },
  'the first alternative that is to be had': {
    slices: [on('n1', [gpu('small', model('small'))])],
    claims: {
      a: {
        requests: [
          {
            name: 'r',
            firstAvailable: [
              { name: 'big', deviceClassName: 'gpu', ...IS_BIG },
              { name: 'two', deviceClassName: 'gpu', count: 2 },
              { name: 'one', deviceClassName: 'gpu', count: 1 },
            ],
          },
        ],
      },
    },
    expected: { a: 'small (r/one)' },
  },
  'devices of one kind': {
    slices: [on('n1', [gpu('a', model('x')), gpu('b', model('y')), gpu('c', model('y'))])],
    claims: {
      a: {
        requests: [exactly('r', { count: 2 })],
        constraints: [{ matchAttribute: `${DRIVER}/model` }],
      },
    },
    expected: { a: 'b (r), c (r)' },
  },
  'devices of different kinds': {
    slices: [on('n1', [gpu('a', model('x')), gpu('b', model('x')), gpu('c', model('y'))])],
    claims: {
      a: {
        requests: [exactly('r', { count: 2 })],
        constraints: [{ distinctAttribute: `${DRIVER}/model` }],
      },
    },
    expected: { a: 'a (r), c (r)' },
  },
  'a constraint on some requests': {
    slices: [on('n1', [gpu('a', model('x')), gpu('b', model('y')), gpu('c', model('x'))])],
    claims: {
      a: {
        requests: [exactly('r'), exactly('s'), exactly('t')],
        constraints: [{ requests: ['r', 't'], matchAttribute: `${DRIVER}/model` }],
      },
    },
    expected: { a: 'a (r), b (s), c (t)' },
  },
  'a tainted device': {
    slices: [on('n1', gpus(1, { taints: [{ key: 'broken', effect: 'NoSchedule' }] }))],
    claims: { a: { requests: [exactly('r')] } },
    expected: CANNOT,
  },
  'a tainted device that is tolerated': {
    slices: [on('n1', gpus(1, { taints: [{ key: 'broken', effect: 'NoExecute' }] }))],
    claims: {
      a: { requests: [exactly('r', { tolerations: [{ key: 'broken', operator: 'Exists' }] })] },
    },
    expected: { a: 'gpu-0 (r)' },
  },
  'a taint without effect': {
    slices: [on('n1', gpus(1, { taints: [{ key: 'odd', effect: 'None' }] }))],
    claims: { a: { requests: [exactly('r')] } },
    expected: { a: 'gpu-0 (r)' },
  },
  'one device for two claims': {
    slices: [on('n1', gpus(1))],
    claims: {
      a: { requests: [exactly('r')] },
      b: { requests: [exactly('r')] },
    },
    expected: CANNOT,
  },
  'parts of a card are no more than the card': {
    slices: [
      on('n1', [], {
        devices: undefined,
        count: 2,
        sharedCounters: [{ name: 'card', counters: { memory: { value: '40Gi' } } }],
      }),
      on(
        'n1',
        ['20Gi', '20Gi', '10Gi'].map((value, index) =>
          gpu(`part-${index}`, {
            consumesCounters: [{ counterSet: 'card', counters: { memory: { value } } }],
          }),
        ),
        { count: 2 },
      ),
    ],
    claims: { a: { requests: [exactly('r', { count: 2 })] }, b: { requests: [exactly('r')] } },
    expected: CANNOT,
  },
  'a device that many share, as far as its capacity goes': {
    slices: [
      on('n1', [
        gpu('nic', {
          allowMultipleAllocations: true,
          capacity: { bandwidth: { value: '10' } },
        }),
      ]),
    ],
    claims: {
      a: { requests: [exactly('r', { capacity: { requests: { bandwidth: '6' } } })] },
      b: { requests: [exactly('r', { capacity: { requests: { bandwidth: '4' } } })] },
    },
    expected: { a: 'nic (r) 6', b: 'nic (r) 4' },
  },
  'a device that many share, rounded up beyond its capacity': {
    slices: [
      on('n1', [
        gpu('nic', {
          allowMultipleAllocations: true,
          capacity: {
            bandwidth: {
              value: '10',
              requestPolicy: { default: '5', validRange: { min: '5', step: '5' } },
            },
          },
        }),
      ]),
    ],
    claims: {
      a: { requests: [exactly('r', { capacity: { requests: { bandwidth: '6' } } })] },
      b: { requests: [exactly('r')] },
    },
    expected: CANNOT,
  },
};

function put(cluster: FakeCluster, object: Json): void {
  cluster.put(object as FakeObject as never);
}

function clusterOf({ nodes = ['n1'], classes = { gpu: {} }, slices, claims }: Case): FakeCluster {
  const cluster = new FakeCluster().nodes(...nodes.map((name) => ({ name })));
  for (const [name, spec] of Object.entries(classes)) {
    put(cluster, { kind: 'DeviceClass', metadata: { name }, spec });
  }
  slices.forEach(({ count = 1, generation = 1, ...spec }, index) => {
    const pool = { name: spec.nodeName ?? 'pool', resourceSliceCount: count, generation };
    const metadata = { name: `slice-${index}` };
    put(cluster, { kind: 'ResourceSlice', metadata, spec: { driver: DRIVER, pool, ...spec } });
  });
  for (const [name, devices] of Object.entries(claims)) {
    const metadata = { name, namespace: 'default' };
    put(cluster, { kind: 'ResourceClaim', metadata, spec: { devices }, status: {} });
  }
  return cluster;
}

const using = (...names: string[]) => ({
  resourceClaims: names.map((name) => ({ name, resourceClaimName: name })),
});

const start = (cluster: FakeCluster): FakeCluster =>
  cluster.start({ extension: [{ create: dynamicResources, weight: 0 }] });

function claim(cluster: FakeCluster, name: string): ResourceClaim {
  return cluster.transport.get<ResourceClaim>(`resourceclaims/default/${name}`);
}

function devicesOf({ status }: ResourceClaim): string {
  return (status.allocation?.devices?.results ?? [])
    .map(({ device, request, consumedCapacity }) => {
      const amounts = Object.values(consumedCapacity ?? {}).join(' ');
      return `${device} (${request})${amounts && ` ${amounts}`}`;
    })
    .join(', ');
}

function outcome(cluster: FakeCluster, claims: readonly string[]): Case['expected'] {
  if (!cluster.pod('p').spec.nodeName) return cluster.why('p') ?? '';
  return Object.fromEntries(claims.map((name) => [name, devicesOf(claim(cluster, name))]));
}

describe('devices for claims', () => {
  it.each(Object.entries(cases))('%s', (_name, each) => {
    const names = Object.keys(each.claims);
    const cluster = start(clusterOf(each))
      .pods({ name: 'p', ...using(...names) })
      .run();
    expect(outcome(cluster, names)).toEqual(each.expected);
  });
});

const ONE: Case = {
  nodes: ['n1', 'n2'],
  slices: [on('n1', gpus(1))],
  claims: { a: { requests: [exactly('r')] }, b: { requests: [exactly('r')] } },
  expected: '',
};

describe('claims over time', () => {
  it('writes what was allocated, until when the claim is kept, and for whom', () => {
    const each = { ...ONE, classes: { gpu: { config: [{ opaque: { driver: DRIVER } }] } } };
    const cluster = start(clusterOf(each))
      .pods({ name: 'p', ...using('a') })
      .run();
    const { metadata, status } = claim(cluster, 'a');
    expect(metadata.finalizers).toEqual(['resource.kubernetes.io/delete-protection']);
    expect(status).toEqual({
      allocation: {
        devices: {
          results: [{ request: 'r', driver: DRIVER, pool: 'n1', device: 'gpu-0' }],
          config: [{ source: 'FromClass', requests: ['r'], opaque: { driver: DRIVER } }],
        },
        nodeSelector: {
          nodeSelectorTerms: [
            { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] },
          ],
        },
        allocationTimestamp: '2026-01-01T00:00:00Z',
      },
      reservedFor: [{ resource: 'pods', name: 'p', uid: cluster.pod('p').metadata.uid }],
    });
  });

  it('keeps a pod out of the queue until its claim is there', () => {
    const cluster = start(clusterOf(ONE));
    const templated = { name: 'x', resourceClaimTemplateName: 't' };
    cluster.pods({ name: 'p', resourceClaims: [templated] }, { name: 'q', ...using('late') }).run();
    expect([cluster.why('p'), cluster.why('q')]).toEqual([undefined, undefined]);
    const devices = { requests: [exactly('r')] };
    const metadata = { name: 'late', namespace: 'default' };
    put(cluster, { kind: 'ResourceClaim', metadata, spec: { devices }, status: {} });
    cluster.run();
    expect(cluster.placements()).toEqual({ p: '', q: 'n1' });
  });

  it('lets pods share a claim, where its devices are', () => {
    const cluster = start(clusterOf(ONE));
    cluster.pods({ name: 'p', ...using('a') }, { name: 'q', ...using('a') }).run(5000);
    expect(cluster.placements()).toEqual({ p: 'n1', q: 'n1' });
    expect(claim(cluster, 'a').status.reservedFor?.map(({ name }) => name)).toEqual(['p', 'q']);
  });

  it('gives a device to one claim at a time, and to the next when it is free', () => {
    const cluster = start(clusterOf(ONE));
    cluster.pods({ name: 'p', ...using('a') }, { name: 'q', ...using('b') }).run();
    expect(cluster.placements()).toEqual({ p: 'n1', q: '' });
    cluster.change<ResourceClaim>('resourceclaims/default/a', (each) => ({ ...each, status: {} }));
    cluster.run(5000);
    expect(cluster.placements()).toEqual({ p: 'n1', q: 'n1' });
  });

  it('tries again when devices, classes or room come', () => {
    const cluster = start(clusterOf({ ...ONE, classes: {}, slices: [] }));
    cluster.pods({ name: 'p', ...using('a') }).run();
    put(cluster, { kind: 'DeviceClass', metadata: { name: 'gpu' }, spec: {} });
    cluster.run(2000);
    expect(cluster.why('p')).toContain('2 cannot allocate all claims. still not schedulable');
    const pool = { name: 'n2', resourceSliceCount: 1, generation: 1 };
    const spec = { driver: DRIVER, pool, nodeName: 'n2', devices: gpus(1) };
    put(cluster, { kind: 'ResourceSlice', metadata: { name: 's' }, spec });
    cluster.run(5000);
    expect(cluster.placements()).toEqual({ p: 'n2' });
  });

  it('gives up what nobody uses and what is of no use', () => {
    const cluster = start(clusterOf({ ...ONE, slices: [on('n1', gpus(1)), on('n2', gpus(1))] }));
    const allocated = (nodeName: string) => ({
      devices: { results: [{ request: 'r', driver: DRIVER, pool: nodeName, device: 'gpu-0' }] },
      nodeSelector: {
        nodeSelectorTerms: [
          { matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] },
        ],
      },
    });
    cluster.change<ResourceClaim>('resourceclaims/default/a', (each) => ({
      ...each,
      status: { allocation: allocated('gone') } as never,
    }));
    cluster.pods({ name: 'p', ...using('a') }).run(200);
    expect(cluster.why('p')).toContain('deallocation of ResourceClaim completed');
    cluster.run(5000);
    expect(devicesOf(claim(cluster, 'a'))).toBe('gpu-0 (r)');
    expect(cluster.placements()).toEqual({ p: 'n1' });
  });

  it('takes the reservation back when the binding fails, and tries again', () => {
    const cluster = start(clusterOf(ONE));
    cluster.transport.bindingError = new StatusError(500, 'InternalError', 'boom');
    cluster.pods({ name: 'p', ...using('a') }).run(200);
    expect(cluster.why('p')).toBe('running Bind plugin "DefaultBinder": boom');
    expect(claim(cluster, 'a').status.reservedFor).toBeUndefined();
    cluster.run(5000);
    expect(cluster.placements()).toEqual({ p: 'n1' });
    expect(claim(cluster, 'a').status.reservedFor).toHaveLength(1);
  });

  it('lets a claim with admin access see what others use', () => {
    const admin = { requests: [exactly('r', { adminAccess: true })] };
    const cluster = start(clusterOf({ ...ONE, claims: { ...ONE.claims, admin } }));
    cluster.pods({ name: 'p', ...using('a') }).run();
    cluster.pods({ name: 'q', ...using('admin') }).run();
    expect(cluster.placements()).toEqual({ p: 'n1', q: 'n1' });
    expect(claim(cluster, 'admin').status.allocation?.devices?.results).toEqual([
      { request: 'r', driver: DRIVER, pool: 'n1', device: 'gpu-0', adminAccess: true },
    ]);
  });

  it('waits for devices that have to be made ready', () => {
    const device = gpu('gpu-0', {
      bindingConditions: ['ready'],
      bindingFailureConditions: ['failed'],
    });
    const cluster = start(clusterOf({ ...ONE, slices: [on('n1', [device])] }));
    cluster.pods({ name: 'p', ...using('a') }).run(20_000);
    expect(cluster.placements()).toEqual({ p: '' });
    const message = 'waiting for binding conditions for device on node n1';
    expect(cluster.transport.events).toContain(`Normal BindingConditionsPending ${message}`);
    const conditions = [{ type: 'ready', status: 'True', reason: 'Done', message: '' }];
    const devices = [{ driver: DRIVER, pool: 'n1', device: 'gpu-0', conditions }];
    cluster.change<ResourceClaim>('resourceclaims/default/a', (each) => ({
      ...each,
      status: { ...each.status, devices } as never,
    }));
    cluster.run(10_000);
    expect(cluster.placements()).toEqual({ p: 'n1' });
  });
});
