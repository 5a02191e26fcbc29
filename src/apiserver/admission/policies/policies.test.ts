import { beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../../cluster/cluster';
import { createWholeCluster } from '../../../cluster/whole-cluster';

let cluster: Cluster;

beforeEach(() => {
  cluster = createWholeCluster({ seed: 1, preset: 'empty' });
  cluster.clock.runFor(2000);
});

type Json = Record<string, Record<string, unknown>>;

interface Answer {
  code: number;
  message: string;
  warnings: string;
  body: Json;
}

function post(path: string, body: object): Answer {
  return send('POST', path, body);
}

function send(method: string, path: string, body: object): Answer {
  const {
    status,
    headers,
    body: text,
  } = cluster.handle({
    method,
    path,
    headers: {
      'content-type': `application/${method === 'PATCH' ? 'merge-patch+' : ''}json`,
    },
    body: JSON.stringify(body),
  });
  const parsed = JSON.parse(text) as Json;
  return {
    code: status,
    message: (parsed as { message?: string }).message ?? '',
    warnings: headers.Warning ?? '',
    body: parsed,
  };
}

const REGISTRATION = '/apis/admissionregistration.k8s.io/v1';
const DEPLOYMENTS = {
  resourceRules: [
    {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: ['CREATE'],
      resources: ['deployments'],
    },
  ],
};

function policy(spec: object, binding: object = {}): Answer {
  const made = post(`${REGISTRATION}/validatingadmissionpolicies`, {
    metadata: { name: 'few' },
    spec: { matchConstraints: DEPLOYMENTS, ...spec },
  });
  post(`${REGISTRATION}/validatingadmissionpolicybindings`, {
    metadata: { name: 'everywhere' },
    spec: { policyName: 'few', validationActions: ['Deny'], ...binding },
  });
  return made;
}

function deployment(replicas: number, labels: Record<string, string> = {}): Answer {
  return post('/apis/apps/v1/namespaces/default/deployments', {
    metadata: { name: 'web', labels },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'main', image: 'nginx' }] },
      },
    },
  });
}

describe('a validating policy', () => {
  test('refuses what its expression does not allow, in the words of the real server', () => {
    policy({ validations: [{ expression: 'object.spec.replicas <= 3' }] });
    const words =
      "ValidatingAdmissionPolicy 'few' with binding 'everywhere' denied request: " +
      'failed expression: object.spec.replicas <= 3';
    const { code, body } = deployment(5);
    expect([code, body]).toEqual([
      422,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `deployments.apps "web" is forbidden: ${words}`,
        reason: 'Invalid',
        details: { name: 'web', group: 'apps', kind: 'deployments', causes: [{ message: words }] },
        code: 422,
      },
    ]);
    expect(deployment(3).code).toBe(201);
  });

  test('says its own message, with its reason', () => {
    policy({
      variables: [{ name: 'wanted', expression: 'object.spec.replicas' }],
      validations: [
        {
          expression: 'variables.wanted < 2',
          messageExpression: "'asked for ' + string(variables.wanted) + ' in ' + request.namespace",
          reason: 'Forbidden',
        },
      ],
    });
    const { code, message } = deployment(7);
    expect([code, message]).toEqual([
      403,
      `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'few' with binding ` +
        `'everywhere' denied request: asked for 7 in default`,
    ]);
  });

  test('only warns when its binding says so', () => {
    policy(
      { validations: [{ expression: 'object.spec.replicas <= 3', message: 'too many' }] },
      { validationActions: ['Warn'] },
    );
    const { code, warnings } = deployment(5);
    expect([code, warnings]).toEqual([
      201,
      `299 - "Validation failed for ValidatingAdmissionPolicy 'few' with binding 'everywhere': too many"`,
    ]);
  });

  test('looks away where its conditions and selectors do not match', () => {
    policy({
      matchConditions: [{ name: 'not-exempt', expression: '!has(object.metadata.labels.exempt)' }],
      validations: [{ expression: 'false' }],
    });
    expect(deployment(1, { exempt: 'yes' }).code).toBe(201);
    expect(deployment(1, { other: 'x' }).code).toBe(422);
  });

  test.each([
    ['Fail', 422],
    ['Ignore', 201],
  ])('that breaks does as its failurePolicy %s says', (failurePolicy, code) => {
    policy({ failurePolicy, validations: [{ expression: 'object.spec.absent.field > 1' }] });
    expect(deployment(1).code).toBe(code);
  });

  test.each([
    [
      11_000,
      1,
      "expression '!object.data.a.contains(object.data.b)' resulted in error: operation cancelled: " +
        'actual cost limit exceeded',
    ],
    [
      9_000,
      13,
      'validation failed due to running out of cost budget, no further validation rules will be run',
    ],
  ])('must not cost too much with texts of %d letters, looked at %d times', (size, times, why) => {
    policy({
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['configmaps'],
          },
        ],
      },
      validations: Array.from({ length: times }, () => ({
        expression: '!object.data.a.contains(object.data.b)',
      })),
    });
    const { code, message } = post('/api/v1/namespaces/default/configmaps', {
      metadata: { name: 'big' },
      data: { a: 'a'.repeat(size), b: 'b'.repeat(size) },
    });
    expect([code, message.replace(/^.*denied request: /, '')]).toEqual([422, why]);
  });

  test('takes its limit from the object that the binding names', () => {
    post('/api/v1/namespaces/default/configmaps', {
      metadata: { name: 'limit' },
      data: { max: '2' },
    });
    policy(
      {
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        validations: [{ expression: 'object.spec.replicas <= int(params.data.max)' }],
      },
      { paramRef: { name: 'limit', namespace: 'default', parameterNotFoundAction: 'Deny' } },
    );
    expect([deployment(3).code, deployment(2).code]).toEqual([422, 201]);
  });

  test('sees a scale as such, and one of the workload does not see it', () => {
    const update = (resources: string[]) => ({
      resourceRules: [
        { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources },
      ],
    });
    const scale = (replicas: number): Answer =>
      send('PATCH', '/apis/apps/v1/namespaces/default/deployments/web/scale', {
        spec: { replicas },
      });
    deployment(1);
    policy({ matchConstraints: update(['deployments']), validations: [{ expression: 'false' }] });
    expect(scale(2).code).toBe(200);
    post(`${REGISTRATION}/validatingadmissionpolicies`, {
      metadata: { name: 'scale' },
      spec: {
        matchConstraints: update(['deployments/scale']),
        validations: [
          {
            expression: 'object.spec.replicas < 3',
            messageExpression:
              'request.kind.kind + string(oldObject.spec.replicas) + request.subResource',
          },
        ],
      },
    });
    post(`${REGISTRATION}/validatingadmissionpolicybindings`, {
      metadata: { name: 'scale' },
      spec: { policyName: 'scale', validationActions: ['Deny'] },
    });
    const { code, message } = scale(5);
    expect([code, message.replace(/^.*: /, '')]).toEqual([422, 'Scale2scale']);
    expect(scale(1).code).toBe(200);
  });

  test.each([
    [
      'POST',
      'pods/p/eviction',
      { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' } },
    ],
    ['POST', 'pods/p/binding', { metadata: { name: 'p' }, target: { kind: 'Node', name: 'n1' } }],
    ['POST', 'serviceaccounts/default/token', { spec: {} }],
    ['PATCH', 'pods/p/status', { status: { message: 'x' } }],
  ])('sees the subresource of %s %s', (method, path, body) => {
    const root = '/api/v1/namespaces/default/';
    post(`${root}serviceaccounts`, { metadata: { name: 'default' } });
    post(`${root}pods`, {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'main', image: 'nginx' }] },
    });
    policy({
      matchConstraints: {
        resourceRules: [
          { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] },
        ],
      },
      validations: [
        {
          expression: 'request.subResource == ""',
          messageExpression: 'request.resource.resource + "/" + request.subResource',
        },
      ],
    });
    const { code, message } = send(method, root + path, body);
    expect([code, message.replace(/^.*: /, '')]).toEqual([422, path.replace(/\/\w+\//, '/')]);
  });

  test('that does not compile is refused', () => {
    const { code, message } = policy({ validations: [{ expression: 'object.spec.replicas <=' }] });
    expect([code, message.split('\n')[0]]).toEqual([
      422,
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io "few" is invalid: ' +
        'spec.validations[0].expression: Invalid value: "object.spec.replicas <=": compilation ' +
        "failed: ERROR: <input>:1:24: Syntax error: mismatched input '<EOF>' expecting {'[', '{', " +
        "'(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, " +
        'IDENTIFIER}',
    ]);
  });
});

describe('a mutating policy', () => {
  const apply = (expression: string): object => ({
    patchType: 'ApplyConfiguration',
    applyConfiguration: { expression },
  });
  const json = (expression: string): object => ({
    patchType: 'JSONPatch',
    jsonPatch: { expression },
  });
  const PODS = {
    resourceRules: [
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
    ],
  };

  function mutating(name: string, mutations: object[], more: object = {}): void {
    const made = post(`${REGISTRATION}/mutatingadmissionpolicies`, {
      metadata: { name },
      spec: { matchConstraints: DEPLOYMENTS, mutations, ...more },
    });
    expect([made.code, made.message]).toEqual([201, '']);
    const { code } = post(`${REGISTRATION}/mutatingadmissionpolicybindings`, {
      metadata: { name: `${name}-everywhere` },
      spec: { policyName: name },
    });
    expect(code).toBe(201);
  }

  test('changes what is written', () => {
    mutating('label', [
      apply("Object{metadata: Object.metadata{labels: {'team': 'sea'}}}"),
      json("[JSONPatch{op: 'replace', path: '/spec/replicas', value: 2}]"),
    ]);
    const { code, body } = deployment(9, { app: 'web' });
    expect([code, body.metadata.labels, body.spec.replicas]).toEqual([
      201,
      { app: 'web', team: 'sea' },
      2,
    ]);
  });

  test('merges items of lists by their keys', () => {
    mutating('sidecar', [
      apply(`Object{spec: Object.spec{template: Object.spec.template{
        spec: Object.spec.template.spec{containers: [
          Object.spec.template.spec.containers{name: 'main', env: [
            Object.spec.template.spec.containers.env{name: 'A', value: 'b'}]},
          Object.spec.template.spec.containers{name: 'side', image: 'busybox'}
        ]}}}}`),
    ]);
    const { body } = deployment(1);
    const { containers } = (body.spec as { template: { spec: { containers: Json[] } } }).template
      .spec;
    expect(containers.map(({ name, image, env }) => ({ name, image, env }))).toEqual([
      { name: 'main', image: 'nginx', env: [{ name: 'A', value: 'b' }] },
      { name: 'side', image: 'busybox', env: undefined },
    ]);
  });

  test('removes what its patch removes, and leaves alone what fails its test', () => {
    mutating('clean', [
      json("[JSONPatch{op: 'remove', path: '/metadata/labels/gone'}]"),
      json(
        "[JSONPatch{op: 'test', path: '/spec/replicas', value: 7}, JSONPatch{op: 'replace', path: '/spec/replicas', value: 1}]",
      ),
    ]);
    const { body } = deployment(2, { gone: 'x', kept: 'y' });
    expect([body.metadata.labels, body.spec.replicas]).toEqual([{ kept: 'y' }, 2]);
  });

  test.each([
    [
      "Object{spec: Object.spec{selector: Object.spec.selector{matchLabels: {'l': 'v'}}}}",
      'error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or ' +
        'structs: .spec.selector',
    ],
    [
      'Object{spec: Object.spec{replicasx: 1}}',
      'error applying patch: failed to convert patch object to typed object: .spec.replicasx: ' +
        'field not declared in schema',
    ],
    [
      'Object{spec: Object.specx{replicas: 1}}',
      'type mismatch: unexpected type name "Object.specx", expected "Object.spec", which matches ' +
        'field name path from root Object type',
    ],
  ])('that says %s is refused with what it would change', (expression, words) => {
    mutating('bad', [apply(expression)]);
    const { code, body } = deployment(1);
    const message = `policy 'bad' with binding 'bad-everywhere' denied request: ${words}`;
    expect([code, body]).toEqual([
      403,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message,
        reason: 'Invalid',
        details: { name: 'web', group: 'apps', kind: 'deployments', causes: [{ message }] },
        code: 403,
      },
    ]);
  });

  test('whose failures are ignored keeps what it did before', () => {
    mutating(
      'half',
      [
        apply("Object{metadata: Object.metadata{labels: {'a': 'b'}}}"),
        apply('Object{spec: Object.spec{replicas: object.spec.absent}}'),
      ],
      { failurePolicy: 'Ignore' },
    );
    expect(deployment(1).body.metadata.labels).toEqual({ a: 'b' });
  });

  test('is called once more only when it asks for that, after all admission has seen the rest', () => {
    post('/api/v1/namespaces/default/limitranges', {
      metadata: { name: 'sizes' },
      spec: {
        limits: [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: '1' } }],
      },
    });
    const count = (label: string): object =>
      apply(`Object{metadata: Object.metadata{labels: {'${label}':
        has(object.metadata.labels) && '${label}' in object.metadata.labels
          ? object.metadata.labels['${label}'] + 'I' : 'I'}}}`);
    mutating('once', [count('once')], { matchConstraints: PODS, reinvocationPolicy: 'Never' });
    mutating('often', [count('often')], { matchConstraints: PODS, reinvocationPolicy: 'IfNeeded' });
    mutating(
      'side',
      [
        apply(`Object{spec: Object.spec{containers: [
          Object.spec.containers{name: 'side', image: 'busybox'}]}}`),
      ],
      { matchConstraints: PODS },
    );
    const { code, body } = post('/api/v1/namespaces/default/pods', {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'main', image: 'nginx' }] },
    });
    const { containers } = body.spec as { containers: Json[] };
    expect([code, body.metadata.labels]).toEqual([201, { once: 'I', often: 'II' }]);
    expect(containers.map(({ name, resources }) => [name, resources.limits])).toEqual([
      ['main', { cpu: '1' }],
      ['side', { cpu: '1' }],
    ]);
  });
});

describe('a webhook, which nobody can reach', () => {
  function webhook(more: object): Answer {
    const [rule] = DEPLOYMENTS.resourceRules;
    return post(`${REGISTRATION}/validatingwebhookconfigurations`, {
      metadata: { name: 'guard' },
      webhooks: [
        {
          name: 'guard.example.com',
          rules: [rule],
          clientConfig: { service: { name: 'guard', namespace: 'default', path: '/check' } },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          ...more,
        },
      ],
    });
  }

  test('stops what it is about when it must not fail', () => {
    expect(webhook({}).code).toBe(201);
    const { code, message } = deployment(1);
    expect([code, message]).toEqual([
      500,
      'Internal error occurred: failed calling webhook "guard.example.com": failed to call webhook: ' +
        'Post "https://guard.default.svc:443/check?timeout=10s": service "guard" not found',
    ]);
  });

  test('lets advice about the object through though it refuses', () => {
    webhook({
      rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
    });
    const { code, warnings } = post('/api/v1/namespaces/default/services', {
      metadata: { name: 'web' },
      spec: { clusterIP: 'None', externalName: 'a.example', ports: [{ port: 80 }] },
    });
    expect([code, warnings]).toEqual([
      500,
      '299 - "spec.externalName is ignored when spec.type is not \\"ExternalName\\""',
    ]);
  });

  test.each([
    ['when failures are ignored', { failurePolicy: 'Ignore' }],
    ['when it is about other objects', { objectSelector: { matchLabels: { guarded: 'yes' } } }],
  ])('lets everything pass %s', (_when, more) => {
    webhook(more);
    expect(deployment(1).code).toBe(201);
  });
});
