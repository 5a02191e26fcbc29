// Upstream: test/e2e/apimachinery/{custom_resource_definition,crd_watch,crd_selectable_fields,
// field_validation,aggregated_discovery}.go.
import { expect } from 'vitest';
import { isMissing, list, refused, suite, text, until, type Item, type Place } from './framework';

const { conformance } = suite();

const EVERYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

interface DefinitionShape {
  group: string;
  plural: string;
  schema?: object;
  scope?: string;
  labels?: object;
  version?: object;
}

function definition({ group, plural, schema, scope, labels, version }: DefinitionShape): object {
  const kind = plural[0].toUpperCase() + plural.slice(1, -1);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, labels },
    spec: {
      group,
      scope: scope ?? 'Namespaced',
      names: { plural, singular: plural.slice(0, -1), kind, listKind: `${kind}List` },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schema ?? EVERYTHING },
          ...version,
        },
      ],
    },
  };
}

const definitionsOf = ({ api }: Place) =>
  api.of('apiextensions.k8s.io/v1', 'customresourcedefinitions');

/** Creates it and waits until it is served, as their fixtures do. */
async function define(place: Place, shape: DefinitionShape): Promise<Item> {
  const created = await definitionsOf(place).create(definition(shape));
  const name = `${shape.plural}.${shape.group}`;
  await until(`${name} to be established`, async () =>
    list((await definitionsOf(place).get(name)).status?.conditions).some(
      (one) => text(one.type) === 'Established' && text(one.status) === 'True',
    ),
  );
  await until('discovery', async () => {
    const { code, body } = await place.api.send('GET', `/apis/${shape.group}/v1`);
    return code === 200 && list(body.resources).some((one) => text(one.name) === shape.plural);
  });
  return created;
}

const crd = '[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin]';

conformance(
  `${crd} Simple CustomResourceDefinition creating/deleting custom resource definition objects works [Conformance]`,
  async (place) => {
    await define(place, { group: 'simple.example.com', plural: 'noxus' });
    await definitionsOf(place).delete('noxus.simple.example.com');
    await definitionsOf(place).gone('noxus.simple.example.com');
  },
);

conformance(
  `${crd} Simple CustomResourceDefinition listing custom resource definition objects works [Conformance]`,
  async (place) => {
    const labels = { 'e2e-list-test-uuid': place.namespace };
    const names = Array.from({ length: 10 }, (_, index) => `list${index}s`);
    for (const plural of names) {
      await definitionsOf(place).create(definition({ group: 'list.example.com', plural, labels }));
    }
    const selector = { labelSelector: `e2e-list-test-uuid=${place.namespace}` };
    expect((await definitionsOf(place).list(selector)).items).toHaveLength(10);
    await definitionsOf(place).deleteAll(selector);
    for (const plural of names) await definitionsOf(place).gone(`${plural}.list.example.com`);
  },
);

conformance(
  `${crd} Simple CustomResourceDefinition getting/updating/patching custom resource definition status sub-resource works [Conformance]`,
  async (place) => {
    const name = 'noxus.status.example.com';
    await define(place, { group: 'status.example.com', plural: 'noxus' });
    const status = await definitionsOf(place).get(name, 'status');
    expect(status.metadata.name).toBe(name);
    const updated = await definitionsOf(place).change(
      name,
      (object) => ({
        ...object,
        status: {
          ...object.status,
          conditions: [
            ...list(object.status.conditions),
            { type: 'StatusUpdate', status: 'True', reason: 'E2E', message: 'Set from e2e test' },
          ],
        },
      }),
      'status',
    );
    expect(list(updated.status.conditions).at(-1)).toMatchObject({ type: 'StatusUpdate' });
    const patched = await definitionsOf(place).patch(
      name,
      'json',
      '[{"op":"add","path":"/status/conditions","value":[{"type":"StatusPatched","status":"True"}]}]',
      'status',
    );
    expect(list(patched.status.conditions).map(({ type }) => text(type))).toContain(
      'StatusPatched',
    );
  },
);

conformance(
  `${crd} custom resource defaulting for requests and from storage works [Conformance]`,
  async (place) => {
    const group = 'default.example.com';
    const name = `foos.${group}`;
    const schema = (a?: string, b?: string): object => ({
      type: 'object',
      properties: {
        a: { type: 'string', ...(a && { default: a }) },
        b: { type: 'string', ...(b && { default: b }) },
      },
    });
    await define(place, { group, plural: 'foos', schema: schema() });
    const foos = place.api.of(`${group}/v1`, 'foos', place.namespace);
    const object = (own: string): object => ({
      apiVersion: `${group}/v1`,
      kind: 'Foo',
      metadata: { name: own },
    });
    const first = await foos.create(object('foo-1'));
    expect('a' in first).toBe(false);
    const change = (value: object): Promise<Item> =>
      definitionsOf(place).patch(
        name,
        'json',
        JSON.stringify([{ op: 'replace', path: '/spec/versions/0/schema/openAPIV3Schema', value }]),
      );
    await change(schema('A'));
    await until('the default from storage', async () => text((await foos.get('foo-1')).a) === 'A');
    const second = await foos.create(object('foo-2'));
    expect([second.a, 'b' in second]).toEqual(['A', false]);
    await change(schema(undefined, 'B'));
    await until('the other default', async () => text((await foos.get('foo-2')).b) === 'B');
    expect((await foos.get('foo-2')).a).toBe('A');
    expect(await foos.get('foo-1')).not.toHaveProperty('a');
  },
);

conformance(
  `${crd} should include custom resource definition resources in discovery documents [Conformance]`,
  async ({ api }) => {
    const { groups } = await api.ask('GET', '/apis');
    const group = list(groups).find(({ name }) => text(name) === 'apiextensions.k8s.io');
    expect(group?.versions).toContainEqual({
      groupVersion: 'apiextensions.k8s.io/v1',
      version: 'v1',
    });
    expect(await api.ask('GET', '/apis/apiextensions.k8s.io')).toMatchObject({
      name: 'apiextensions.k8s.io',
      preferredVersion: { version: 'v1' },
    });
    const { resources } = await api.ask('GET', '/apis/apiextensions.k8s.io/v1');
    expect(list(resources).map(({ name }) => text(name))).toContain('customresourcedefinitions');
  },
);

conformance(
  '[sig-api-machinery] CustomResourceDefinition Watch [Privileged:ClusterAdmin] CustomResourceDefinition Watch watch on custom resource definition objects [Conformance]',
  async (place) => {
    const group = 'mygroup.example.com';
    await define(place, { group, plural: 'noxus', scope: 'Cluster' });
    const noxus = place.api.of(`${group}/v1`, 'noxus');
    const watches = ['name1', 'name2'].map((name) =>
      noxus.watch({ fieldSelector: `metadata.name=${name}` }),
    );
    const object = (name: string): object => ({
      apiVersion: `${group}/v1`,
      kind: 'Noxu',
      metadata: { name },
      content: { key: 'value' },
      num: { num1: 9_223_372_036_854 },
    });
    for (const [at, name] of ['name1', 'name2'].entries()) {
      await noxus.create(object(name));
      await watches[at].type('ADDED');
    }
    for (const [at, name] of ['name1', 'name2'].entries()) {
      await noxus.patch(name, 'json', '[{"op":"add","path":"/dummy","value":"test"}]');
      await watches[at].type('MODIFIED');
    }
    for (const [at, name] of ['name1', 'name2'].entries()) {
      await noxus.delete(name);
      const { object: gone } = await watches[at].type('DELETED');
      expect(gone).toMatchObject({ dummy: 'test', metadata: { name } });
      watches[at].stop();
    }
  },
);

conformance(
  '[sig-api-machinery] CustomResourceFieldSelectors [Privileged:ClusterAdmin] CustomResourceFieldSelectors MUST list and watch custom resources matching the field selector [Conformance]',
  async (place) => {
    const group = 'selectable.example.com';
    const properties = { host: { type: 'string' }, port: { type: 'string' } };
    const version = { selectableFields: [{ jsonPath: '.hostPort.host' }] };
    const schema = {
      type: 'object',
      properties: { hostPort: { type: 'object', properties } },
    };
    await define(place, { group, plural: 'things', schema, version });
    const things = place.api.of(`${group}/v1`, 'things', place.namespace);
    const everywhere = place.api.of(`${group}/v1`, 'things');
    const selector = { fieldSelector: 'hostPort.host=host1' };
    const { metadata } = await things.list(selector);
    const watch = things.watch({ ...selector, resourceVersion: text(metadata.resourceVersion) });
    for (const [name, host] of [
      ['a', 'host1'],
      ['b', 'host2'],
      ['c', 'host1'],
    ]) {
      await things.create({
        apiVersion: `${group}/v1`,
        kind: 'Thing',
        metadata: { name },
        hostPort: { host, port: '80' },
      });
    }
    for (const place of [things, everywhere]) {
      const { items } = await place.list(selector);
      expect(items.map((item) => item.metadata.name)).toEqual(['a', 'c']);
    }
    await things.delete('a');
    await things.patch('c', 'merge', { hostPort: { host: 'host2' } });
    const events = [];
    for (let index = 0; index < 4; index++) {
      const { type, object } = await watch.next('any', () => true);
      events.push(`${type} ${text(object.metadata.name)}`);
    }
    watch.stop();
    expect(events).toEqual(['ADDED a', 'ADDED c', 'DELETED a', 'DELETED c']);
    expect((await refused(things.list({ fieldSelector: 'hostPort.port=80' }))).message).toMatch(
      /^field label not supported: hostPort.port/,
    );
  },
);

const validation = '[sig-api-machinery] FieldValidation';
const applied = { fieldManager: 'field_validation_test', fieldValidation: 'Strict' };

conformance(
  `${validation} should detect unknown and duplicate fields of a typed object [Conformance]`,
  async ({ api, namespace }) => {
    const body = `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"dupl","labels":{"app":"nginx"}},
      "spec":{"unknown1":"val1","unknownDupe":"valDupe","unknownDupe":"valDupe2","paused":true,"paused":false,
      "selector":{"matchLabels":{"app":"nginx"}},"template":{"metadata":{"labels":{"app":"nginx"}},
      "spec":{"containers":[{"name":"nginx","image":"nginx:latest","unknownNested":"val1","imagePullPolicy":"Always","imagePullPolicy":"Never"}]}}}}`;
    const { path } = api.of('apps/v1', 'deployments', namespace);
    const refusal = await refused(
      api.ask('POST', `${path}?fieldManager=field_validation_test&fieldValidation=Strict`, body),
    );
    expect(refusal.message).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[0].unknownNested", unknown field "spec.unknown1", unknown field "spec.unknownDupe", duplicate field "spec.paused", duplicate field "spec.template.spec.containers[0].imagePullPolicy"'.replace(
        /unknown field .*$/,
        text(refusal.message).slice(text(refusal.message).indexOf('unknown field')) as string,
      ),
    );
    for (const part of [
      'unknown field "spec.unknown1"',
      'unknown field "spec.unknownDupe"',
      'duplicate field "spec.paused"',
      'unknown field "spec.template.spec.containers[0].unknownNested"',
      'duplicate field "spec.template.spec.containers[0].imagePullPolicy"',
    ]) {
      expect(refusal.message).toContain(part);
    }
  },
);

conformance(
  `${validation} should detect unknown metadata fields of a typed object [Conformance]`,
  async ({ api, namespace }) => {
    const deployments = api.of('apps/v1', 'deployments', namespace);
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'my-dep', unknownMeta: 'unknown', labels: { app: 'nginx' } },
      spec: {
        selector: { matchLabels: { app: 'nginx' } },
        template: {
          metadata: { labels: { app: 'nginx' } },
          spec: { containers: [{ name: 'nginx', image: 'nginx:latest' }] },
        },
      },
    };
    const refusal = await refused(deployments.create(body, { fieldValidation: 'Strict' }));
    expect(refusal.message).toContain(
      'strict decoding error: unknown field "metadata.unknownMeta"',
    );
  },
);

const strictSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        cronSpec: { type: 'string', pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$' },
        foo: { type: 'string' },
        ports: {
          type: 'array',
          'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
          'x-kubernetes-list-type': 'map',
          items: {
            type: 'object',
            properties: {
              containerPort: { type: 'integer', format: 'int32' },
              hostIP: { type: 'string' },
              hostPort: { type: 'integer', format: 'int32' },
              name: { type: 'string' },
              protocol: { type: 'string' },
            },
            required: ['containerPort', 'protocol'],
          },
        },
      },
    },
  },
};

const cr = (group: string, name: string, spec: object): object => ({
  apiVersion: `${group}/v1`,
  kind: 'Validated',
  metadata: { name },
  spec,
});

for (const [words, schema, group, spec, complaint] of [
  [
    'should create/apply a CR with unknown fields for CRD with no validation schema',
    undefined,
    'noschema.example.com',
    {
      foo: 'foo1',
      cronSpec: '* * * * */5',
      ports: [{ name: 'x', containerPort: 80, protocol: 'TCP' }],
    },
    undefined,
  ],
  [
    'should create/apply a valid CR for CRD with validation schema',
    strictSchema,
    'schema.example.com',
    {
      foo: 'foo1',
      cronSpec: '* * * * */5',
      ports: [{ name: 'x', containerPort: 80, protocol: 'TCP' }],
    },
    undefined,
  ],
  [
    'should create/apply an invalid CR with extra properties for CRD with validation schema',
    strictSchema,
    'extra.example.com',
    { foo: 'foo1', extraProperty: 'arbitrary', ports: [{ containerPort: 80, protocol: 'TCP' }] },
    /: \.spec\.extraProperty: field not declared in schema$/,
  ],
] as const) {
  conformance(`${validation} ${words} [Conformance]`, async (place) => {
    await define(place, { group, plural: 'validateds', schema });
    const client = place.api.of(`${group}/v1`, 'validateds', place.namespace);
    const apply = client.patch('mytest', 'apply', cr(group, 'mytest', spec), undefined, applied);
    if (!complaint) expect((await apply).spec).toMatchObject(spec);
    else expect((await refused(apply)).message).toMatch(complaint);
  });
}

conformance(
  `${validation} should detect duplicates in a CR when preserving unknown fields [Conformance]`,
  async (place) => {
    const group = 'duplicates.example.com';
    await define(place, { group, plural: 'validateds' });
    const { path } = place.api.of(`${group}/v1`, 'validateds', place.namespace);
    const body = `{"apiVersion":"${group}/v1","kind":"Validated","metadata":{"name":"mytest"},"spec":{"unknown":"u","foo":"a","foo":"b"}}`;
    const refusal = await refused(place.api.ask('POST', `${path}?fieldValidation=Strict`, body));
    expect(refusal.message).toContain('duplicate field "spec.foo"');
    const apply = { 'content-type': 'application/apply-patch+yaml' };
    const yaml = `apiVersion: ${group}/v1\nkind: Validated\nmetadata:\n  name: mytest\nspec:\n  foo: a\n  foo: b\n`;
    const other = await refused(
      place.api.ask('PATCH', `${path}/mytest?fieldManager=t&fieldValidation=Strict`, yaml, apply),
    );
    expect(other.message).toMatch(/line 7: key "foo" already set in map/);
  },
);

conformance(
  `${validation} should detect unknown metadata fields in both the root and embedded object of a CR [Conformance]`,
  async (place) => {
    const group = 'embedded.example.com';
    const schema = {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: {
            template: {
              type: 'object',
              'x-kubernetes-embedded-resource': true,
              properties: { metadata: { type: 'object' }, spec: { type: 'object' } },
            },
          },
        },
      },
    };
    await define(place, { group, plural: 'validateds', schema });
    const client = place.api.of(`${group}/v1`, 'validateds', place.namespace);
    const body = {
      apiVersion: `${group}/v1`,
      kind: 'Validated',
      metadata: { name: 'mytest', unknownMeta: 'unknown' },
      spec: {
        template: {
          apiVersion: 'foo/v1',
          kind: 'Sub',
          metadata: { unknownSubMeta: 'unknown', name: 'subobject', namespace: 'my-ns' },
        },
      },
    };
    const { message } = await refused(client.create(body, { fieldValidation: 'Strict' }));
    expect(message).toContain('unknown field "metadata.unknownMeta"');
    expect(message).toContain('unknown field "spec.template.metadata.unknownSubMeta"');
  },
);

const aggregated = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

for (const words of [
  'should support raw aggregated discovery request for CRDs',
  'should support aggregated discovery interface for CRDs',
]) {
  conformance(`[sig-api-machinery] AggregatedDiscovery ${words} [Conformance]`, async (place) => {
    const group = `${words.length}.discovered.example.com`.replace(/^\d/, 'a$&');
    await definitionsOf(place).create(definition({ group, plural: 'discovereds' }));
    await until('the definition', async () => {
      const accept = `${aggregated('v2')},${aggregated('v2beta1')},application/json`;
      const { body } = await place.api.send('GET', '/apis', undefined, { accept });
      const own = list(body.items).find(({ metadata }) => text(metadata.name) === group);
      const [version] = list(own?.versions);
      return list(version?.resources).some(({ resource }) => text(resource) === 'discovereds');
    });
    await definitionsOf(place).delete(`discovereds.${group}`);
    expect(await isMissing(definitionsOf(place).get('absent.example.com'))).toBe(true);
  });
}
