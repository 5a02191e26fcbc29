// Upstream: test/e2e/dra, test/e2e/storage; tests that use test/e2e/framework/conformance.
import { suite, type Item } from './framework';
import { liveThrough, type Lifecycle } from './lifecycles';

const { conformance } = suite();

const labelled = { metadata: { labels: { foo: 'bar' } } };
const withLabel = (object: Item): object => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata?.labels, foo: 'bar' } },
});
const request = { name: 'req-0', exactly: { deviceClassName: 'foo' } };

const allocation = {
  devices: { results: [{ request: 'req-0', driver: 'dra.example.com', pool: 'p', device: 'd' }] },
};
const device = { driver: 'dra.example.com', pool: 'p', device: 'd' };
const claimStatus = { allocation, devices: [device] };
const slice = {
  driver: 'dra.example.com',
  pool: { name: 'cluster', generation: 1, resourceSliceCount: 1 },
  allNodes: true,
  devices: [{ name: 'device-a' }],
};

const table: Record<string, Lifecycle> = {
  '[sig-node] [DRA] CRUD Tests resource.k8s.io/v1 DeviceClass [Conformance]': {
    groupVersion: 'resource.k8s.io/v1',
    plural: 'deviceclasses',
    initial: { spec: { selectors: [{ cel: { expression: 'device.driver == "e"' } }] } },
    update: (object) => ({
      ...object,
      spec: { selectors: [{ cel: { expression: 'device.driver == "f"' } }] },
    }),
    patch: { spec: { selectors: [{ cel: { expression: 'device.driver == "f"' } }] } },
  },
  '[sig-node] [DRA] CRUD Tests resource.k8s.io/v1 ResourceClaim [Conformance]': {
    groupVersion: 'resource.k8s.io/v1',
    plural: 'resourceclaims',
    namespaced: true,
    initial: { spec: { devices: { requests: [request] } } },
    update: withLabel,
    patch: labelled,
    updateStatus: (object) => ({ ...object, status: claimStatus }),
    patchStatus: { status: claimStatus },
  },
  '[sig-node] [DRA] CRUD Tests resource.k8s.io/v1 ResourceClaimTemplate [Conformance]': {
    groupVersion: 'resource.k8s.io/v1',
    plural: 'resourceclaimtemplates',
    namespaced: true,
    initial: { spec: { spec: { devices: { requests: [request] } } } },
    update: withLabel,
    patch: labelled,
  },
  '[sig-node] [DRA] CRUD Tests resource.k8s.io/v1 ResourceSlice [Conformance]': {
    groupVersion: 'resource.k8s.io/v1',
    plural: 'resourceslices',
    initial: { spec: slice },
    update: (object) => ({ ...object, spec: { ...slice, devices: [{ name: 'device-b' }] } }),
    patch: { spec: { ...slice, devices: [{ name: 'device-b' }] } },
  },
  '[sig-storage] StorageClass StorageClass API availability [Conformance]': {
    groupVersion: 'storage.k8s.io/v1',
    plural: 'storageclasses',
    initial: { provisioner: 'e2e-fake-provisioner', parameters: { foo: 'bar' } },
    update: withLabel,
    patch: labelled,
  },
  '[sig-storage] VolumeAttributesClass [FeatureGate:VolumeAttributesClass] VolumeAttributesClass API availability [Conformance]':
    {
      groupVersion: 'storage.k8s.io/v1',
      plural: 'volumeattributesclasses',
      initial: { driverName: 'e2e-fake-csi-driver', parameters: { foo: 'bar' } },
      update: withLabel,
      patch: labelled,
    },
};

for (const [name, life] of Object.entries(table)) {
  conformance(name, (place) => liveThrough(place, life));
}
