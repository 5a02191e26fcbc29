// Upstream: test/e2e/storage/{persistent_volumes,csi_inline,empty_dir_wrapper}.go,
// test/e2e/auth/certificates.go.
import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { list, suite, text, until, type Item, type Place } from './framework';

const { conformance } = suite();

const volume = (name: string, labels: object): object => ({
  metadata: { name, labels },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    storageClassName: name,
    persistentVolumeReclaimPolicy: 'Retain',
    volumeMode: 'Filesystem',
    csi: { driver: 'e2e-driver.example.com', volumeHandle: 'e2e-csi-volume' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'none', operator: 'Exists' }] }],
      },
    },
  },
});
const claim = (name: string, storageClassName: string, labels: object): object => ({
  metadata: { name, labels },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
    storageClassName,
  },
});

const volumesOf = ({ api }: Place) => api.core('persistentvolumes');
const claimsOf = ({ api, namespace }: Place) => api.core('persistentvolumeclaims', namespace);
const persistent = '[sig-storage] PersistentVolumes CSI Conformance should';

async function makeBoth(place: Place, suffix: string): Promise<[string, string]> {
  const name = `pv-${place.namespace}-${suffix}`;
  const labels = { 'e2e-pv-pool': place.namespace };
  await volumesOf(place).create(volume(name, labels));
  await claimsOf(place).create(claim(`pvc-${suffix}`, name, labels));
  await until(
    'the claim to be bound',
    async () => text((await claimsOf(place).get(`pvc-${suffix}`)).status.phase) === 'Bound',
  );
  await until(
    'the volume to be bound',
    async () => text((await volumesOf(place).get(name)).status.phase) === 'Bound',
  );
  return [name, `pvc-${suffix}`];
}

conformance(
  `${persistent} run through the lifecycle of a PV and a PVC [Conformance]`,
  async (place) => {
    const volumes = volumesOf(place);
    const claims = claimsOf(place);
    const selector = { labelSelector: `e2e-pv-pool=${place.namespace}` };
    const [name, own] = await makeBoth(place, 'a');
    expect((await volumes.list(selector)).items).toHaveLength(1);
    expect((await claims.list()).items).toHaveLength(1);
    for (const [client, of] of [
      [volumes, name],
      [claims, own],
    ] as const) {
      const patched = await client.patch(of, 'strategic', {
        metadata: { labels: { [of]: 'patched' } },
      });
      expect(patched.metadata.labels[of]).toBe('patched');
    }
    await claims.delete(own);
    await claims.gone(own);
    await until(
      'the volume to be released',
      async () => text((await volumes.get(name)).status.phase) === 'Released',
    );
    await volumes.delete(name);
    await volumes.gone(name);
    const [second, other] = await makeBoth(place, 'b');
    for (const [client, of] of [
      [volumes, second],
      [claims, other],
    ] as const) {
      const updated = await client.change(of, (object) => ({
        ...object,
        metadata: { ...object.metadata, labels: { ...object.metadata.labels, [of]: 'updated' } },
      }));
      expect(updated.metadata.labels[of]).toBe('updated');
    }
    await claims.deleteAll({ labelSelector: `${other}=updated` });
    await claims.gone(other);
    await volumes.deleteAll({ labelSelector: `${second}=updated` });
    await volumes.gone(second);
  },
);

conformance(`${persistent} apply changes to a pv/pvc status [Conformance]`, async (place) => {
  const [name, own] = await makeBoth(place, 'a');
  const claims = claimsOf(place);
  const volumes = volumesOf(place);
  expect((await claims.get(own, 'status')).status.phase).toBe('Bound');
  expect((await volumes.get(name, 'status')).status.phase).toBe('Bound');
  const condition = {
    type: 'StatusPatched',
    status: 'True',
    reason: 'E2E patchStatus',
    message: 'Set by e2e test',
  };
  const patched = await claims.patch(
    own,
    'merge',
    { status: { conditions: [condition] } },
    'status',
  );
  expect(list(patched.status.conditions)[0]).toMatchObject(condition);
  const told = { message: 'StatusPatched', reason: 'E2E patchStatus' };
  expect((await volumes.patch(name, 'merge', { status: told }, 'status')).status).toMatchObject(
    told,
  );
  const second = { ...condition, type: 'StatusUpdated', reason: 'E2E updateStatus' };
  const updated = await claims.change(
    own,
    (object) => ({
      ...object,
      status: { ...object.status, conditions: [...list(object.status.conditions), second] },
    }),
    'status',
  );
  expect(list(updated.status.conditions).at(-1)).toMatchObject(second);
  const other = { message: 'StatusUpdated', reason: 'E2E updateStatus' };
  const changed = await volumes.change(
    name,
    (object) => ({ ...object, status: { ...object.status, ...other } }),
    'status',
  );
  expect(changed.status).toMatchObject(other);
  await claims.delete(own);
  await claims.gone(own);
  await volumes.delete(name);
});

const httpd = 'registry.k8s.io/e2e-test-images/httpd:2.4.38-4';

conformance(
  '[sig-storage] CSIInlineVolumes should support CSIVolumeSource in Pod API [Conformance]',
  async (place) => {
    const driver = `inline-driver-${place.namespace}`;
    await place.api.of('storage.k8s.io/v1', 'csidrivers').create({
      metadata: { name: driver },
      spec: { volumeLifecycleModes: ['Ephemeral'] },
    });
    const pods = place.api.core('pods', place.namespace);
    const csi = { driver, readOnly: true };
    await pods.create({
      metadata: { name: 'pod-csi-inline-volumes' },
      spec: {
        volumes: [{ name: 'my-csi-volume', csi }],
        containers: [
          {
            name: 'test',
            image: httpd,
            volumeMounts: [{ name: 'my-csi-volume', mountPath: '/csi' }],
          },
        ],
      },
    });
    const { items } = await pods.list();
    expect(
      list(items[0].spec.volumes).find(({ name }) => text(name) === 'my-csi-volume')?.csi,
    ).toEqual(csi);
    await pods.patch('pod-csi-inline-volumes', 'merge', { metadata: { labels: { test: 'test' } } });
    await pods.delete('pod-csi-inline-volumes', { gracePeriodSeconds: 0 });
    await pods.gone('pod-csi-inline-volumes');
    await place.api.of('storage.k8s.io/v1', 'csidrivers').delete(driver);
  },
);

const wrapper = '[sig-storage] EmptyDir wrapper volumes should';

conformance(`${wrapper} not conflict [Conformance]`, async ({ api, namespace }) => {
  await api
    .core('secrets', namespace)
    .create({ metadata: { name: 'wrapped' }, data: { 'data-1': 'dmFsdWUtMQo=' } });
  await api
    .core('configmaps', namespace)
    .create({ metadata: { name: 'wrapped' }, data: { 'data-1': 'value-1' } });
  const volumes = [
    { name: 'secret-volume', secret: { secretName: 'wrapped' } },
    { name: 'configmap-volume', configMap: { name: 'wrapped' } },
  ];
  const volumeMounts = volumes.map(({ name }) => ({
    name,
    mountPath: `/etc/${name}`,
    readOnly: true,
  }));
  const pods = api.core('pods', namespace);
  await pods.create({
    metadata: { name: 'wrapper' },
    spec: { volumes, containers: [{ name: 'test', image: httpd, volumeMounts }] },
  });
  await until('running', async () => text((await pods.get('wrapper')).status.phase) === 'Running');
  await pods.delete('wrapper', { gracePeriodSeconds: 0 });
});

conformance(
  `${wrapper} not cause race condition when used for configmaps [Serial] [Conformance]`,
  async ({ api, namespace }) => {
    const names = Array.from({ length: 50 }, (_, index) => `racey-configmap-${index}`);
    for (const name of names)
      await api
        .core('configmaps', namespace)
        .create({ metadata: { name }, data: { 'data-1': 'value-1' } });
    const volumes = names.map((name) => ({
      name,
      configMap: { name, items: [{ key: 'data-1', path: 'data-1' }] },
    }));
    const volumeMounts = names.map((name) => ({ name, mountPath: `/etc/config-${name}` }));
    const labels = { name: 'wrapped-volume-race' };
    const client = api.core('replicationcontrollers', namespace);
    for (const round of [1, 2, 3]) {
      const name = `wrapped-volume-race-${round}`;
      await client.create({
        metadata: { name },
        spec: {
          replicas: 5,
          selector: labels,
          template: {
            metadata: { labels },
            spec: {
              dnsPolicy: 'Default',
              volumes,
              containers: [
                { name: 'test', image: httpd, command: ['sleep', '10000'], volumeMounts },
              ],
            },
          },
        },
      });
      await until('five running', async () => {
        const { items } = await api.core('pods', namespace).list();
        return items.filter(({ status }) => text(status.phase) === 'Running').length === 5;
      });
      await client.delete(name, { propagationPolicy: 'Foreground' });
      await until(
        'no pods',
        async () => (await api.core('pods', namespace).list()).items.length === 0,
      );
    }
  },
);

conformance(
  '[sig-auth] Certificates API [Privileged:ClusterAdmin] should support CSR API operations [Conformance]',
  async ({ api, namespace }) => {
    const args = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null'];
    const subject = ['-subj', '/O=e2e-group/CN=e2e-user'];
    const request = execFileSync('openssl', [...args, ...subject], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString('base64');
    const { resources } = await api.ask('GET', '/apis/certificates.k8s.io/v1');
    const names = list(resources).map(({ name }) => text(name));
    for (const part of ['', '/approval', '/status'])
      expect(names).toContain(`certificatesigningrequests${part}`);
    const client = api.of('certificates.k8s.io/v1', 'certificatesigningrequests');
    const signerName = 'example.com/e2e';
    const template = {
      metadata: { generateName: 'e2e-example-csr-' },
      spec: {
        request,
        signerName,
        expirationSeconds: 3600,
        usages: ['digital signature', 'key encipherment', 'server auth'],
      },
    };
    const made: Item[] = [];
    for (let index = 0; index < 3; index++) made.push(await client.create(template));
    const name = text(made[0].metadata.name);
    const fieldSelector = `spec.signerName=${signerName}`;
    const { items, metadata } = await client.list({ fieldSelector });
    expect(items).toHaveLength(3);
    const watch = client.watch({ fieldSelector, resourceVersion: text(metadata.resourceVersion) });
    const patched = await client.patch(name, 'merge', {
      metadata: { annotations: { patched: 'true' } },
    });
    const updated = await client.update({
      ...patched,
      metadata: {
        ...patched.metadata,
        annotations: { ...patched.metadata.annotations, updated: 'true' },
      },
    });
    expect(updated.metadata.annotations).toMatchObject({ patched: 'true', updated: 'true' });
    await watch.next('updated', ({ object }) => Boolean(object.metadata.annotations?.updated));
    const condition = { type: 'ApprovalPatch', status: 'True', reason: 'e2e' };
    const approval = await client.patch(
      name,
      'merge',
      {
        metadata: { annotations: { patchedapproval: 'true' } },
        status: { conditions: [condition] },
      },
      'approval',
    );
    expect(list(approval.status.conditions)[0]).toMatchObject(condition);
    expect(approval.metadata.annotations.patchedapproval).toBe('true');
    expect((await client.get(name, 'approval')).metadata.uid).toBe(made[0].metadata.uid);
    const approved = {
      type: 'Approved',
      status: 'True',
      reason: 'E2E',
      message: 'Set from an e2e test',
    };
    const both = await client.update(
      {
        ...approval,
        status: { ...approval.status, conditions: [...list(approval.status.conditions), approved] },
      },
      'approval',
    );
    expect(list(both.status.conditions)).toHaveLength(2);
    const status = await client.patch(
      name,
      'merge',
      {
        metadata: { annotations: { patchedstatus: 'true' } },
        status: { certificate: certificate() },
      },
      'status',
    );
    expect(status.metadata.annotations.patchedstatus).toBe('true');
    expect(text(status.status.certificate)).toBeTruthy();
    const more = {
      type: 'StatusUpdate',
      status: 'True',
      reason: 'E2E',
      message: 'Set from an e2e test',
    };
    const last = await client.update(
      {
        ...status,
        status: { ...status.status, conditions: [...list(status.status.conditions), more] },
      },
      'status',
    );
    expect(list(last.status.conditions)).toHaveLength(3);
    await client.delete(name);
    await watch.type('DELETED');
    watch.stop();
    await client.deleteAll({ fieldSelector });
    expect((await client.list({ fieldSelector })).items).toEqual([]);
    expect(namespace).toBeTruthy();
  },
);

/** PEM in base64. */
function certificate(): string {
  const args = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    '/dev/null',
    '-subj',
    '/CN=e2e',
  ];
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString('base64');
}
