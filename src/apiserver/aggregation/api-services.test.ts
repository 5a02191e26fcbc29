// APIServices as the aggregator keeps them.
import { beforeEach, describe, expect, test } from 'vitest';
import type { APIService } from '../../api/extension-types';
import type { Cluster } from '../../cluster/cluster';
import { ask, must, openCluster } from '../../testing/access';

const API_SERVICES = '/apis/apiregistration.k8s.io/v1/apiservices';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const NAME = 'v1.remote.test';
const BASE = '/api/v1/namespaces/default';

let cluster: Cluster;
beforeEach(() => {
  cluster = openCluster();
});

function make(service?: object): void {
  const spec = { group: 'remote.test', version: 'v1', groupPriorityMinimum: 1, versionPriority: 1 };
  must(cluster, 'POST', API_SERVICES, {
    body: {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: NAME },
      spec: { ...spec, ...(service && { service, insecureSkipTLSVerify: true }) },
    },
  });
}

function find(name: string): APIService | undefined {
  cluster.clock.runFor(100);
  const { status, body } = ask(cluster, 'GET', `${API_SERVICES}/${name}`);
  return status === 200 ? (body as unknown as APIService) : undefined;
}

function condition(): unknown[] {
  const [{ type, status, reason, message }] = find(NAME)!.status!.conditions!;
  return [type, status, reason, message];
}

function slice(ready: boolean, port: object): void {
  must(cluster, 'POST', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', {
    body: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: 'back-',
        labels: { 'kubernetes.io/service-name': 'back' },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.244.0.9'], conditions: { ready } }],
      ports: [port],
    },
  });
}

describe('one with a Service behind it', () => {
  test('is available by no step that a server takes to come up', () => {
    make({ namespace: 'default', name: 'back' });
    const no = ['Available', 'False'];
    expect(condition()).toEqual([
      ...no,
      'ServiceNotFound',
      'service/back in "default" is not present',
    ]);
    const service = must<{ spec: { clusterIP: string } }>(cluster, 'POST', `${BASE}/services`, {
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'back' },
        spec: { clusterIP: '10.96.0.77', ports: [{ port: 80 }] },
      },
    });
    expect(condition()).toEqual([
      ...no,
      'ServicePortError',
      'service/back in "default" is not listening on port 443',
    ]);
    must(cluster, 'PATCH', `${BASE}/services/back`, {
      body: { spec: { ports: [{ name: 'api', port: 443 }] } },
    });
    expect(condition()).toEqual([
      ...no,
      'EndpointsNotFound',
      'cannot find endpointslices for service/back in "default"',
    ]);
    slice(false, { name: 'api', port: 443 });
    expect(condition()).toEqual([
      ...no,
      'MissingEndpoints',
      'endpointslices for service/back in "default" have no addresses with port name "api"',
    ]);
    slice(true, { name: 'api', port: 443 });
    const url = `https://${service.spec.clusterIP}:443/apis/remote.test/v1`;
    expect(condition()).toEqual([
      ...no,
      'FailedDiscoveryCheck',
      `failing or missing response from ${url}: Get "${url}": ` +
        `dial tcp ${service.spec.clusterIP}:443: connect: connection refused`,
    ]);
  });

  test.each(['', '/things', '/namespaces/default/things/x'])('answers nothing at %j', (path) => {
    make({ namespace: 'default', name: 'back' });
    expect(ask(cluster, 'GET', `/apis/remote.test/v1${path}`)).toEqual({
      status: 503,
      body: { text: 'service unavailable\n' },
    });
    must(cluster, 'DELETE', `${API_SERVICES}/${NAME}`);
    expect(ask(cluster, 'GET', `/apis/remote.test/v1${path}`).status).toBe(404);
  });
});

test('discovery tells of a group that nobody answers for, as stale', () => {
  make({ namespace: 'default', name: 'back' });
  const versions = [{ groupVersion: 'remote.test/v1', version: 'v1' }];
  const group = { name: 'remote.test', versions, preferredVersion: versions[0] };
  const list = must<{ groups: object[] }>(cluster, 'GET', '/apis');
  expect(list.groups.at(-1)).toEqual(group);
  const document = { kind: 'APIGroup', apiVersion: 'v1', ...group };
  expect(must(cluster, 'GET', '/apis/remote.test')).toEqual(document);
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  const whole = must<{ items: object[] }>(cluster, 'GET', '/apis', { headers: { accept } });
  expect(whole.items.at(-1)).toEqual({
    metadata: { name: 'remote.test' },
    versions: [{ version: 'v1', freshness: 'Stale' }],
  });
});

test('one without is available', () => {
  make();
  expect(condition()).toEqual([
    'Available',
    'True',
    'Local',
    'Local APIServices are always available',
  ]);
});

describe('a CustomResourceDefinition', () => {
  const version = (name: string, served = true) => ({
    name,
    served,
    storage: name === 'v1',
    schema: { openAPIV3Schema: { type: 'object' } },
  });
  function define(...versions: object[]): void {
    must(cluster, 'POST', CRDS, {
      body: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'things.remote.test' },
        spec: {
          group: 'remote.test',
          names: { kind: 'Thing', plural: 'things' },
          scope: 'Namespaced',
          versions,
        },
      },
    });
  }

  test('brings an APIService for each version that is served, and takes it along', () => {
    define(version('v1'), version('v2', false));
    const { metadata, spec, status } = find(NAME)!;
    expect(metadata.labels).toEqual({ 'kube-aggregator.kubernetes.io/automanaged': 'true' });
    expect(spec).toEqual({
      group: 'remote.test',
      version: 'v1',
      groupPriorityMinimum: 1000,
      versionPriority: 100,
    });
    expect(status!.conditions![0]).toMatchObject({ status: 'True', reason: 'Local' });
    expect(find('v2.remote.test')).toBeUndefined();
    must(cluster, 'DELETE', `${CRDS}/things.remote.test`);
    expect(find(NAME)).toBeUndefined();
  });

  test('mends what is changed or deleted of it', () => {
    define(version('v1'));
    find(NAME);
    must(cluster, 'PATCH', `${API_SERVICES}/${NAME}`, { body: { spec: { versionPriority: 7 } } });
    expect(find(NAME)!.spec.versionPriority).toBe(100);
    must(cluster, 'DELETE', `${API_SERVICES}/${NAME}`);
    expect(find(NAME)!.spec.versionPriority).toBe(100);
  });

  test('leaves alone what somebody else has made', () => {
    make();
    define(version('v1'));
    expect(find(NAME)!.spec.versionPriority).toBe(1);
    must(cluster, 'DELETE', `${CRDS}/things.remote.test`);
    expect(find(NAME)!.spec.versionPriority).toBe(1);
  });
});
