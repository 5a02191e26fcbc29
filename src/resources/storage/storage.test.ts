// What the server says of volumes, claims and the kinds of storage.k8s.io that are not in order, by
// HTTP as clients send them.
import { describe, expect, it, test } from 'vitest';
import { createWholeCluster } from '../../cluster/whole-cluster';
import type { Cluster } from '../../cluster/cluster';

type Body = Record<string, unknown>;

const CORE = '/api/v1';
const STORAGE = '/apis/storage.k8s.io/v1';
const PATHS: Readonly<Record<string, string>> = {
  Pod: `${CORE}/namespaces/default/pods`,
  PersistentVolume: `${CORE}/persistentvolumes`,
  PersistentVolumeClaim: `${CORE}/namespaces/default/persistentvolumeclaims`,
  StorageClass: `${STORAGE}/storageclasses`,
  VolumeAttributesClass: `${STORAGE}/volumeattributesclasses`,
  CSIDriver: `${STORAGE}/csidrivers`,
  CSINode: `${STORAGE}/csinodes`,
  CSIStorageCapacity: `${STORAGE}/namespaces/default/csistoragecapacities`,
  VolumeAttachment: `${STORAGE}/volumeattachments`,
};

function newCluster(): Cluster {
  const cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(5_000);
  return cluster;
}

const cluster = newCluster();

function call(
  method: string,
  path: string,
  body?: unknown,
  type = 'application/json',
): { status: number; body: Body } {
  const headers = { 'content-type': type, accept: 'application/json' };
  const answer = cluster.handle({ method, path, headers, body: JSON.stringify(body) });
  return { status: answer.status, body: JSON.parse(answer.body) as Body };
}

/** The message of a refused creation; 'created' when it was not refused. */
function refusal(kind: string, object: object): string {
  const whole = { metadata: { name: 'x' }, ...object };
  const { status, body } = call('POST', `${PATHS[kind]}?dryRun=All`, whole);
  if (status === 201) return 'created';
  return (body.message as string).replace(/^.* is invalid: /s, '');
}

const volumeSpec = {
  capacity: { storage: '1Gi' },
  accessModes: ['ReadWriteOnce'],
  hostPath: { path: '/tmp/x' },
};
const volume = (more: object): object => ({ spec: { ...volumeSpec, ...more } });
const claimSpec = {
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: '1Gi' } },
};
const claim = (more: object): object => ({ spec: { ...claimSpec, ...more } });

describe('PersistentVolumes', () => {
  test.each<[string, object]>([
    ['created', volume({})],
    [
      '[spec.accessModes: Required value, spec.capacity: Required value, spec.capacity: ' +
        'Unsupported value: null: supported values: "storage", spec: Required value: must ' +
        'specify a volume type]',
      { spec: {} },
    ],
    [
      'spec.capacity: Unsupported value: {"cpu":"1","storage":"1Gi"}: supported values: "storage"',
      volume({ capacity: { storage: '1Gi', cpu: '1' } }),
    ],
    [
      '[spec.capacity[storage]: Invalid value: -1: must be a valid resource quantity, ' +
        'spec.capacity[storage]: Invalid value: "-1": must be greater than zero]',
      volume({ capacity: { storage: '-1' } }),
    ],
    [
      'spec.accessModes: Unsupported value: "Any": supported values: "ReadOnlyMany", ' +
        '"ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      volume({ accessModes: ['Any'] }),
    ],
    [
      'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
      volume({ accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }),
    ],
    [
      'spec.persistentVolumeReclaimPolicy: Unsupported value: "Burn": supported values: ' +
        '"Delete", "Recycle", "Retain"',
      volume({ persistentVolumeReclaimPolicy: 'Burn' }),
    ],
    [
      'spec.nfs: Forbidden: may not specify more than 1 volume type',
      volume({ nfs: { server: 's', path: '/e' } }),
    ],
    [
      'spec.hostPath.path: Invalid value: "/a/../b": must not contain \'..\'',
      volume({ hostPath: { path: '/a/../b' } }),
    ],
    [
      "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount " +
        "of '/'",
      volume({ hostPath: { path: '/' }, persistentVolumeReclaimPolicy: 'Recycle' }),
    ],
    [
      'spec.nodeAffinity: Required value: Local volume requires node affinity',
      volume({ hostPath: undefined, local: { path: '/mnt' } }),
    ],
    [
      'spec.nodeAffinity.required: Required value: must specify required node constraints',
      volume({ nodeAffinity: {} }),
    ],
    [
      'spec.nodeAffinity.required.nodeSelectorTerms: Required value: must have at least one node ' +
        'selector term',
      volume({ nodeAffinity: { required: { nodeSelectorTerms: [] } } }),
    ],
    [
      '[spec.csi.driver: Required value, spec.csi.driver: Invalid value: "": a lowercase RFC 1123 ' +
        "subdomain must consist of lower case alphanumeric characters, '-' or '.', and must " +
        "start and end with an alphanumeric character (e.g. 'example.com', regex used for " +
        "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), " +
        'spec.csi.volumeHandle: Required value]',
      volume({ hostPath: undefined, csi: {} }),
    ],
    [
      '[spec.nfs.server: Required value, spec.nfs.path: Invalid value: "e": must be an absolute ' +
        'path]',
      volume({ hostPath: undefined, nfs: { path: 'e' } }),
    ],
    [
      'spec.volumeMode: Unsupported value: "Odd": supported values: "Block", "Filesystem"',
      volume({ volumeMode: 'Odd' }),
    ],
    [
      'spec.csi: Required value: has to be specified when using volumeAttributesClassName',
      volume({ volumeAttributesClassName: 'gold' }),
    ],
  ])('%s', (message, object) => {
    expect(refusal('PersistentVolume', object)).toBe(message);
  });

  it('keep their source, mode and place', () => {
    const affinity = { key: 'a', operator: 'Exists' };
    const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions: [affinity] }] } };
    const path = `${PATHS.PersistentVolume}/v`;
    call('POST', PATHS.PersistentVolume, { metadata: { name: 'v' }, ...volume({ nodeAffinity }) });
    const body = {
      spec: { hostPath: { path: '/tmp/y' }, volumeMode: 'Block', nodeAffinity: null },
    };
    const { message } = call('PATCH', path, body, 'application/merge-patch+json').body;
    expect(message).toBe(
      'PersistentVolume "v" is invalid: [spec.persistentvolumesource: Forbidden: ' +
        'spec.persistentvolumesource is immutable after creation\n' +
        '@@ -2,7 +2,7 @@\n   "GCEPersistentDisk": null,\n   "AWSElasticBlockStore": null,\n' +
        '   "HostPath": {\n-    "Path": "/tmp/x",\n+    "Path": "/tmp/y",\n' +
        '     "Type": ""\n   },\n   "Glusterfs": null,\n' +
        ', volumeMode: Invalid value: "Block": field is immutable, nodeAffinity: Invalid value: ' +
        'null: field is immutable]',
    );
  });
});

describe('PersistentVolumeClaims', () => {
  test.each<[string, object]>([
    ['created', claim({})],
    [
      '[spec.accessModes: Required value: at least 1 access mode is required, ' +
        'spec.resources[storage]: Required value]',
      { spec: {} },
    ],
    [
      'spec.resources[storage]: Invalid value: "0": must be greater than zero',
      claim({ resources: { requests: { storage: '0' } } }),
    ],
    [
      'spec.selector.matchExpressions[0].operator: Invalid value: "Like": not a valid selector ' +
        'operator',
      claim({ selector: { matchExpressions: [{ key: 'a', operator: 'Like' }] } }),
    ],
    [
      '[spec.dataSource.name: Required value, spec.dataSourceRef.name: Required value]',
      claim({ dataSourceRef: { kind: 'PersistentVolumeClaim', name: '' } }),
    ],
    [
      '[spec.dataSource: Invalid value: "Odd": must be \'PersistentVolumeClaim\' when ' +
        'referencing the default apiGroup, spec.dataSourceRef: Invalid value: "Odd": must be ' +
        "'PersistentVolumeClaim' when referencing the default apiGroup]",
      claim({ dataSourceRef: { kind: 'Odd', name: 'x' } }),
    ],
    [
      'spec: Invalid value: "spec.dataSource": must match dataSourceRef',
      claim({
        dataSource: { kind: 'PersistentVolumeClaim', name: 'a' },
        dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'b' },
      }),
    ],
  ])('%s', (message, object) => {
    expect(refusal('PersistentVolumeClaim', object)).toBe(message);
  });

  it('say their source in both fields', () => {
    const source = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 's' };
    const path = `${PATHS.PersistentVolumeClaim}?dryRun=All`;
    const create = (more: object): Body =>
      call('POST', path, { metadata: { name: 'x' }, ...claim(more) }).body.spec as Body;
    const both = { dataSource: source, dataSourceRef: source };
    expect(create({ dataSource: source })).toMatchObject(both);
    expect(create({ dataSourceRef: source })).toMatchObject(both);
    const odd = create({ dataSource: { apiGroup: 'a.b', kind: 'Odd', name: 's' } });
    expect([odd.dataSource, odd.dataSourceRef]).toEqual([undefined, undefined]);
  });
});

describe('ephemeral volumes of pods', () => {
  const pod = (ephemeral: object): object => ({
    spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v', ephemeral }] },
  });
  test.each<[string, object]>([
    ['spec.volumes[0].ephemeral.volumeClaimTemplate: Required value', pod({})],
    [
      'spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set',
      pod({ volumeClaimTemplate: { metadata: { name: 'x' }, spec: claimSpec } }),
    ],
    [
      'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value',
      pod({ volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } }),
    ],
  ])('%s', (message, object) => {
    expect(refusal('Pod', object)).toBe(message);
  });
});

describe('classes', () => {
  test.each<[string, string, object]>([
    ['created', 'StorageClass', { provisioner: 'X.Y/z' }],
    ['provisioner: Required value', 'StorageClass', {}],
    [
      'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
      'StorageClass',
      { provisioner: 'x', reclaimPolicy: 'Recycle' },
    ],
    [
      'parameters: Invalid value: "": field can not be empty.',
      'StorageClass',
      { provisioner: 'x', parameters: { '': 'a' } },
    ],
    [
      '[allowedTopologies[0].matchLabelExpressions: Required value, ' +
        'allowedTopologies[1].matchLabelExpressions[0].values: Required value]',
      'StorageClass',
      {
        provisioner: 'x',
        allowedTopologies: [{}, { matchLabelExpressions: [{ key: 'a', values: [] }] }],
      },
    ],
    [
      '[driverName: Required value, parameters: Required value: must contain at least one ' +
        'key/value pair]',
      'VolumeAttributesClass',
      {},
    ],
  ])('%s', (message, kind, object) => {
    expect(refusal(kind, object)).toBe(message);
  });

  it('of storage do not change what volumes were made with', () => {
    const object = { metadata: { name: 'fixed' }, provisioner: 'x', parameters: { a: 'b' } };
    call('POST', PATHS.StorageClass, object);
    const body = {
      provisioner: 'y',
      parameters: { a: 'c' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    };
    const path = `${PATHS.StorageClass}/fixed`;
    expect(call('PATCH', path, body, 'application/merge-patch+json').body.message).toBe(
      'StorageClass.storage.k8s.io "fixed" is invalid: [parameters: Forbidden: updates to ' +
        'parameters are forbidden., provisioner: Forbidden: updates to provisioner are ' +
        'forbidden., reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden., ' +
        'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable]',
    );
  });

  it('show which of them is the default', () => {
    const metadata = {
      name: 'main',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    };
    call('POST', PATHS.StorageClass, { metadata, provisioner: 'x' });
    const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const path = `${PATHS.StorageClass}/main`;
    const { rows } = JSON.parse(cluster.handle({ method: 'GET', path, headers }).body) as {
      rows: { cells: unknown[] }[];
    };
    expect(rows[0].cells).toEqual(['main (default)', 'x', 'Delete', 'Immediate', false, '0s']);
    call('DELETE', path);
  });
});

describe('CSI', () => {
  test.each<[string, string, object]>([
    [
      'spec.fsGroupPolicy: Unsupported value: "Odd": supported values: "File", "None", ' +
        '"ReadWriteOnceWithFSType"',
      'CSIDriver',
      { spec: { fsGroupPolicy: 'Odd' } },
    ],
    [
      '[spec.tokenRequests[0].expirationSeconds: Invalid value: 5: may not specify a duration ' +
        'less than 10 minutes, spec.tokenRequests[1].audience: Duplicate value: "a"]',
      'CSIDriver',
      { spec: { tokenRequests: [{ audience: 'a', expirationSeconds: 5 }, { audience: 'a' }] } },
    ],
    [
      'spec.volumeLifecycleModes: Unsupported value: "Odd": supported values: "Persistent", ' +
        '"Ephemeral"',
      'CSIDriver',
      { spec: { volumeLifecycleModes: ['Odd'] } },
    ],
    [
      '[spec.drivers[0].nodeID: Required value, spec.drivers[1].name: Duplicate value: "d"]',
      'CSINode',
      { spec: { drivers: [{ name: 'd' }, { name: 'd', nodeID: 'n' }] } },
    ],
    [
      'spec.drivers[0].allocatable.count: Invalid value: -1: must be greater than or equal to 0',
      'CSINode',
      { spec: { drivers: [{ name: 'd', nodeID: 'n', allocatable: { count: -1 } }] } },
    ],
    [
      'capacity: Invalid value: "-1": must be greater than or equal to 0',
      'CSIStorageCapacity',
      { storageClassName: 's', capacity: '-1' },
    ],
    [
      'spec.source: Required value: must specify exactly one of inlineVolumeSpec and ' +
        'persistentVolumeName',
      'VolumeAttachment',
      { spec: { attacher: 'a.test', nodeName: 'n', source: {} } },
    ],
    [
      '[spec.source.inlineVolumeSpec.capacity: Forbidden: may not be specified in the context of ' +
        'inline volumes, spec.source.inlineVolumeSpec.csi: Required value: has to be specified ' +
        'in the context of inline volumes]',
      'VolumeAttachment',
      { spec: { attacher: 'a.test', nodeName: 'n', source: { inlineVolumeSpec: volumeSpec } } },
    ],
  ])('%s', (message, kind, object) => {
    expect(refusal(kind, object)).toBe(message);
  });

  it('does not change what was settled when it came', () => {
    const merge = (path: string, body: object): unknown =>
      call('PATCH', path, body, 'application/merge-patch+json').body.message;
    call('POST', PATHS.CSIDriver, { metadata: { name: 'd' }, spec: {} });
    const driver = merge(`${PATHS.CSIDriver}/d`, { spec: { attachRequired: false } });
    const source = { persistentVolumeName: 'v' };
    const spec = { attacher: 'd', nodeName: 'n', source };
    call('POST', PATHS.VolumeAttachment, { metadata: { name: 'a' }, spec });
    const attachment = merge(`${PATHS.VolumeAttachment}/a`, { spec: { nodeName: 'm' } });
    const drivers = [{ name: 'e', nodeID: 'n' }];
    call('POST', PATHS.CSINode, { metadata: { name: 'n' }, spec: { drivers } });
    const changed = { spec: { drivers: [{ name: 'e', nodeID: 'm' }] } };
    const node = merge(`${PATHS.CSINode}/n`, changed);
    expect([driver, attachment, node]).toEqual([
      'CSIDriver.storage.k8s.io "d" is invalid: spec.attachedRequired: Invalid value: false: ' +
        'field is immutable',
      'VolumeAttachment.storage.k8s.io "a" is invalid: spec: Invalid value: {"Attacher":"d",' +
        '"Source":{"PersistentVolumeName":"v","InlineVolumeSpec":null},"NodeName":"m"}: field is ' +
        'immutable',
      'CSINode.storage.k8s.io "n" is invalid: spec.drivers: Invalid value: {"Name":"e",' +
        '"NodeID":"m","TopologyKeys":null,"Allocatable":null}: field is immutable',
    ]);
  });
});

describe('odd input', () => {
  const whole: Readonly<Record<string, object>> = {
    PersistentVolume: volume({
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
        },
      },
      claimRef: { namespace: 'default', name: 'c' },
      mountOptions: ['ro'],
    }),
    PersistentVolumeClaim: claim({
      selector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] },
      dataSource: { kind: 'PersistentVolumeClaim', name: 'a' },
      storageClassName: 's',
    }),
    StorageClass: {
      provisioner: 'x',
      parameters: { a: 'b' },
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'a', values: ['b'] }] }],
    },
    VolumeAttributesClass: { driverName: 'd', parameters: { a: 'b' } },
    CSIDriver: { spec: { tokenRequests: [{ audience: 'a', expirationSeconds: 600 }] } },
    CSINode: { spec: { drivers: [{ name: 'd', nodeID: 'n', topologyKeys: ['a'] }] } },
    CSIStorageCapacity: {
      storageClassName: 's',
      capacity: '1Gi',
      nodeTopology: { matchLabels: { a: 'b' } },
    },
    VolumeAttachment: {
      spec: { attacher: 'd', nodeName: 'n', source: { inlineVolumeSpec: volumeSpec } },
    },
  };
  const odd = [null, '', 'Ä b', -1, 1.5, true, [], {}, [null], { a: null }, [{}], '1e99'];

  /** The object with each of its parts replaced in turn. */
  function* variants(object: unknown, value: unknown): Iterable<unknown> {
    yield value;
    if (typeof object !== 'object' || object === null) return;
    for (const [key, part] of Object.entries(object)) {
      for (const changed of variants(part, value)) {
        if (Array.isArray(object)) yield object.with(Number(key), changed);
        else yield { ...object, [key]: changed };
      }
    }
  }

  it.each(Object.entries(whole))('of a %s is refused with a status', (kind, object) => {
    const path = `${PATHS[kind]}?dryRun=All`;
    const failed: unknown[] = [];
    for (const value of odd) {
      for (const body of variants({ metadata: { name: 'x' }, ...object }, value)) {
        const answer = call('POST', path, body);
        const isFine = answer.status === 201 || answer.body.kind === 'Status';
        if (!isFine || answer.status >= 500) failed.push([body, answer]);
      }
    }
    expect(failed).toEqual([]);
    expect(call('GET', PATHS[kind]).status).toBe(200);
  });
});
