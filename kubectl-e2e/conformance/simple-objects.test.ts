// Upstream: test/e2e/{auth,common/node,instrumentation,network,node,storage}: kinds that are made,
// read, changed and deleted, and the little that follows from it.
import { expect } from 'vitest';
import { isMissing, list, refused, suite, text, until, type Item, type Place } from './framework';
import { pause } from './images';
import { operate, type Operations } from './lifecycles';

const { conformance } = suite();

const podTemplate = { template: { spec: { containers: [{ name: 'nginx', image: 'nginx' }] } } };
const event = (reason: string): object => ({
  message: 'This is a test event',
  reason,
  type: 'Normal',
  count: 1,
});

const table: Record<string, Operations> = {
  '[sig-storage] CSIInlineVolumes should run through the lifecycle of a CSIDriver [Conformance]': {
    groupVersion: 'storage.k8s.io/v1',
    plural: 'csidrivers',
    template: { spec: { attachRequired: false, volumeLifecycleModes: ['Ephemeral'] } },
  },
  '[sig-storage] CSINodes CSI Conformance should run through the lifecycle of a csinode [Conformance]':
    { groupVersion: 'storage.k8s.io/v1', plural: 'csinodes', template: { spec: { drivers: [] } } },
  '[sig-storage] StorageClasses CSI Conformance should run through the lifecycle of a StorageClass [Conformance]':
    {
      groupVersion: 'storage.k8s.io/v1',
      plural: 'storageclasses',
      template: { provisioner: 'e2e-fake-provisioner' },
    },
  '[sig-storage] VolumeAttributesClass [FeatureGate:VolumeAttributesClass] should run through the lifecycle of a VolumeAttributesClass [Conformance]':
    {
      groupVersion: 'storage.k8s.io/v1',
      plural: 'volumeattributesclasses',
      template: { driverName: 'e2e-fake-csi-driver', parameters: { iops: '1' } },
    },
  '[sig-storage] VolumeAttachment Conformance should run through the lifecycle of a VolumeAttachment [Conformance]':
    {
      groupVersion: 'storage.k8s.io/v1',
      plural: 'volumeattachments',
      template: {
        spec: {
          attacher: 'e2e-test.io',
          nodeName: 'e2e-node',
          source: { persistentVolumeName: 'e2e-pv' },
        },
      },
    },
  '[sig-storage] VolumeAttachment Conformance should apply changes to a volumeattachment status [Conformance]':
    {
      groupVersion: 'storage.k8s.io/v1',
      plural: 'volumeattachments',
      template: {
        spec: {
          attacher: 'e2e-test.io',
          nodeName: 'e2e-node',
          source: { persistentVolumeName: 'e2e-pv' },
        },
      },
      status: { patch: { attached: true }, update: { attached: false } },
    },
  '[sig-network] ServiceCIDR and IPAddress API should support IPAddress API operations [Conformance]':
    {
      groupVersion: 'networking.k8s.io/v1',
      plural: 'ipaddresses',
      names: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
      template: {
        metadata: {},
        spec: { parentRef: { resource: 'services', name: 'foo', namespace: 'bar' } },
      },
    },
  '[sig-network] ServiceCIDR and IPAddress API should support ServiceCIDR API operations [Conformance]':
    {
      groupVersion: 'networking.k8s.io/v1',
      plural: 'servicecidrs',
      template: { spec: { cidrs: ['10.200.0.0/24'] } },
      status: {
        patch: {
          conditions: [
            {
              type: 'Patched',
              status: 'True',
              reason: 'E2E',
              message: '',
              lastTransitionTime: '2026-01-02T03:04:05Z',
            },
          ],
        },
        update: {
          conditions: [
            {
              type: 'Updated',
              status: 'True',
              reason: 'E2E',
              message: '',
              lastTransitionTime: '2026-01-02T03:04:05Z',
            },
          ],
        },
      },
    },
  '[sig-node] Lease lease API should be available [Conformance]': {
    groupVersion: 'coordination.k8s.io/v1',
    plural: 'leases',
    namespaced: true,
    template: {
      spec: {
        holderIdentity: 'holder',
        leaseDurationSeconds: 30,
        acquireTime: '2026-01-02T03:04:05.000000Z',
        renewTime: '2026-01-02T03:04:10.000000Z',
        leaseTransitions: 0,
      },
    },
  },
  '[sig-node] PodTemplates should run the lifecycle of PodTemplates [Conformance]': {
    groupVersion: 'v1',
    plural: 'podtemplates',
    namespaced: true,
    template: podTemplate,
  },
  '[sig-node] PodTemplates should replace a pod template [Conformance]': {
    groupVersion: 'v1',
    plural: 'podtemplates',
    namespaced: true,
    template: podTemplate,
  },
  '[sig-node] PodTemplates should delete a collection of pod templates [Conformance]': {
    groupVersion: 'v1',
    plural: 'podtemplates',
    namespaced: true,
    template: podTemplate,
  },
  '[sig-node] Node Lifecycle should run through the lifecycle of a node [Conformance]': {
    groupVersion: 'v1',
    plural: 'nodes',
    template: { spec: {} },
    status: {
      patch: { capacity: { 'scheduling.k8s.io/foo': '3' } },
      update: { capacity: { 'scheduling.k8s.io/foo': '5' } },
    },
  },
  '[sig-node] ConfigMap should run through a ConfigMap lifecycle [Conformance]': {
    groupVersion: 'v1',
    plural: 'configmaps',
    namespaced: true,
    template: { data: { valueName: 'value' } },
  },
  '[sig-node] ConfigMap should update ConfigMap successfully [NodeConformance] [Conformance]': {
    groupVersion: 'v1',
    plural: 'configmaps',
    namespaced: true,
    template: { data: { data: 'value' }, binaryData: { 'dump.bin': '3q2+7w==' } },
  },
  '[sig-node] Secrets should patch a secret [Conformance]': {
    groupVersion: 'v1',
    plural: 'secrets',
    namespaced: true,
    template: { data: { key: 'dmFsdWU=' }, type: 'Opaque' },
  },
  '[sig-instrumentation] Events should manage the lifecycle of an event [Conformance]': {
    groupVersion: 'v1',
    plural: 'events',
    namespaced: true,
    template: event('Test'),
  },
  '[sig-instrumentation] Events should delete a collection of events [Conformance]': {
    groupVersion: 'v1',
    plural: 'events',
    namespaced: true,
    template: event('Test1'),
  },
  '[sig-auth] ServiceAccounts should update a ServiceAccount [Conformance]': {
    groupVersion: 'v1',
    plural: 'serviceaccounts',
    namespaced: true,
    template: { automountServiceAccountToken: false },
  },
  '[sig-auth] ServiceAccounts should run through the lifecycle of a ServiceAccount [Conformance]': {
    groupVersion: 'v1',
    plural: 'serviceaccounts',
    namespaced: true,
    template: {},
  },
  '[sig-network] Endpoints should test the lifecycle of an Endpoint [Conformance]': {
    groupVersion: 'v1',
    plural: 'endpoints',
    namespaced: true,
    template: {
      subsets: [
        { addresses: [{ ip: '10.0.0.24' }], ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
      ],
    },
  },
};

for (const [name, what] of Object.entries(table)) {
  // Events and Endpoints have no metadata of their own but that of what they tell.
  conformance(name, (place) => operate(place, withReference(what, place)));
}

function withReference(what: Operations, { namespace }: Place): Operations {
  if (what.plural !== 'events') return what;
  return { ...what, template: { ...what.template, involvedObject: { namespace } } };
}

for (const [plural, words] of [
  [
    'configmaps',
    '[sig-node] ConfigMap should fail to create ConfigMap with empty key [Conformance]',
  ],
  [
    'secrets',
    '[sig-node] Secrets should fail to create secret due to empty secret key [Conformance]',
  ],
] as const) {
  conformance(words, async ({ api, namespace }) => {
    const client = api.core(plural, namespace);
    const refusal = await refused(
      client.create({ metadata: { name: 'empty' }, data: { '': 'dmFsdWU=' } }),
    );
    expect(refusal).toMatchObject({ code: 422, reason: 'Invalid' });
  });
}

for (const [plural, kind] of [
  ['configmaps', 'ConfigMap'],
  ['secrets', 'Secrets'],
] as const) {
  conformance(
    `[sig-storage] ${kind} should be immutable if \`immutable\` field is set [Conformance]`,
    async ({ api, namespace }) => {
      const client = api.core(plural, namespace);
      await client.create({ metadata: { name: 'immutable' }, data: { 'data-1': 'dmFsdWU=' } });
      await client.change('immutable', (object) => ({ ...object, data: { 'data-1': 'dmFsdWUy' } }));
      const sealed = await client.change('immutable', (object) => ({ ...object, immutable: true }));
      for (const change of [
        { data: { 'data-1': 'dmFsdWUz' } },
        { immutable: false },
        { immutable: undefined },
      ]) {
        expect(await refused(client.update({ ...sealed, ...change }))).toMatchObject({
          code: 422,
          reason: 'Invalid',
        });
      }
      const metadata = { ...sealed.metadata, labels: { label1: 'value1' } };
      await client.update({ ...sealed, metadata });
      await client.delete('immutable');
      expect(await isMissing(client.get('immutable'))).toBe(true);
    },
  );
}

const events = '[sig-instrumentation] Events API should';
const newEvent = (name: string, namespace: string, labels: object = {}): object => ({
  metadata: { name, labels },
  action: 'Do',
  reason: 'Test',
  type: 'Normal',
  note: `This is ${name}`,
  regarding: { namespace },
  eventTime: '2026-01-02T03:04:05.000006Z',
  reportingController: 'test-controller',
  reportingInstance: 'test-node',
});

conformance(
  `${events} ensure that an event can be fetched, patched, deleted, and listed [Conformance]`,
  async (place) => {
    const client = place.api.of('events.k8s.io/v1', 'events', place.namespace);
    const created = await client.create(
      newEvent('event-test', place.namespace, { constant: 'yes' }),
    );
    expect(created.eventTime).toBe('2026-01-02T03:04:05.000006Z');
    for (const client of [
      place.api.of('events.k8s.io/v1', 'events'),
      place.api.of('events.k8s.io/v1', 'events', place.namespace),
    ]) {
      const { items } = await client.list({ labelSelector: 'constant=yes' });
      expect(items).toHaveLength(1);
    }
    expect(
      (await client.list({ fieldSelector: 'reportingController=test-controller' })).items,
    ).toHaveLength(1);
    const first = { count: 2, lastObservedTime: '2026-11-21T03:04:05.000000Z' };
    await client.patch('event-test', 'strategic', { series: first });
    const patched = await client.get('event-test');
    expect(patched.series).toEqual(first);
    const series = { count: 100, lastObservedTime: '2026-11-21T03:04:05.000010Z' };
    await client.update({ ...patched, series });
    expect((await client.get('event-test')).series).toEqual(series);
    await client.delete('event-test');
    expect(await isMissing(client.get('event-test'))).toBe(true);
  },
);

conformance(`${events} delete a collection of events [Conformance]`, async (place) => {
  const client = place.api.of('events.k8s.io/v1', 'events', place.namespace);
  const labels = { 'testevent-set': 'true' };
  for (const name of ['event1', 'event2', 'event3'])
    await client.create(newEvent(name, place.namespace, labels));
  const selector = { labelSelector: 'testevent-set=true' };
  expect((await client.list(selector)).items).toHaveLength(3);
  await client.deleteAll(selector);
  expect((await client.list(selector)).items).toEqual([]);
});

conformance(
  '[sig-auth] ServiceAccounts should guarantee kube-root-ca.crt exist in any namespace [Conformance]',
  async ({ api, namespace }) => {
    const maps = api.core('configmaps', namespace);
    const { data } = await maps.get('kube-root-ca.crt');
    expect(text(data['ca.crt'])).toMatch(/^-----BEGIN CERTIFICATE-----/);
    await maps.delete('kube-root-ca.crt');
    const there = (): Promise<Item | undefined> =>
      maps.get('kube-root-ca.crt').catch(() => undefined);
    await until('another', there);
    await maps.change('kube-root-ca.crt', (object) => ({ ...object, data: { 'ca.crt': '' } }));
    await until(
      'it to be put right',
      async () => text((await there())?.data['ca.crt'] as never) === text(data['ca.crt']),
    );
  },
);

conformance(
  '[sig-auth] ServiceAccounts should allow opting out of API token automount [Conformance]',
  async ({ api, namespace }) => {
    const accounts = api.core('serviceaccounts', namespace);
    const pods = api.core('pods', namespace);
    for (const [name, automountServiceAccountToken] of [
      ['default-sa', undefined],
      ['mount', true],
      ['nomount', false],
    ] as const) {
      await accounts.create({ metadata: { name }, automountServiceAccountToken });
      for (const own of [undefined, true, false]) {
        const podName = `pod-service-account-${name}-${own}`;
        const spec = {
          containers: [{ name: 'token-test', image: pause }],
          serviceAccountName: name,
          automountServiceAccountToken: own,
        };
        const made = await pods.create({ metadata: { name: podName }, spec });
        const mounts = list(list(made.spec.containers)[0].volumeMounts).map(({ mountPath }) =>
          text(mountPath),
        );
        const isMounted = own ?? automountServiceAccountToken ?? true;
        expect([podName, mounts.includes('/var/run/secrets/kubernetes.io/serviceaccount')]).toEqual(
          [podName, isMounted],
        );
      }
    }
  },
);

conformance(
  '[sig-auth] ServiceAccounts should create a serviceAccountToken and ensure a successful TokenReview [Conformance]',
  async ({ api, namespace }) => {
    const accounts = api.core('serviceaccounts', namespace);
    const made = await accounts.create({ metadata: { name: 'e2e-sa' } });
    const { status } = await api.ask('POST', `${accounts.path}/e2e-sa/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: { name: 'e2e-sa', namespace },
      spec: { audiences: [], expirationSeconds: 600 },
    });
    const review = await api.of('authentication.k8s.io/v1', 'tokenreviews').create({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token: status.token },
    });
    expect(review.status).toMatchObject({
      authenticated: true,
      user: { username: `system:serviceaccount:${namespace}:e2e-sa`, uid: made.metadata.uid },
    });
  },
);

conformance(
  '[sig-auth] SubjectReview should support SubjectReview API operations [Conformance]',
  async ({ api, namespace }) => {
    await api.core('serviceaccounts', namespace).create({ metadata: { name: 'e2e' } });
    const user = `system:serviceaccount:${namespace}:e2e`;
    const attributes = {
      resourceAttributes: { verb: 'list', resource: 'configmaps', version: 'v1', namespace },
    };
    const spec = { user, groups: ['system:authenticated'], ...attributes };
    for (const path of [
      'subjectaccessreviews',
      `namespaces/${namespace}/localsubjectaccessreviews`,
    ]) {
      const kind = path.startsWith('sub') ? 'SubjectAccessReview' : 'LocalSubjectAccessReview';
      const metadata = kind === 'LocalSubjectAccessReview' ? { namespace } : {};
      const { status } = await api.ask('POST', `/apis/authorization.k8s.io/v1/${path}`, {
        apiVersion: 'authorization.k8s.io/v1',
        kind,
        metadata,
        spec,
      });
      expect(status.allowed).toBe(false);
    }
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    const own = await api.send('GET', path, undefined, { 'impersonate-user': user });
    expect([own.code, own.body.reason]).toEqual([403, 'Forbidden']);
  },
);

const runtimeClass = '[sig-node] RuntimeClass should';
const withClass = (runtimeClassName: string): object => ({
  metadata: { name: 'test' },
  spec: {
    runtimeClassName,
    containers: [{ name: 'test', image: pause }],
    automountServiceAccountToken: false,
  },
});

for (const words of [
  'reject a Pod requesting a non-existent RuntimeClass',
  'reject a Pod requesting a deleted RuntimeClass',
]) {
  conformance(
    `${runtimeClass} ${words} [NodeConformance] [Conformance]`,
    async ({ api, namespace }) => {
      const classes = api.of('node.k8s.io/v1', 'runtimeclasses');
      const name = `${namespace}-delete-me`;
      if (words.includes('deleted')) {
        await classes.create({ metadata: { name }, handler: 'runc' });
        await classes.delete(name);
      }
      const refusal = await refused(api.core('pods', namespace).create(withClass(name)));
      expect(refusal).toMatchObject({ code: 403, reason: 'Forbidden' });
      expect(refusal.message).toContain(`RuntimeClass "${name}" not found`);
    },
  );
}

for (const [words, overhead] of [
  ['schedule a Pod requesting a RuntimeClass without PodOverhead', undefined],
  [
    'schedule a Pod requesting a RuntimeClass and initialize its Overhead',
    { podFixed: { cpu: '10m', memory: '1Mi' } },
  ],
] as const) {
  conformance(
    `${runtimeClass} ${words} [NodeConformance] [Conformance]`,
    async ({ api, namespace }) => {
      const name = `${namespace}-preconfigured`;
      await api
        .of('node.k8s.io/v1', 'runtimeclasses')
        .create({ metadata: { name }, handler: 'test-handler', overhead });
      const pods = api.core('pods', namespace);
      await pods.create(withClass(name));
      const made = await until('the pod to be scheduled', async () => {
        const object = await pods.get('test');
        return object.spec.nodeName && object;
      });
      expect(made.spec.overhead).toEqual(overhead?.podFixed);
    },
  );
}
