import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster, restoreWholeCluster } from '../../cluster/whole-cluster';

type Json = Record<string, unknown>;
interface Answer {
  code: number;
  body: Json & { metadata: Json; spec: Json; status: Json; message?: string; items: Json[] };
  warning?: string;
}

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const TABS = '/apis/stable.example.com/v1/namespaces/default/crontabs';

let cluster: Cluster;
beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(5000);
});

function send(method: string, path: string, body?: unknown, type = 'application/json'): Answer {
  const request = { method, path, headers: { 'content-type': type } };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { status, headers, body: answer } = cluster.handle({ ...request, body: text });
  cluster.clock.runFor(100);
  const isJson = answer.startsWith('{');
  const parsed = (isJson ? JSON.parse(answer) : { message: answer }) as Answer['body'];
  return { code: status, body: parsed, ...(headers.Warning && { warning: headers.Warning }) };
}

const spec = {
  type: 'object',
  required: ['cronSpec'],
  properties: {
    cronSpec: { type: 'string' },
    replicas: { type: 'integer', default: 1, maximum: 9 },
    image: { type: 'string' },
  },
};
const status = { type: 'object', properties: { replicas: { type: 'integer' } } };

function version(name: string, more: Json = {}): Json {
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec, status } } };
  return { name, served: true, storage: name === 'v1', schema, ...more };
}

function crontabs(versions: Json[] = [version('v1')], more: Json = {}): Json {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'crontabs.stable.example.com' },
    spec: {
      group: 'stable.example.com',
      scope: 'Namespaced',
      names: { plural: 'crontabs', kind: 'CronTab', shortNames: ['ct'] },
      versions,
      ...more,
    },
  };
}

function crontab(name: string, more: Json = {}, apiVersion = 'stable.example.com/v1'): Json {
  return { apiVersion, kind: 'CronTab', metadata: { name }, spec: { cronSpec: '*' }, ...more };
}

const SUBRESOURCES = {
  status: {},
  scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
};
const conditionsOf = ({ body }: Answer): unknown[] =>
  ((body.status.conditions ?? []) as Json[]).map(({ type, status: is, reason }) => [
    type,
    is,
    reason,
  ]);

describe('a definition', () => {
  test('has its names accepted, is established, and its resource is served', () => {
    expect(send('POST', CRDS, crontabs()).code).toBe(201);
    const made = send('GET', `${CRDS}/crontabs.stable.example.com`);
    expect(conditionsOf(made)).toEqual([
      ['NamesAccepted', 'True', 'NoConflicts'],
      ['Established', 'True', 'InitialNamesAccepted'],
    ]);
    expect(send('POST', TABS, crontab('a')).body.spec).toEqual({ cronSpec: '*', replicas: 1 });
    expect(send('GET', '/apis/stable.example.com').body).toMatchObject({
      versions: [{ groupVersion: 'stable.example.com/v1', version: 'v1' }],
    });
  });

  test('waits for names that another one of its group has, and takes them when that has gone', () => {
    send('POST', CRDS, crontabs());
    const names = { plural: 'timers', kind: 'Timer', shortNames: ['ct'] };
    const metadata = { name: 'timers.stable.example.com' };
    send('POST', CRDS, { ...crontabs(undefined, { names }), metadata });
    const path = `${CRDS}/timers.stable.example.com`;
    expect(conditionsOf(send('GET', path))).toEqual([
      ['NamesAccepted', 'False', 'ShortNamesConflict'],
      ['Established', 'False', 'NotAccepted'],
    ]);
    send('DELETE', `${CRDS}/crontabs.stable.example.com`);
    cluster.clock.runFor(2000);
    expect(conditionsOf(send('GET', path))).toEqual([
      ['NamesAccepted', 'True', 'NoConflicts'],
      ['Established', 'True', 'InitialNamesAccepted'],
    ]);
  });

  test('takes its resources with it, and waits for those that cannot go', () => {
    send('POST', CRDS, crontabs());
    send('POST', TABS, crontab('a', { metadata: { name: 'a', finalizers: ['example.com/hold'] } }));
    send('POST', TABS, crontab('b'));
    send('DELETE', `${CRDS}/crontabs.stable.example.com`);
    cluster.clock.runFor(2000);
    const dying = send('GET', `${CRDS}/crontabs.stable.example.com`);
    expect(dying.body.metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    expect(conditionsOf(dying)).toContainEqual([
      'Terminating',
      'True',
      'InstanceDeletionInProgress',
    ]);
    expect(send('GET', TABS).body.items).toHaveLength(1);
    expect(send('POST', TABS, crontab('c'))).toMatchObject({
      code: 405,
      body: { message: 'create not allowed while custom resource definition is terminating' },
    });
    const release = { metadata: { finalizers: null } };
    send('PATCH', `${TABS}/a`, release, 'application/merge-patch+json');
    cluster.clock.runFor(2000);
    expect(send('GET', `${CRDS}/crontabs.stable.example.com`).code).toBe(404);
    expect(send('GET', TABS)).toMatchObject({
      code: 404,
      body: { message: '404 page not found\n' },
    });
  });

  test('may not change what its objects are stored by', () => {
    const { body } = send('POST', CRDS, crontabs());
    const changed = { ...body, spec: { ...body.spec, scope: 'Cluster' } };
    const { resourceVersion } = send('GET', `${CRDS}/crontabs.stable.example.com`).body.metadata;
    const next = { ...changed, metadata: { ...body.metadata, resourceVersion } };
    expect(send('PUT', `${CRDS}/crontabs.stable.example.com`, next)).toMatchObject({
      code: 422,
      body: {
        details: {
          causes: [
            { field: 'spec.scope', message: 'Invalid value: "Cluster": field is immutable' },
          ],
        },
      },
    });
  });

  test('is there again after the cluster was restored', () => {
    send('POST', CRDS, crontabs());
    send('POST', TABS, crontab('a'));
    cluster = restoreWholeCluster(cluster.save());
    expect(send('GET', `${TABS}/a`).body.spec).toEqual({ cronSpec: '*', replicas: 1 });
    expect(send('POST', TABS, crontab('b', { spec: {} })).code).toBe(422);
  });
});

describe('several versions', () => {
  beforeEach(() => {
    const old = version('v1beta1', { deprecated: true });
    send('POST', CRDS, crontabs([old, version('v1'), version('v2', { served: false })]));
  });

  test('show the same object, each under its own apiVersion', () => {
    send('POST', TABS, crontab('a'));
    const path = '/apis/stable.example.com/v1beta1/namespaces/default/crontabs';
    expect(send('GET', `${path}/a`)).toMatchObject({
      code: 200,
      body: { apiVersion: 'stable.example.com/v1beta1', spec: { cronSpec: '*', replicas: 1 } },
      warning: '299 - "stable.example.com/v1beta1 CronTab is deprecated"',
    });
    expect(send('POST', path, crontab('b', {}, 'stable.example.com/v1beta1')).code).toBe(201);
    expect(send('GET', `${TABS}/b`).body).toMatchObject({ apiVersion: 'stable.example.com/v1' });
    expect(send('GET', TABS.replace('/v1/', '/v2/')).code).toBe(404);
  });

  test('stand in discovery with the most stable first', () => {
    const versions = send('GET', '/apis/stable.example.com').body.versions as Json[];
    expect(versions.map(({ version: name }) => name)).toEqual(['v1', 'v1beta1']);
  });

  test('refuse a body of another', () => {
    expect(send('POST', TABS, crontab('a', {}, 'stable.example.com/v1beta1'))).toMatchObject({
      code: 400,
      body: {
        message:
          'the API version in the data (stable.example.com/v1beta1) does not match the expected ' +
          'API version (stable.example.com/v1)',
      },
    });
  });
});

describe('status and scale', () => {
  beforeEach(() => {
    send('POST', CRDS, crontabs([version('v1', { subresources: SUBRESOURCES })]));
    send('POST', TABS, crontab('a', { status: { replicas: 7 } }));
  });

  test('status is written apart, and only it raises no generation', () => {
    expect(send('GET', `${TABS}/a`).body.status).toBeUndefined();
    const patch = { spec: { image: 'x' }, status: { replicas: 2 } };
    const merge = 'application/merge-patch+json';
    const after = send('PATCH', `${TABS}/a/status`, patch, merge).body;
    expect(after).toMatchObject({ metadata: { generation: 1 }, status: { replicas: 2 } });
    expect(after.spec).toEqual({ cronSpec: '*', replicas: 1 });
    const next = send('PATCH', `${TABS}/a`, patch, merge).body;
    expect(next).toMatchObject({ metadata: { generation: 2 }, spec: { image: 'x' } });
    expect(
      send('PATCH', `${TABS}/a`, { metadata: { labels: { a: 'b' } } }, merge).body,
    ).toMatchObject({
      metadata: { generation: 2 },
    });
  });

  test('scale reads and writes the number where the definition says it is', () => {
    expect(send('GET', `${TABS}/a/scale`).body).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 1 },
      status: { replicas: 0 },
    });
    const merge = 'application/merge-patch+json';
    expect(send('PATCH', `${TABS}/a/scale`, { spec: { replicas: 4 } }, merge).body.spec).toEqual({
      replicas: 4,
    });
    expect(send('GET', `${TABS}/a`).body.spec.replicas).toBe(4);
    expect(send('PATCH', `${TABS}/a/scale`, { spec: { replicas: 40 } }, merge).code).toBe(422);
  });
});

test('resources within a resource say what they are, and replicas are a number that Scale can show', () => {
  const template = {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
  };
  const properties = {
    spec: { ...spec, properties: { ...spec.properties, template, size: { type: 'integer' } } },
  };
  const scale = { specReplicasPath: '.spec.size', statusReplicasPath: '.status.replicas' };
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  send('POST', CRDS, crontabs([version('v1', { schema, subresources: { scale } })]));
  const body = crontab('a', {
    spec: { cronSpec: '*', template: { kind: 'Pod', spec: {} }, size: -1 },
  });
  expect(send('POST', TABS, body).body.message).toBe(
    'CronTab.stable.example.com "a" is invalid: [.spec.size: Invalid value: -1: should be a ' +
      'non-negative integer, spec.template.apiVersion: Required value: must not be empty]',
  );
});

describe('objects', () => {
  beforeEach(() => {
    send('POST', CRDS, crontabs());
  });

  test('are collected with their owner, and go with their namespace', () => {
    const maps = '/api/v1/namespaces/default/configmaps';
    const { body } = send('POST', TABS, crontab('a'));
    const owner = {
      apiVersion: 'stable.example.com/v1',
      kind: 'CronTab',
      name: 'a',
      uid: body.metadata.uid,
    };
    const metadata = { name: 'm', ownerReferences: [owner] };
    send('POST', maps, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    send('DELETE', `${TABS}/a`);
    cluster.clock.runFor(70_000);
    expect(send('GET', `${maps}/m`).code).toBe(404);
    send('POST', '/api/v1/namespaces', { metadata: { name: 'n' } });
    const inN = TABS.replace('default', 'n');
    send('POST', inN, crontab('b'));
    send('DELETE', '/api/v1/namespaces/n');
    cluster.clock.runFor(30_000);
    expect(send('GET', `${inN}/b`).code).toBe(404);
    expect(send('GET', '/api/v1/namespaces/n').code).toBe(404);
  });

  test('are deleted together', () => {
    send('POST', TABS, crontab('a'));
    send('POST', TABS, crontab('b'));
    expect(send('DELETE', TABS).body.items).toHaveLength(2);
    expect(send('GET', TABS).body.items).toEqual([]);
  });

  test('are not stored by a dry run', () => {
    expect(send('POST', `${TABS}?dryRun=All`, crontab('a')).code).toBe(201);
    expect(send('GET', `${TABS}/a`).code).toBe(404);
  });

  test('may keep what was wrong before, but not come to be wrong', () => {
    send('POST', TABS, crontab('a', { spec: { cronSpec: '*', replicas: 9 } }));
    const properties = {
      spec: {
        ...spec,
        properties: { ...spec.properties, replicas: { type: 'integer', maximum: 5 } },
      },
      status,
    };
    const stricter = {
      ...version('v1'),
      schema: { openAPIV3Schema: { type: 'object', properties } },
    };
    const merge = 'application/merge-patch+json';
    const path = `${CRDS}/crontabs.stable.example.com`;
    expect(send('PATCH', path, { spec: { versions: [stricter] } }, merge).code).toBe(200);
    expect(send('PATCH', `${TABS}/a`, { spec: { image: 'x' } }, merge).code).toBe(200);
    expect(send('PATCH', `${TABS}/a`, { spec: { replicas: 8 } }, merge).code).toBe(422);
  });

  test('say which fields nobody knows, twice or once', () => {
    const body = crontab('a', { spec: { cronSpec: '*', imagge: 'x' } });
    expect(send('POST', `${TABS}?fieldValidation=Strict`, body)).toMatchObject({
      code: 400,
      body: {
        message:
          'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: ' +
          'unknown field "spec.imagge"',
      },
    });
    expect(send('POST', TABS, body)).toMatchObject({
      code: 201,
      warning: '299 - "unknown field \\"spec.imagge\\""',
    });
  });
});

test('finalizers of definitions and custom resources need no domain, as those of other kinds do', () => {
  send('POST', CRDS, {
    ...crontabs(),
    metadata: { ...(crontabs().metadata as Json), finalizers: ['mine'] },
  });
  const metadata = { name: 'a', finalizers: ['mine'] };
  expect(send('POST', TABS, { ...crontab('a'), metadata }).code).toBe(201);
  expect(send('POST', '/api/v1/namespaces/default/configmaps', { metadata }).code).toBe(422);
});

test.each<[string, Json, string[]]>([
  [
    'words and structure together',
    {
      a: { type: 'foo' },
      b: { type: 'array', uniqueItems: true, items: { type: 'string' } },
      c: {},
    },
    [
      'properties[c].type: Required value: must not be empty for specified object fields',
      'properties[a].type: Unsupported value: "foo": supported values: "array", "boolean", "integer", "number", "object", "string"',
      'properties[b].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
    ],
  ],
  [
    'words alone where they allow no structure',
    { a: { $ref: '#/definitions/x' }, b: { type: 'string', default: 3 }, c: {} },
    ['properties[a].$ref: Forbidden: $ref is not supported'],
  ],
  [
    'words beside defaults',
    { a: { type: 'foo' }, b: { type: 'string', default: 3 } },
    [
      'properties[b].default: Invalid value: "integer":  in body must be of type string: "integer"',
      'properties[a].type: Unsupported value: "foo": supported values: "array", "boolean", "integer", "number", "object", "string"',
    ],
  ],
])('of a schema, the server tells %s', (_what, properties, told) => {
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  const { body } = send('POST', CRDS, crontabs([version('v1', { schema })]));
  const { details } = body as unknown as Refused;
  const at = 'spec.validation.openAPIV3Schema.';
  expect(details.causes.map(({ field, message }) => `${field}: ${message}`)).toEqual(
    told.map((each) => at + each),
  );
});

interface Refused {
  details: { causes: { field: string; message: string }[] };
}
