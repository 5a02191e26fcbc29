// The official JavaScript client against a served cluster: every kind is created, read, listed,
// patched, applied, replaced, watched, followed by an informer and deleted, over both ports.
import { execFileSync } from 'node:child_process';
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  Watch,
  type KubernetesListObject,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterServer } from '../src/host/node/cluster-server';
import { samples, type Sample } from '../src/testing/every-kind';

const NAMESPACE = 'samples';
const DEADLINE_MS = 20_000;

let server: ClusterServer;

beforeAll(async () => {
  const options = {
    port: 0,
    securePort: 0,
    preset: 'kubeadm',
    pods: 0,
    scenario: undefined,
    seed: 1,
    speed: 1,
    kubeconfig: undefined,
    adminToken: undefined,
    gatewayApi: false,
  };
  server = new ClusterServer(options, { pageFolder: 'dist', nowMs: () => Date.now() });
  await server.listen();
  await configOf('plain')
    .makeApiClient(CoreV1Api)
    .createNamespace({
      body: { metadata: { name: NAMESPACE } },
    });
});

afterAll(() => server.close());

type Port = 'plain' | 'secure';

/** PEM of a request with a key of its own, in base64. */
function certificateRequest(): string {
  const args = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null'];
  const subject = ['-subj', '/O=samples/CN=sample'];
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  return execFileSync('openssl', [...args, ...subject], { stdio: [...stdio] }).toString('base64');
}

function configOf(port: Port): KubeConfig {
  const config = new KubeConfig();
  if (port === 'secure') config.loadFromString(server.kubeconfig);
  else
    config.loadFromClusterAndUser(
      { name: 'plain', server: server.url, skipTLSVerify: true },
      { name: 'me' },
    );
  return config;
}

const request = certificateRequest();
const all = samples(request).map(
  (sample) => [`${sample.apiVersion} ${sample.kind}`, sample] as const,
);

function manifest(
  { apiVersion, kind, namespaced, body, name }: Sample,
  port: Port,
): KubernetesObject {
  const own = name ?? `sample-${port}-${kind.toLowerCase()}`;
  const metadata = { name: own, ...(namespaced && { namespace: NAMESPACE }) };
  const text = JSON.stringify({ apiVersion, kind, metadata, ...body });
  return JSON.parse(text.replaceAll('{{namespace}}', NAMESPACE)) as KubernetesObject;
}

type Header = { metadata: { name: string; namespace?: string } };
const headerOf = (object: KubernetesObject): Header & KubernetesObject =>
  ({ apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata }) as never;

test('the samples are of every kind that discovery says can be created', () => {
  const creatable = server.cluster.definitions
    .filter(({ isVirtual, verbs }) => !isVirtual && (!verbs || verbs.includes('create')))
    .map(({ ref }) => `${ref.apiVersion} ${ref.kind}`)
    .sort();
  expect(all.map(([name]) => name).sort()).toEqual(creatable);
});

describe.each(['plain', 'secure'] as const)('over the %s port', (port) => {
  test.each(all)('%s lives its life', async (_name, sample) => {
    const api = KubernetesObjectApi.makeApiClient(configOf(port));
    const object = manifest(sample, port);
    const header = headerOf(object);
    const created = await api.create(object);
    expect(created.metadata?.uid).toBeTruthy();

    const read = await api.read(header);
    expect([read.kind, read.metadata?.name]).toEqual([sample.kind, header.metadata.name]);

    const labelled = await api.patch(
      { ...header, metadata: { ...header.metadata, labels: { patched: 'yes' } } },
      undefined,
      undefined,
      undefined,
      undefined,
      PatchStrategy.MergePatch,
    );
    expect(labelled.metadata?.labels?.patched).toBe('yes');

    const applied = await api.patch(
      { ...header, metadata: { ...header.metadata, labels: { applied: 'yes' } } },
      undefined,
      undefined,
      'sampler',
      true,
      PatchStrategy.ServerSideApply,
    );
    expect(applied.metadata?.labels).toEqual(
      expect.objectContaining({ patched: 'yes', applied: 'yes' }),
    );
    const managers = applied.metadata?.managedFields ?? [];
    expect(managers.filter(({ operation }) => operation === 'Apply')).toEqual([
      expect.objectContaining({ manager: 'sampler' }),
    ]);

    const found = await api.list(sample.apiVersion, sample.kind, header.metadata.namespace);
    expect(found.items.map(({ metadata }) => metadata?.name)).toContain(header.metadata.name);

    // Its controller writes its status meanwhile: a conflict is read anew, as clients do.
    const replaced = await untilNoConflict(async () => {
      const fresh = await api.read(header);
      const annotations = { ...fresh.metadata?.annotations, replaced: 'yes' };
      return await api.replace({ ...fresh, metadata: { ...fresh.metadata, annotations } });
    });
    expect(replaced.metadata?.annotations?.replaced).toBe('yes');

    await api.delete(header, undefined, undefined, 0);
    await expect.poll(() => statusOf(() => api.read(header)), { timeout: DEADLINE_MS }).toBe(404);
  });

  test('a watch tells of each write, from a revision on', async () => {
    const core = configOf(port).makeApiClient(CoreV1Api);
    const { metadata } = await core.listNamespacedConfigMap({ namespace: NAMESPACE });
    const told: string[] = [];
    const watch = new Watch(configOf(port));
    const path = `/api/v1/namespaces/${NAMESPACE}/configmaps`;
    const query = {
      resourceVersion: metadata?.resourceVersion,
      fieldSelector: 'metadata.name=told',
    };
    const stream = await watch.watch(
      path,
      query,
      (type, object: { data?: Record<string, string> }) => told.push(`${type} ${object.data?.a}`),
      () => {},
    );
    const own = { name: 'told', namespace: NAMESPACE };
    await core.createNamespacedConfigMap({
      namespace: NAMESPACE,
      body: { metadata: { name: 'told' }, data: { a: '1' } },
    });
    await core.replaceNamespacedConfigMap({
      ...own,
      body: { metadata: { name: 'told' }, data: { a: '2' } },
    });
    await core.deleteNamespacedConfigMap(own);
    await expect
      .poll(() => told, { timeout: DEADLINE_MS })
      .toEqual(['ADDED 1', 'MODIFIED 2', 'DELETED 2']);
    stream.abort();
  });

  test('an informer follows a Deployment from its pods to its end', async () => {
    const config = configOf(port);
    const apps = config.makeApiClient(AppsV1Api);
    const core = config.makeApiClient(CoreV1Api);
    const name = `followed-${port}`;
    const labels = { app: name };
    const known = new Set<string>();
    const informer = makeInformer(
      config,
      `/api/v1/namespaces/${NAMESPACE}/pods`,
      () =>
        core.listNamespacedPod({ namespace: NAMESPACE, labelSelector: `app=${name}` }) as Promise<
          KubernetesListObject<KubernetesObject>
        >,
      `app=${name}`,
    );
    informer.on('add', ({ metadata }) => known.add(metadata!.name!));
    informer.on('delete', ({ metadata }) => known.delete(metadata!.name!));
    await informer.start();
    await apps.createNamespacedDeployment({
      namespace: NAMESPACE,
      body: {
        metadata: { name },
        spec: {
          replicas: 3,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [{ name: 'main', image: 'nginx:1.27' }],
              terminationGracePeriodSeconds: 0,
            },
          },
        },
      },
    });
    await expect.poll(() => known.size, { timeout: DEADLINE_MS }).toBe(3);
    const scale = await apps.readNamespacedDeploymentScale({ namespace: NAMESPACE, name });
    await apps.replaceNamespacedDeploymentScale({
      namespace: NAMESPACE,
      name,
      body: { ...scale, spec: { replicas: 1 } },
    });
    await expect.poll(() => known.size, { timeout: DEADLINE_MS }).toBe(1);
    await apps.deleteNamespacedDeployment({ namespace: NAMESPACE, name });
    await expect.poll(() => known.size, { timeout: DEADLINE_MS }).toBe(0);
    await informer.stop();
  });
});

async function untilNoConflict<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (tries === 10 || (error as { code?: number }).code !== 409) throw error;
    }
  }
}

async function statusOf(act: () => Promise<unknown>): Promise<number> {
  try {
    await act();
    return 200;
  } catch (error) {
    return (error as { code?: number }).code ?? 0;
  }
}
