// Upstream: test/e2e/apimachinery/resource_quota.go, test/e2e/scheduling/limit_range.go.
import { expect } from 'vitest';
import {
  list,
  makeNamespace,
  number,
  refused,
  suite,
  text,
  until,
  type Item,
  type Place,
  type Resource,
} from './framework';
import { pause } from './images';

const { conformance } = suite();

const HARD = {
  pods: '5',
  services: '10',
  'services.nodeports': '1',
  'services.loadbalancers': '1',
  replicationcontrollers: '10',
  resourcequotas: '1',
  cpu: '1',
  memory: '500Mi',
  configmaps: '10',
  secrets: '10',
  persistentvolumeclaims: '10',
  'requests.storage': '10Gi',
  'requests.ephemeral-storage': '50Gi',
  'requests.example.com/dongle': '3',
  'count/replicasets.apps': '5',
};

const quotasOf = ({ api, namespace }: Place) => api.core('resourcequotas', namespace);

/** Those entries of what is used, once they are so. */
async function used(place: Place, name: string, wanted: Record<string, string>): Promise<void> {
  await until(`${name} to count ${JSON.stringify(wanted)}`, async () => {
    const { status } = await quotasOf(place).get(name);
    return Object.entries(wanted).every(([key, value]) => text(status.used?.[key]) === value);
  });
}

async function makeQuota(place: Place, more: Record<string, string> = {}): Promise<void> {
  await quotasOf(place).create({
    metadata: { name: 'test-quota' },
    spec: { hard: { ...HARD, ...more } },
  });
  await used(place, 'test-quota', { resourcequotas: '1', pods: '0', cpu: '0' });
}

const quota = '[sig-api-machinery] ResourceQuota';

const pod = (name: string, resources: object = {}, more: object = {}): object => ({
  metadata: { name },
  spec: { containers: [{ name: 'pause', image: pause, resources }], ...more },
});

conformance(
  `${quota} should create a ResourceQuota and ensure its status is promptly calculated. [Conformance]`,
  (place) => makeQuota(place),
);

conformance(
  `${quota} should create a ResourceQuota and capture the life of a service. [Conformance]`,
  async (place) => {
    const services = place.api.core('services', place.namespace);
    await makeQuota(place);
    const service = (name: string, type: string, more: object = {}): object => ({
      metadata: { name },
      spec: { type, ports: [{ port: 80, targetPort: 80 }], ...more },
    });
    await services.create(service('test-service', 'ClusterIP'));
    await services.create(service('test-service-np', 'NodePort'));
    const lb = service('test-service-lb', 'LoadBalancer', { allocateLoadBalancerNodePorts: true });
    expect((await refused(services.create(lb))).message).toMatch(
      /exceeded quota: test-quota, requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1/,
    );
    await used(place, 'test-quota', {
      services: '2',
      'services.nodeports': '1',
      'services.loadbalancers': '0',
    });
    await services.delete('test-service');
    await services.delete('test-service-np');
    await used(place, 'test-quota', { services: '0', 'services.nodeports': '0' });
  },
);

for (const [kind, plural, key, before] of [
  ['secret', 'secrets', 'secrets', 0],
  ['configMap', 'configmaps', 'configmaps', 1],
] as const) {
  conformance(
    `${quota} should create a ResourceQuota and capture the life of a ${kind}. [Conformance]`,
    async (place) => {
      const client = place.api.core(plural, place.namespace);
      await makeQuota(place);
      await used(place, 'test-quota', { [key]: String(before) });
      await client.create({ metadata: { name: 'test' }, data: { a: 'YQ==' } });
      await used(place, 'test-quota', { [key]: String(before + 1) });
      await client.delete('test');
      await used(place, 'test-quota', { [key]: String(before) });
    },
  );
}

conformance(
  `${quota} should create a ResourceQuota and capture the life of a pod. [Conformance]`,
  async (place) => {
    const pods = place.api.core('pods', place.namespace);
    await makeQuota(place);
    const dongle = 'example.com/dongle';
    const requests = {
      cpu: '500m',
      memory: '252Mi',
      'ephemeral-storage': '30Gi',
      [dongle]: '2',
    };
    await pods.create(pod('test-pod', { requests, limits: { [dongle]: '2' } }));
    await used(place, 'test-quota', {
      pods: '1',
      cpu: '500m',
      memory: '252Mi',
      'requests.ephemeral-storage': '30Gi',
      'requests.example.com/dongle': '2',
    });
    const many = { cpu: '600m', memory: '100Mi' };
    const refusal = await refused(pods.create(pod('fail-pod', { requests: many })));
    expect(refusal).toMatchObject({ code: 403, reason: 'Forbidden' });
    const extended = {
      requests: { cpu: '500m', memory: '100Mi', [dongle]: '2' },
      limits: { [dongle]: '2' },
    };
    expect((await refused(pods.create(pod('fail-pod-2', extended)))).code).toBe(403);
    const running = await pods.get('test-pod');
    const [container] = list(running.spec.containers);
    const larger = {
      ...container,
      resources: { ...container.resources, requests: { ...requests, cpu: '100m' } },
    };
    expect(
      (await refused(pods.update({ ...running, spec: { ...running.spec, containers: [larger] } })))
        .code,
    ).toBe(422);
    await used(place, 'test-quota', { pods: '1', cpu: '500m' });
    await pods.delete('test-pod', { gracePeriodSeconds: 0 });
    await used(place, 'test-quota', { pods: '0', cpu: '0', memory: '0' });
  },
);

for (const [words, group, plural, key] of [
  ['replication controller', 'v1', 'replicationcontrollers', 'replicationcontrollers'],
  ['replica set', 'apps/v1', 'replicasets', 'count/replicasets.apps'],
] as const) {
  conformance(
    `${quota} should create a ResourceQuota and capture the life of a ${words}. [Conformance]`,
    async (place) => {
      const client = place.api.of(group, plural, place.namespace);
      await makeQuota(place);
      const labels = { name: 'test' };
      const selector = group === 'v1' ? labels : { matchLabels: labels };
      await client.create({
        metadata: { name: 'test' },
        spec: {
          replicas: 0,
          selector,
          template: { metadata: { labels }, spec: { containers: [{ name: 'a', image: pause }] } },
        },
      });
      await used(place, 'test-quota', { [key]: '1' });
      await client.delete('test');
      await used(place, 'test-quota', { [key]: '0' });
    },
  );
}

conformance(
  `${quota} should verify ResourceQuota with terminating scopes. [Conformance]`,
  async (place) => {
    const pods = place.api.core('pods', place.namespace);
    const hard = {
      pods: '5',
      'requests.cpu': '1',
      'requests.memory': '500Mi',
      'limits.cpu': '2',
      'limits.memory': '1Gi',
    };
    for (const scope of ['Terminating', 'NotTerminating']) {
      const name = `quota-${scope.toLowerCase()}`;
      await quotasOf(place).create({ metadata: { name }, spec: { hard, scopes: [scope] } });
      await used(place, name, { pods: '0' });
    }
    const resources = {
      requests: { cpu: '500m', memory: '200Mi' },
      limits: { cpu: '1', memory: '400Mi' },
    };
    const counted = {
      pods: '1',
      'requests.cpu': '500m',
      'requests.memory': '200Mi',
      'limits.cpu': '1',
      'limits.memory': '400Mi',
    };
    await pods.create(pod('test-pod', resources));
    await used(place, 'quota-notterminating', counted);
    await used(place, 'quota-terminating', { pods: '0' });
    await pods.delete('test-pod', { gracePeriodSeconds: 0 });
    await used(place, 'quota-notterminating', { pods: '0', 'limits.cpu': '0' });
    await pods.create(pod('terminating-pod', resources, { activeDeadlineSeconds: 3600 }));
    await used(place, 'quota-terminating', counted);
    await used(place, 'quota-notterminating', { pods: '0' });
    await pods.delete('terminating-pod', { gracePeriodSeconds: 0 });
    await used(place, 'quota-terminating', { pods: '0' });
  },
);

conformance(
  `${quota} should verify ResourceQuota with best effort scope. [Conformance]`,
  async (place) => {
    const pods = place.api.core('pods', place.namespace);
    for (const scope of ['BestEffort', 'NotBestEffort']) {
      const name = `quota-${scope.toLowerCase()}`;
      await quotasOf(place).create({
        metadata: { name },
        spec: { hard: { pods: '5' }, scopes: [scope] },
      });
      await used(place, name, { pods: '0' });
    }
    await pods.create(pod('test-pod'));
    await used(place, 'quota-besteffort', { pods: '1' });
    await used(place, 'quota-notbesteffort', { pods: '0' });
    await pods.delete('test-pod', { gracePeriodSeconds: 0 });
    await used(place, 'quota-besteffort', { pods: '0' });
    await pods.create(
      pod('burstable-pod', { requests: { cpu: '500m' }, limits: { memory: '1Gi' } }),
    );
    await used(place, 'quota-notbesteffort', { pods: '1' });
    await used(place, 'quota-besteffort', { pods: '0' });
  },
);

conformance(
  `${quota} should be able to update and delete ResourceQuota. [Conformance]`,
  async (place) => {
    const quotas = quotasOf(place);
    const made = await quotas.create({
      metadata: { name: 'test-quota' },
      spec: { hard: { cpu: '1', memory: '500Mi' } },
    });
    expect(made.spec.hard).toEqual({ cpu: '1', memory: '500Mi' });
    const hard = { cpu: '2', memory: '1Gi' };
    const updated = await quotas.change('test-quota', (object) => ({ ...object, spec: { hard } }));
    expect(updated.spec.hard).toEqual(hard);
    expect((await quotas.get('test-quota')).spec.hard).toEqual(hard);
    await quotas.delete('test-quota');
    await quotas.gone('test-quota');
  },
);

conformance(
  `${quota} should manage the lifecycle of a ResourceQuota [Conformance]`,
  async (place) => {
    const quotas = quotasOf(place);
    const labels = { 'e2e-rq-label': place.namespace };
    await quotas.create({
      metadata: { name: 'e2e-quota', labels },
      spec: { hard: { cpu: '1', memory: '500Mi' } },
    });
    const selector = { labelSelector: `e2e-rq-label=${place.namespace}` };
    expect((await place.api.core('resourcequotas').list(selector)).items).toHaveLength(1);
    const patched = await quotas.patch('e2e-quota', 'strategic', {
      metadata: { labels: { 'e2e-quota': 'patched' } },
      spec: { hard: { memory: '750Mi' } },
    });
    expect([patched.metadata.labels['e2e-quota'], patched.spec.hard]).toEqual([
      'patched',
      { cpu: '1', memory: '750Mi' },
    ]);
    await quotas.deleteAll(selector);
    expect((await place.api.core('resourcequotas').list(selector)).items).toEqual([]);
  },
);

conformance(
  `${quota} should apply changes to a resourcequota status [Conformance]`,
  async (place) => {
    const quotas = quotasOf(place);
    const name = 'e2e-rq-status';
    const hard = { cpu: '500m', memory: '500Mi' };
    const { metadata } = await quotas.list();
    const watch = quotas.watch({ resourceVersion: text(metadata.resourceVersion) });
    await quotas.create({ metadata: { name }, spec: { hard } });
    const settled = (wanted: Record<string, string>): Promise<Item> =>
      until('the hard status', async () => {
        const object = await quotas.get(name);
        const isSettled = Object.entries(wanted).every(
          ([key, value]) => text(object.status.hard?.[key]) === value,
        );
        return isSettled && object;
      });
    await settled(hard);
    const larger = { cpu: '1', memory: '1Gi' };
    const updated = await quotas.change(
      name,
      (object) => ({ ...object, status: { ...object.status, hard: larger } }),
      'status',
    );
    expect(updated.status.hard).toEqual(larger);
    // The controller takes it back.
    await settled(hard);
    await quotas.patch(name, 'strategic', { spec: { hard: larger } });
    await settled(larger);
    const patched = await quotas.patch(
      name,
      'merge',
      { metadata: { annotations: {} }, status: { hard: { cpu: '2', memory: '2Gi' } } },
      'status',
    );
    expect([patched.status.hard, patched.spec.hard]).toEqual([{ cpu: '2', memory: '2Gi' }, larger]);
    expect((await quotas.get(name, 'status')).spec.hard).toEqual(larger);
    await settled(larger);
    watch.stop();
  },
);

const limits = '[sig-scheduling] LimitRange';

function limitRange(
  name: string,
  min: object,
  max: object,
  more: object = {},
  labels = {},
): object {
  return {
    metadata: { name, labels },
    spec: { limits: [{ type: 'Container', min, max, ...more }] },
  };
}

conformance(
  `${limits} should create a LimitRange with defaults and ensure pod has those defaults applied. [Conformance]`,
  async (place) => {
    const ranges: Resource = place.api.core('limitranges', place.namespace);
    const pods = place.api.core('pods', place.namespace);
    const resources = (cpu: string, memory: string, storage: string): object => ({
      cpu,
      memory,
      'ephemeral-storage': storage,
    });
    const min = resources('50m', '100Mi', '100Gi');
    const max = resources('500m', '500Mi', '500Gi');
    const fallback = resources('500m', '500Mi', '500Gi');
    const request = resources('100m', '200Mi', '200Gi');
    const watch = ranges.watch({ labelSelector: `time=${place.namespace}` });
    const more = { default: fallback, defaultRequest: request, maxLimitRequestRatio: {} };
    await ranges.create(limitRange('limit-range', min, max, more, { time: place.namespace }));
    await watch.type('ADDED');
    watch.stop();
    expect(list((await ranges.get('limit-range')).spec.limits)[0]).toMatchObject({ min, max });
    await pods.create(pod('pod-no-resources'));
    const [plain] = list((await pods.get('pod-no-resources')).spec.containers);
    expect(plain.resources).toEqual({ requests: request, limits: fallback });
    const partial = {
      limits: { cpu: '300m' },
      requests: { memory: '150Mi', 'ephemeral-storage': '150Gi' },
    };
    await pods.create(pod('pod-partial-resources', partial));
    const [some] = list((await pods.get('pod-partial-resources')).spec.containers);
    expect(some.resources).toEqual({
      limits: resources('300m', '500Mi', '500Gi'),
      requests: resources('300m', '150Mi', '150Gi'),
    });
    const tooSmall = { requests: resources('10m', '50Mi', '50Gi') };
    expect((await refused(pods.create(pod('too-small', tooSmall)))).code).toBe(403);
    const tooLarge = { limits: resources('600m', '600Mi', '600Gi') };
    expect((await refused(pods.create(pod('too-large', tooLarge)))).code).toBe(403);
    await ranges.change('limit-range', (object) => ({
      ...object,
      spec: { limits: [{ ...list(object.spec.limits)[0], min: resources('9m', '49Mi', '49Gi') }] },
    }));
    await pods.create(pod('small-enough', tooSmall));
    expect((await refused(pods.create(pod('still-too-large', tooLarge)))).code).toBe(403);
    await ranges.delete('limit-range', { gracePeriodSeconds: 30 });
    await ranges.gone('limit-range');
    await pods.create(pod('no-limit', tooLarge));
    expect(number((await ranges.list()).items.length as never)).toBe(0);
  },
);

conformance(
  `${limits} should list, patch and delete a LimitRange by collection [Conformance]`,
  async (place) => {
    const other = `${place.namespace}-other`;
    await makeNamespace(place.api, other);
    const label = { 'limitrange-label': place.namespace };
    const selector = { labelSelector: `limitrange-label=${place.namespace}` };
    for (const namespace of [place.namespace, other]) {
      await place.api
        .core('limitranges', namespace)
        .create(limitRange('e2e-limitrange', { cpu: '50m' }, { cpu: '500m' }, {}, label));
    }
    const everywhere = place.api.core('limitranges');
    expect((await everywhere.list(selector)).items).toHaveLength(2);
    const patched = await place.api
      .core('limitranges', place.namespace)
      .patch('e2e-limitrange', 'strategic', {
        metadata: { labels: { patched: 'yes' } },
        spec: { limits: [{ type: 'Container', min: { cpu: '40m' } }] },
      });
    expect(list(patched.spec.limits)).toHaveLength(1);
    await place.api
      .core('limitranges', place.namespace)
      .deleteAll({ labelSelector: 'patched=yes' });
    expect((await everywhere.list(selector)).items).toHaveLength(1);
    await place.api.core('namespaces').delete(other);
  },
);
