import { beforeEach, describe, expect, it } from 'vitest';
import type { KubeObject, ManagedFieldsEntry } from '../../api/object';
import { deployments, replicaSets } from '../../api/resource-ref';
import type { Deployment } from '../../api/types';
import type { Cluster } from '../../cluster/cluster';
import { createWholeCluster } from '../../cluster/whole-cluster';

const MAPS = '/api/v1/namespaces/default/configmaps';
const WEB = '/apis/apps/v1/namespaces/default/deployments/web';
const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';

let cluster: Cluster;
beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(5000);
});

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: KubeObject & { message?: string; data?: object; spec?: Record<string, unknown> };
}

function send(
  method: string,
  path: string,
  body?: unknown,
  { type = 'application/json', agent = 'tester/1.0' } = {},
): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': type, 'user-agent': agent };
  const response = cluster.handle({ method, path, headers, body: text });
  return { ...response, body: JSON.parse(response.body) as Answer['body'] };
}

const apply = (path: string, body: unknown, query = 'fieldManager=one'): Answer =>
  send('PATCH', `${path}?${query}`, body, { type: APPLY });
const merge = (path: string, body: unknown, agent?: string): Answer =>
  send('PATCH', path, body, { type: MERGE, agent });
const entriesOf = ({ body }: Answer): ManagedFieldsEntry[] => body.metadata.managedFields ?? [];
const owners = (answer: Answer): string[] =>
  entriesOf(answer).map(({ manager, operation, subresource, fieldsV1 }) =>
    [manager, operation, subresource, JSON.stringify(fieldsV1)].filter(Boolean).join(' '),
  );
const configMap = (data?: object, name = 'c'): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  ...(data && { data }),
});
const deployment = (spec: object = {}, container: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', ...container }] },
    },
    ...spec,
  },
});

describe('whose a write is', () => {
  it.each([
    ['?fieldManager=mine', 'tester/1.0', 'mine'],
    ['', 'kubectl/v1.36.0 (linux/amd64)', 'kubectl'],
    ['', 'Some Client', 'Some Client'],
    ['', 'a\u0007b/1', 'ab'],
    ['', 'é'.repeat(100), 'é'.repeat(64)],
    ['', '/1', 'unknown'],
  ])('%s by %j is that of %j', (query, agent, manager) => {
    const answer = send('POST', MAPS + query, configMap({ a: '1' }), { agent });
    expect(entriesOf(answer)).toEqual([
      {
        manager,
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-01-01T00:00:05Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { '.': {}, 'f:a': {} } },
      },
    ]);
  });

  it.each([
    ['m'.repeat(129), 'Too long: may not be more than 128 bytes'],
    ['a%07b', String.raw`Invalid value: "a\ab": invalid character U+0007 (at position 1)`],
  ])('is refused for a manager %s', (manager, message) => {
    const { status, body } = send('POST', `${MAPS}?fieldManager=${manager}`, configMap());
    expect({ status, message: body.message }).toEqual({
      status: 422,
      message: `CreateOptions.meta.k8s.io "" is invalid: fieldManager: ${message}`,
    });
  });

  it('is told in Tables, lists and watches too', () => {
    send('POST', MAPS, configMap({ a: '1' }));
    const ask = (query: string, accept: string): string => {
      const headers = { accept };
      const response = cluster.handle({ method: 'GET', path: MAPS + query, headers });
      let text = response.body;
      response.stream?.start({ chunk: (chunk) => (text += chunk), end: () => {} });
      response.stream?.stop();
      return text;
    };
    const only = '?fieldSelector=metadata.name%3Dc';
    const own = '"fieldsV1":{"f:data":{".":{},"f:a":{}}}';
    expect(ask(only, 'application/json')).toContain(own);
    expect(ask(only, 'application/json;as=Table;g=meta.k8s.io;v=v1')).toContain(own);
    expect(ask(`${only}&watch=1`, 'application/json')).toContain(own);
  });
});

describe('updates', () => {
  it('take the fields whose value they change', () => {
    send('POST', MAPS, configMap({ a: '1', b: '1' }), { agent: 'one' });
    expect(owners(merge(`${MAPS}/c`, { data: { a: '2', c: '3' } }, 'two'))).toEqual([
      'one Update {"f:data":{".":{},"f:b":{}}}',
      'two Update {"f:data":{"f:a":{},"f:c":{}}}',
    ]);
    const put = send('PUT', `${MAPS}/c`, configMap({ a: '2' }), { agent: 'three' });
    expect(owners(put)).toEqual(['one Update {"f:data":{}}', 'two Update {"f:data":{"f:a":{}}}']);
  });

  it('that change nothing leave object and times alone', () => {
    const first = send('POST', MAPS, configMap({ a: '1' }));
    cluster.clock.runFor(60_000);
    expect(merge(`${MAPS}/c`, { data: { a: '1' } }, 'other').body).toEqual(first.body);
    const later = merge(`${MAPS}/c`, { data: { a: '2' } });
    expect(entriesOf(later)[0].time).toBe('2026-01-01T00:01:05Z');
  });

  it('of more than ten managers fold the oldest', () => {
    send('POST', MAPS, configMap({ a: '1' }), { agent: 'm00' });
    for (let count = 1; count <= 11; count++) {
      cluster.clock.runFor(1000);
      merge(`${MAPS}/c`, { data: { [`k${count}`]: 'x' } }, 'm' + String(count).padStart(2, '0'));
    }
    const shown = owners(send('GET', `${MAPS}/c`));
    expect(shown).toHaveLength(10);
    expect(shown[0]).toBe(
      'ancient-changes Update {"f:data":{".":{},"f:a":{},"f:k1":{},"f:k2":{}}}',
    );
  });

  it.each<[string, unknown, string[]]>([
    [
      'what a client says',
      [entry('them', { 'f:data': { 'f:a': {} } })],
      ['them Update {"f:data":{"f:a":{}}}'],
    ],
    ['nothing for one empty entry', [{}], []],
    [
      'what was for an invalid operation',
      [{ ...entry('x', {}), operation: 'Patch' }],
      ['tester Update {"f:data":{".":{},"f:a":{}}}'],
    ],
    [
      'what was for invalid fields',
      [entry('x', { data: {} })],
      ['tester Update {"f:data":{".":{},"f:a":{}}}'],
    ],
    [
      'what was for no type of fields',
      [{ ...entry('x', {}), fieldsType: '' }],
      ['tester Update {"f:data":{".":{},"f:a":{}}}'],
    ],
  ])('of managedFields themselves record %s', (_name, managedFields, expected) => {
    send('POST', MAPS, configMap({ a: '1' }));
    const answer = merge(`${MAPS}/c`, { metadata: { managedFields } });
    expect(answer.status).toBe(200);
    expect(owners(answer)).toEqual(expected);
  });

  it('record nothing once a client had ownership forgotten, until the next apply', () => {
    send('POST', MAPS, configMap({ a: '1' }));
    merge(`${MAPS}/c`, { metadata: { managedFields: [{}] } });
    expect(owners(merge(`${MAPS}/c`, { data: { a: '2' } }))).toEqual([]);
    expect(owners(apply(`${MAPS}/c`, configMap({ b: '1' })))).toEqual([
      'one Apply {"f:data":{"f:b":{}}}',
      'before-first-apply Update {"f:data":{".":{},"f:a":{}}}',
    ]);
  });
});

function entry(manager: string, fieldsV1: object): ManagedFieldsEntry {
  return { manager, operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1 };
}

describe('applying', () => {
  it('makes, changes and removes, and answers 201 once', () => {
    expect(apply(`${MAPS}/c`, configMap({ a: '1', b: '1' })).status).toBe(201);
    const again = apply(`${MAPS}/c`, configMap({ a: '2', c: '1' }));
    expect([again.status, again.body.data]).toEqual([200, { a: '2', c: '1' }]);
    expect(owners(again)).toEqual(['one Apply {"f:data":{"f:a":{},"f:c":{}}}']);
    expect(apply(`${MAPS}/c`, configMap()).body.data).toBeUndefined();
  });

  it('shares what several apply alike, and removes with the last of them', () => {
    apply(`${MAPS}/c`, configMap({ a: '1', b: '1' }));
    apply(`${MAPS}/c`, configMap({ a: '1' }), 'fieldManager=two');
    expect(apply(`${MAPS}/c`, configMap({ b: '1' })).body.data).toEqual({ a: '1', b: '1' });
    expect(apply(`${MAPS}/c`, configMap(), 'fieldManager=two').body.data).toEqual({ b: '1' });
  });

  it('is refused where others own another value, and forced on request', () => {
    send('POST', '/apis/apps/v1/namespaces/default/deployments', deployment({ replicas: 0 }), {
      agent: 'kubectl-client-side-apply/1',
    });
    apply(WEB, deployment({}, { env: [{ name: 'A', value: '1' }] }), 'fieldManager=env');
    const change = deployment(
      { replicas: 1 },
      { image: 'web:2', env: [{ name: 'A', value: '2' }] },
    );
    const refused = apply(WEB, change);
    expect(refused.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'Apply failed with 4 conflicts: conflicts with "env":\n' +
        '- .spec.template.spec.containers[name="web"].image\n' +
        '- .spec.template.spec.containers[name="web"].env[name="A"].value\n' +
        'conflicts with "kubectl-client-side-apply" using apps/v1:\n' +
        '- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
      reason: 'Conflict',
      details: {
        causes: [
          ['env', '.spec.template.spec.containers[name="web"].image'],
          ['env', '.spec.template.spec.containers[name="web"].env[name="A"].value'],
          ['kubectl-client-side-apply', '.spec.replicas'],
          ['kubectl-client-side-apply', '.spec.template.spec.containers[name="web"].image'],
        ].map(([manager, field]) => ({
          reason: 'FieldManagerConflict',
          message: `conflict with "${manager}"${manager === 'env' ? '' : ' using apps/v1'}`,
          field,
        })),
      },
      code: 409,
    });
    expect(apply(WEB, change, 'fieldManager=one&force=true').body.spec?.replicas).toBe(1);
  });

  it('of the same again writes nothing, not even a time', () => {
    const first = apply(`${MAPS}/c`, configMap({ a: '1' }));
    cluster.clock.runFor(60_000);
    expect(apply(`${MAPS}/c`, configMap({ a: '1' })).body).toEqual(first.body);
  });

  it('of what is there already is owned without a time', () => {
    apply(`${MAPS}/c`, configMap({ a: '1' }));
    const second = apply(`${MAPS}/c`, configMap({ a: '1' }), 'fieldManager=two');
    expect(entriesOf(second).map(({ manager, time }) => [manager, time])).toEqual([
      ['two', undefined],
      ['one', '2026-01-01T00:00:05Z'],
    ]);
  });

  it('may be tried without being stored', () => {
    const tried = apply(`${MAPS}/c`, configMap({ a: '1' }), 'fieldManager=one&dryRun=All');
    expect([tried.status, owners(tried)]).toEqual([201, ['one Apply {"f:data":{"f:a":{}}}']]);
    expect(send('GET', `${MAPS}/c`).status).toBe(404);
  });

  it('checks the version that the client means to change', () => {
    apply(`${MAPS}/c`, configMap({ a: '1' }));
    const stale = { ...configMap({ a: '2' }), metadata: { name: 'c', resourceVersion: '1' } };
    expect(apply(`${MAPS}/c`, stale)).toMatchObject({
      status: 409,
      body: {
        message:
          'Operation cannot be fulfilled on configmaps "c": the object has been modified; ' +
          'please apply your changes to the latest version and try again',
      },
    });
  });

  it.each<[string, unknown, string, number, string]>([
    [
      'no manager',
      configMap(),
      '',
      422,
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ],
    [
      'another kind',
      { ...configMap(), kind: 'Secret' },
      'fieldManager=a',
      400,
      'invalid object type: /v1, Kind=Secret',
    ],
    ['nothing', '', 'fieldManager=a', 400, 'invalid object type: /, Kind='],
    [
      'a list',
      '- a',
      'fieldManager=a',
      400,
      'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'broken YAML',
      'a: {',
      'fieldManager=a',
      400,
      'error decoding YAML: error converting YAML to JSON: yaml: line 1: did not find expected node content',
    ],
    [
      'managedFields',
      { ...configMap(), metadata: { name: 'c', managedFields: [] } },
      'fieldManager=a',
      400,
      'metadata.managedFields must be nil',
    ],
    [
      'unknown fields',
      { ...configMap(), spec: {} },
      'fieldManager=a',
      500,
      'failed to create typed patch object (/c; /v1, Kind=ConfigMap): .spec: field not declared in schema',
    ],
    [
      'another name',
      configMap({}, 'd'),
      'fieldManager=a',
      400,
      'the name of the object (d) does not match the name on the URL (c)',
    ],
    [
      'no name',
      { apiVersion: 'v1', kind: 'ConfigMap' },
      'fieldManager=a',
      400,
      'the name of the object (c based on URL) was undeterminable: name must be provided',
    ],
    [
      'another namespace',
      { ...configMap(), metadata: { name: 'c', namespace: 'x' } },
      'fieldManager=a',
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'a uid of nothing',
      { ...configMap(), metadata: { name: 'c', uid: 'u' } },
      'fieldManager=a',
      409,
      'Operation cannot be fulfilled on configmaps "c": uid mismatch: the provided object specified uid u, and no existing object was found',
    ],
    [
      'a key twice, strictly',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: x\n  a: z\n',
      'fieldManager=a&fieldValidation=Strict',
      400,
      'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key "a" already set in map',
    ],
  ])('refuses %s', (_name, body, query, status, message) => {
    const answer = apply(`${MAPS}/c`, body, query);
    expect([answer.status, answer.body.message]).toEqual([status, message]);
    expect(send('GET', `${MAPS}/c`).status).toBe(404);
  });

  it('warns of a key that stands twice, or says nothing, as asked', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: x\n  a: z\n';
    expect(apply(`${MAPS}/c`, text).headers.Warning).toBe(
      '299 - "error converting YAML to JSON: yaml: unmarshal errors:   ' +
        String.raw`line 6: key \"a\" already set in map"`,
    );
    const ignored = apply(`${MAPS}/c`, text, 'fieldManager=one&fieldValidation=Ignore');
    expect([ignored.body.data, ignored.headers.Warning]).toEqual([{ a: 'z' }, undefined]);
  });

  it('is no patch of CBOR', () => {
    const type = 'application/apply-patch+cbor';
    const { status, body } = send('PATCH', `${MAPS}/c?fieldManager=a`, configMap(), { type });
    expect([status, body.message]).toEqual([415, '415: Unsupported Media Type']);
  });

  it('names a quantity that is none', () => {
    const wrong = deployment({}, { resources: { limits: { cpu: 'much' } } });
    const { status, body } = apply(WEB, wrong);
    expect([status, body.message]).toEqual([
      500,
      'failed to convert new object (/web; apps/v1, Kind=Deployment) to proper version: unable to ' +
        'convert unstructured object to apps/v1, Kind=Deployment: quantities must match the ' +
        "regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ]);
  });
});

describe('subresources', () => {
  it('keep status and spec apart', () => {
    apply(WEB, deployment({ replicas: 0 }));
    const status = { observedGeneration: 7 };
    const answer = apply(
      `${WEB}/status`,
      { ...deployment({ replicas: 5 }), status },
      'fieldManager=prober&force=true',
    );
    expect(answer.body.spec?.replicas).toBe(0);
    expect(owners(answer).find((owner) => owner.startsWith('prober'))).toBe(
      'prober Apply status {"f:status":{"f:observedGeneration":{}}}',
    );
    expect(
      apply('/apis/apps/v1/namespaces/default/deployments/none/status', {
        ...deployment(),
        metadata: { name: 'none' },
      }).status,
    ).toBe(404);
  });

  it('give the replicas to who scales, and take them back', () => {
    apply(WEB, deployment({ replicas: 1 }));
    const scale = merge(`${WEB}/scale`, { spec: { replicas: 2 } }, 'kubectl');
    expect(scale.body.metadata.managedFields).toBeUndefined();
    const scaler = (answer: Answer): ManagedFieldsEntry | undefined =>
      entriesOf(answer).find(({ subresource }) => subresource === 'scale');
    expect(scaler(send('GET', WEB))).toEqual({
      manager: 'kubectl',
      operation: 'Update',
      apiVersion: 'apps/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      subresource: 'scale',
    });
    expect(apply(WEB, deployment({ replicas: 1 })).body.message).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using ' +
        'apps/v1: .spec.replicas',
    );
    const one = {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'web' },
      spec: { replicas: 3 },
    };
    expect(apply(`${WEB}/scale`, one, 'fieldManager=s').status).toBe(409);
    expect(apply(`${WEB}/scale`, one, 'fieldManager=s&force=true').body.spec).toEqual({
      replicas: 3,
    });
    expect(scaler(send('GET', WEB))).toMatchObject({ manager: 's', operation: 'Apply' });
  });
});

describe('what components write', () => {
  it('is attributed when it is read, and never stored', () => {
    apply(WEB, deployment({ replicas: 0 }));
    cluster.clock.runFor(5000);
    const stored = cluster.store.get(deployments.key, 'default', 'web')!;
    const managers = stored.metadata.managedFields?.map(({ manager }) => manager);
    expect(managers).toEqual(['one', 'kube-controller-manager']);
    expect(JSON.stringify(stored.metadata.managedFields)).not.toContain('f:status');
    const sets = cluster.store.list(replicaSets.key);
    expect(sets.map(({ metadata }) => metadata.managedFields)).toEqual([undefined]);
    const shown = owners(send('GET', WEB));
    expect(shown.at(-1)).toContain('kube-controller-manager Update status {"f:metadata"');
    expect(shown.at(-1)).toContain('"f:observedGeneration":{}');
  });

  it('takes what an outsider owned when it changes it', () => {
    apply(WEB, deployment({ replicas: 1 }));
    const current = cluster.client.get(deployments, 'default', 'web');
    const spec = { ...current.spec, replicas: 4 };
    cluster.client.update(deployments, { ...current, spec } as Deployment);
    expect(owners(send('GET', WEB)).filter((owner) => owner.includes('f:replicas":{}}'))).toEqual([
      'kubectl Update {"f:spec":{"f:replicas":{}}}',
    ]);
  });

  it('is nothing once ownership was forgotten', () => {
    apply(WEB, deployment({ replicas: 0 }));
    merge(WEB, { metadata: { managedFields: [{}] } });
    cluster.clock.runFor(5000);
    expect(owners(send('GET', WEB))).toEqual([]);
  });
});

describe('kubectl, when it comes from applying on its own side', () => {
  const last = 'kubectl.kubernetes.io/last-applied-configuration';
  const annotated = (data: object): object => ({
    ...configMap(data),
    metadata: {
      name: 'c',
      annotations: { [last]: JSON.stringify({ ...configMap(data), metadata: { name: 'c' } }) },
    },
  });

  it('may change what it applied last, and its annotation follows', () => {
    send('POST', MAPS, annotated({ a: '1' }), { agent: 'kubectl-client-side-apply' });
    expect(apply(`${MAPS}/c`, configMap({ a: '2' }), 'fieldManager=other').status).toBe(409);
    const { status, body } = apply(`${MAPS}/c`, configMap({ a: '2' }), 'fieldManager=kubectl');
    expect([status, body.metadata.annotations?.[last]]).toEqual([
      200,
      '{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"c"}}\n',
    ]);
  });

  it('may not change what others changed since', () => {
    send('POST', MAPS, annotated({ a: '1', b: '1' }), { agent: 'kubectl-client-side-apply' });
    merge(`${MAPS}/c`, { data: { a: 'x' } }, 'other');
    expect(
      apply(`${MAPS}/c`, configMap({ a: '2', b: '2' }), 'fieldManager=kubectl').body.message,
    ).toBe('Apply failed with 1 conflict: conflict with "other" using v1: .data.a');
  });
});
